//! `connect-policy`: a language server and checker for Amazon Connect access policies.
//!
//! This package is the command line: arguments, terminal, folders of files and output formats. What is found comes from
//! `connect-policy-project`, the server from `connect-policy-lsp`.

mod args;
mod atomic_write;
mod baseline;
mod commands;
mod output;
mod progress;
mod terminal;
mod walk;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use connect_policy_catalog::Catalog;

use crate::commands::{catalog, check, explain, lsp, new, report, rules, tour};
use crate::terminal::fail;

/// Writes and checks access policies for Amazon Connect.
#[derive(Debug, Parser)]
#[command(name = "connect-policy", after_help = EXAMPLES, arg_required_else_help = true, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// The same as `lsp`, as many editors start a language server
    #[arg(long)]
    stdio: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Lsp(lsp::Arguments),
    Check(check::Arguments),
    Report(report::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Catalog(catalog::Arguments),
    New(new::Arguments),
    Tour(tour::Arguments),
}

const EXAMPLES: &str = "\
Examples:
  connect-policy tour                         see what it does, on examples that come with it
  connect-policy check                        check all policies below this folder
  connect-policy check main.tf --format json  check one file, for a program to read
  connect-policy report --format html         who may do what, as a page
  connect-policy explain connect:CreateUser   what an action does and where it applies
  connect-policy new                          list policies and profiles to start from
  connect-policy lsp                          serve an editor on standard input and output

It reads IAM policies and security profiles in JSON, YAML (CloudFormation, SAM, Serverless) and Terraform.";

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are "errors" too, with exit code 0.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match arguments.command {
        Some(Command::Lsp(arguments)) => lsp::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Report(arguments)) => report::run(&arguments),
        Some(Command::Explain(arguments)) => explain::run(&arguments),
        Some(Command::Rules(arguments)) => rules::run(&arguments),
        Some(Command::Catalog(arguments)) => catalog::run(&arguments),
        Some(Command::New(arguments)) => new::run(&arguments),
        Some(Command::Tour(arguments)) => tour::run(&arguments),
        None if arguments.stdio => lsp::run(&lsp::Arguments::default()),
        None => fail("a command is needed; see `connect-policy --help`"),
    }
}

fn arguments() -> Result<Arguments, clap::Error> {
    let args: Vec<_> = std::env::args_os().collect();
    // The version tells the catalogue's date, and only it needs the catalogue.
    let wants_version = args.get(1).is_some_and(|arg| arg == "--version" || arg == "-V");
    let version = if wants_version {
        format!("{} (catalogue of {})", env!("CARGO_PKG_VERSION"), Catalog::builtin().date())
    } else {
        env!("CARGO_PKG_VERSION").to_owned()
    };
    let matches = Arguments::command().version(version).try_get_matches_from(args)?;
    Arguments::from_arg_matches(&matches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
