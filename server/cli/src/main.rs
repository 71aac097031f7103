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
mod tips;
mod walk;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use connect_policy_catalog::Catalog;

use crate::commands::{catalog, check, completions, explain, init, lsp, man, new, report, rules, tour};
use crate::terminal::fail;

/// Writes and checks access policies for Amazon Connect
#[derive(Debug, Parser)]
#[command(name = "connect-policy", after_help = EXAMPLES, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Same as `lsp`, for editors that start language servers this way
    #[arg(long)]
    stdio: bool,

    /// When to use colors
    #[arg(long = "color", global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    _color: Color,
}

/// When output has colors.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::arguments::Arguments),
    Explain(explain::Arguments),
    Report(report::Arguments),
    New(new::Arguments),
    Init(init::Arguments),
    Rules(rules::Arguments),
    Catalog(catalog::Arguments),
    Tour(tour::Arguments),
    Lsp(lsp::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

const EXAMPLES: &str = "\
Examples:
  connect-policy tour                         see examples
  connect-policy check                        check all policies in this folder
  connect-policy check main.tf --format json  check one file, output for programs
  connect-policy explain connect:CreateUser   what an action does and which resources it supports
  connect-policy report --format html         who can do what, as a page
  connect-policy new                          list policies and profiles to start from

Reads IAM policies and security profiles in JSON, YAML (CloudFormation, SAM, Serverless) and Terraform. Works offline.";

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    // Errors in the arguments have colors too, so this comes before they are parsed.
    color(&args).unwrap_or_else(color_of_environment).write_global();
    let arguments = match arguments(&args) {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    match arguments.command {
        Some(Command::Lsp(arguments)) => lsp::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Report(arguments)) => report::run(&arguments),
        Some(Command::Explain(arguments)) => explain::run(&arguments),
        Some(Command::Rules(arguments)) => rules::run(&arguments),
        Some(Command::Catalog(arguments)) => catalog::run(&arguments),
        Some(Command::New(arguments)) => new::run(&arguments),
        Some(Command::Init(arguments)) => init::run(&arguments),
        Some(Command::Tour(arguments)) => tour::run(&arguments),
        Some(Command::Completions(arguments)) => completions::run(&arguments, program()),
        Some(Command::Man(arguments)) => man::run(&arguments, program()),
        None if arguments.stdio => lsp::run(&lsp::Arguments::default()),
        None => fail("missing command; run `connect-policy --help`"),
    }
}

/// The command line with everything that it understands.
fn program() -> clap::Command {
    Arguments::command().version(env!("CARGO_PKG_VERSION"))
}

fn arguments(args: &[OsString]) -> Result<Arguments, clap::Error> {
    let mut program = program();
    // The version includes the catalog's date, and only it needs the catalog.
    if args.get(1).is_some_and(|arg| arg == "--version" || arg == "-V") {
        program = program.version(format!("{} (catalog of {})", env!("CARGO_PKG_VERSION"), Catalog::builtin().date()));
    }
    let matches = program.try_get_matches_from(args)?;
    Arguments::from_arg_matches(&matches)
}

/// Prints an error of the arguments. Help and version are "errors" too, with exit code 0.
fn refuse(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::InvalidSubcommand
        && let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
        && let Some(tip) = tips::tip(word)
    {
        return fail(&tip);
    }
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// The value of `--color`, the last one; a wrong value is reported when the arguments are parsed.
fn color(args: &[OsString]) -> Option<anstream::ColorChoice> {
    let args = args.iter().map(|arg| arg.to_str().unwrap_or("")).take_while(|arg| *arg != "--");
    let (mut choice, mut is_value) = (None, false);
    for arg in args {
        let value = if is_value { Some(arg) } else { arg.strip_prefix("--color=") };
        is_value = arg == "--color";
        choice = match value {
            Some("always") => Some(anstream::ColorChoice::Always),
            Some("never") => Some(anstream::ColorChoice::Never),
            Some("auto") => None,
            _ => choice,
        };
    }
    choice
}

/// What the environment asks for. The library takes `CLICOLOR_FORCE=0` for a wish for colors.
fn color_of_environment() -> anstream::ColorChoice {
    let is_zero = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value == "0");
    // Without a terminal, only CLICOLOR_FORCE asks for colors.
    if is_zero && !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        anstream::ColorChoice::Never
    } else {
        anstream::ColorChoice::Auto
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        program().debug_assert();
    }

    #[test]
    fn the_color_is_known_before_anything_is_printed() {
        let chosen = |args: &[&str]| color(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(chosen(&["check", "--color", "never"]), Some(anstream::ColorChoice::Never));
        assert_eq!(chosen(&["--color=always", "check"]), Some(anstream::ColorChoice::Always));
        assert_eq!(chosen(&["check", "--", "--color=always"]), None);
    }

    #[test]
    fn no_tip_is_a_command() {
        for command in program().get_subcommands() {
            assert_eq!(tips::tip(command.get_name()), None);
        }
    }
}
