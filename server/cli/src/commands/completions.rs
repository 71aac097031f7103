//! `connect-policy completions`

use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

use crate::terminal::print;

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy completions bash > ~/.local/share/bash-completion/completions/connect-policy
  connect-policy completions zsh > ~/.zfunc/_connect-policy
  connect-policy completions fish > ~/.config/fish/completions/connect-policy.fish
  connect-policy completions powershell >> $PROFILE";

/// Prints the script for this program.
pub(crate) fn run(arguments: &Arguments, mut program: Command) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, "connect-policy", &mut script);
    print(&String::from_utf8_lossy(&script), ExitCode::SUCCESS)
}
