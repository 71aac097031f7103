//! `connect-policy`: a language server and checker for Amazon Connect access policies.
//!
//! This package is the protocol and the command line, the only code that knows LSP, UTF-16, files and time. What is said
//! about a policy is made below, in `connect-policy-ide`.

mod cli;
mod config;
mod fixes;
mod folder;
mod lines;
mod lsp;
mod output;
mod sabotage;
mod settings;
mod text;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
