//! `connect-policy lsp`

use std::process::ExitCode;

use connect_policy_lsp::Options;

use crate::args::FaultFlags;

/// Start the language server on standard input and output
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Arguments {
    /// Accepted for compatibility; standard I/O is the only transport
    #[arg(long)]
    stdio: bool,

    /// Keep running after the editor process exits
    #[arg(long)]
    no_watch_parent: bool,

    #[command(flatten)]
    faults: FaultFlags,
}

/// Serves to the end.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    connect_policy_lsp::run(Options { watch_parent: !arguments.no_watch_parent, faults: arguments.faults.faults() })
}
