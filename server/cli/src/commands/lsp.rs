//! `connect-policy lsp`

use std::process::ExitCode;

use connect_policy_lsp::Options;

use crate::args::FaultFlags;

/// Serve an editor over LSP on standard input and output
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Taken for editors that pass it; there is no other transport
    #[arg(long)]
    stdio: bool,

    /// Go on when the process that the editor named is gone
    #[arg(long)]
    no_watch_parent: bool,

    #[command(flatten)]
    faults: FaultFlags,
}

/// Serves to the end.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    connect_policy_lsp::run(Options { watch_parent: !arguments.no_watch_parent, faults: arguments.faults.faults() })
}
