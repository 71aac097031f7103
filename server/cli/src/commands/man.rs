//! `connect-policy man`

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Command;
use connect_policy_project::files::reason::reason;

use crate::terminal::{fail, print};

/// Write manual pages to a folder
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder; it is created if it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy man ~/.local/share/man/man1
  man connect-policy-check";

/// Writes a page for the program and one for each command.
pub(crate) fn run(arguments: &Arguments, program: Command) -> ExitCode {
    let folder = arguments.folder.display();
    let result = fs::create_dir_all(&arguments.folder).and_then(|()| clap_mangen::generate_to(program, &arguments.folder));
    match result {
        Ok(()) => print(&format!("wrote the manual pages to {folder}\n"), ExitCode::SUCCESS),
        Err(error) => fail(&format!("cannot write to `{folder}`: {}", reason(&error))),
    }
}
