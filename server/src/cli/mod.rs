//! The command line.

mod baseline;
mod catalog;
mod check;
mod diff;
mod explain;
mod files;
mod lsp;
mod new;
mod progress;
mod replace;
mod report;
mod rules;
mod tour;

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use connect_policy_catalog::Catalog;

use crate::config::Configs;

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

/// How output is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputFormat {
    /// For people
    Human,
    /// For programs: one JSON object
    Json,
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

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
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

/// Ends a command that could not run.
fn fail(message: &str) -> ExitCode {
    complain(message);
    ExitCode::from(2)
}

/// Writes a line to standard error.
fn complain(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "connect-policy: {line}");
}

/// Writes to standard output and gives the exit code. A reader that has seen enough (`| head`) is no failure.
fn print(text: &str, code: ExitCode) -> ExitCode {
    let mut output = anstream::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => fail(&format!("cannot write: {error}")),
        _ => code,
    }
}

/// The configurations of a run: the one that was given, or those above the files. Without a repository around this
/// folder nothing above it is looked for.
fn configs(given: Option<&Path>) -> Result<Configs, String> {
    if let Some(path) = given {
        return if path.is_file() { Ok(Configs::given(path)) } else { Err(format!("`{}` does not exist", path.display())) };
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let is_in_repository = here.ancestors().any(|above| above.join(".git").exists());
    Ok(Configs::below(if is_in_repository { Vec::new() } else { vec![here] }))
}

/// What is known in this folder.
fn catalog(given: Option<&Path>) -> Result<Arc<Catalog>, String> {
    let Some(config) = configs(given)?.for_folder(Path::new(".")) else { return Ok(Arc::new(Catalog::builtin())) };
    if config.problems.is_empty() { Ok(Arc::clone(&config.catalog)) } else { Err(config.problems.join("\nconnect-policy: ")) }
}

/// A file's name may hold a line break, and what follows it may look like a command to whoever reads the log.
fn one_line(text: &str) -> String {
    text.replace('\r', "\\r").replace('\n', "\\n")
}

/// All of standard input.
fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
