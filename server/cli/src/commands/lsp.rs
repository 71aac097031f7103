//! `connect-policy lsp`

use std::process::ExitCode;

use crate::lsp::{self, Options};
use crate::sabotage::Sabotage;

/// Serve an editor over LSP on standard input and output
#[derive(Debug, Default, clap::Args)]
pub(super) struct Arguments {
    /// Taken for editors that pass it; there is no other transport
    #[arg(long)]
    stdio: bool,

    /// Go on when the process that the editor named is gone
    #[arg(long)]
    no_watch_parent: bool,

    #[command(flatten)]
    sabotage: Sabotage,
}

/// Serves to the end.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    lsp::run(Options { watch_parent: !arguments.no_watch_parent, sabotage: arguments.sabotage.clone() })
}
