//! `connect-policy init`

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use connect_policy_project::files::reason::reason;

use crate::terminal::{fail, print};

/// Write a connect-policy.toml with all settings explained
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder of the file
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

const EXAMPLES: &str = "\
The file applies to the folder and all folders below it. All settings in it are commented out. An existing file is never
overwritten.

Exit codes: 0 written, 2 error.";

const NAME: &str = "connect-policy.toml";
const CONTENT: &str = include_str!("init/connect-policy.toml");

/// Writes the file unless it exists.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let path = arguments.folder.join(NAME);
    let shown = path.strip_prefix(".").unwrap_or(&path).display();
    // Of two runs at the same time, and of a link that leads nowhere, the file that is there stays.
    let written = OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut file| file.write_all(CONTENT.as_bytes()));
    match written {
        Ok(()) => print(&format!("wrote {shown}\n"), ExitCode::SUCCESS),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => fail(&format!("`{shown}` already exists; it was not changed")),
        Err(error) if error.kind() == ErrorKind::NotFound => fail(&format!("folder `{}` does not exist", arguments.folder.display())),
        Err(error) => fail(&format!("cannot write `{shown}`: {}", reason(&error))),
    }
}
