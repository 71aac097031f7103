//! `connect-policy check`

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ValueEnum;
use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Severity};
use connect_policy_syntax::{Document, Format};
use rayon::prelude::*;

use super::files::{self, Source};
use super::{OutputFormat, complain, configs, fail, print, standard_input};
use crate::config::{Configs, absolute};
use crate::output::{Checked, Report, Skipped, human, json};
use crate::settings::Settings;

/// Check files and folders
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files, folders, or `-` for standard input [default: this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,

    /// The least severity that counts
    #[arg(long, value_enum, default_value_t = Level::Warning)]
    level: Level,

    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,

    /// The name under which standard input is checked; it tells the format
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,

    /// The configuration, in place of the nearest connect-policy.toml above each file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy check                    everything below this folder that .gitignore does not name
  connect-policy check infra policy.json  a folder and a file
  connect-policy check --level hint       remarks as well
  git show HEAD:main.tf | connect-policy check - --stdin-filename main.tf

Exit codes: 0 nothing found, 1 something found, 2 could not run.
In folders, files are taken by name: .json, .yaml, .tf and the like, and templates of them. A file given by name is
always read.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Level {
    Error,
    Warning,
    Information,
    Hint,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Information => Severity::Information,
            Level::Hint => Severity::Hint,
        }
    }
}

/// Checks, reports, and gives the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let report = match report(arguments) {
        Ok(report) => report,
        Err(message) => return fail(&message),
    };
    for skipped in &report.skipped {
        complain(&format!("skipped {}: {}", skipped.path, skipped.why));
    }
    let text = match arguments.format {
        OutputFormat::Human => human::render(&report),
        OutputFormat::Json => json::render(&report),
    };
    let code = if report.is_incomplete {
        ExitCode::from(2)
    } else if report.count() > 0 && !arguments.exit_zero {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    };
    print(&text, code)
}

fn report(arguments: &Arguments) -> Result<Report, String> {
    let here = [PathBuf::from(".")];
    let given = if arguments.paths.is_empty() { here.as_slice() } else { arguments.paths.as_slice() };
    let (inputs, paths): (Vec<_>, Vec<_>) = given.iter().cloned().partition(|path| path.as_os_str() == "-");
    if inputs.is_empty() && arguments.stdin_filename.is_some() {
        return Err("--stdin-filename names standard input, so `-` must be among the paths".to_owned());
    }
    let (mut sources, skipped) = files::collect(&paths)?;
    let name = arguments.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
    let configs = configs(arguments.config.as_deref())?;
    let folders = paths.iter().filter(|path| path.is_dir()).map(|path| path.join(""));
    let inputs_name = inputs.first().map(|_| name.clone());
    sound(&configs, folders.chain(sources.iter().map(|source| source.path.clone())).chain(inputs_name))?;
    // A file that was named is checked whatever the configuration leaves out.
    sources
        .retain(|source| source.is_named || !configs.for_file(&source.path).is_some_and(|config| config.excludes(&absolute(&source.path))));
    let checker = Checker { configs, builtin: Arc::new(Catalog::builtin()), settings: Settings::at_level(arguments.level.severity()) };

    let mut report = Report { skipped, ..Report::default() };
    if !inputs.is_empty() {
        let bytes = standard_input().map_err(|error| format!("cannot read standard input: {error}"))?;
        let result = files::text(bytes).and_then(|text| checker.check(&name, text));
        report.add(&name, true, result);
    }
    // Results come back in the order of the sources, whichever core was first.
    let results: Vec<_> = sources.par_iter().map(|source| checker.check_file(source)).collect();
    for (source, result) in sources.iter().zip(results) {
        report.add(&source.path, source.is_named, result);
    }
    Ok(report)
}

/// Complains of every configuration that rules one of the documents and has something wrong.
fn sound(configs: &Configs, documents: impl Iterator<Item = PathBuf>) -> Result<(), String> {
    let mut told: Vec<String> = Vec::new();
    for document in documents {
        for problem in configs.for_file(&document).iter().flat_map(|config| &config.problems) {
            if !told.contains(problem) {
                told.push(problem.clone());
            }
        }
    }
    if told.is_empty() { Ok(()) } else { Err(told.join("\nconnect-policy: ")) }
}

struct Checker {
    configs: Configs,
    builtin: Arc<Catalog>,
    settings: Settings,
}

impl Checker {
    fn check_file(&self, source: &Source) -> Result<Checked, String> {
        self.check(&source.path, files::read(source)?)
    }

    fn check(&self, path: &Path, text: String) -> Result<Checked, String> {
        let format = Format::from_path(path).unwrap_or_else(|| Format::from_content(&text));
        let text: Arc<str> = Arc::from(text);
        let config = self.configs.for_file(path);
        let settings = config.as_ref().map_or_else(|| self.settings.clone(), |config| self.settings.ruled_by(config, &absolute(path)));
        let catalog = config.as_ref().map_or(&self.builtin, |config| &config.catalog);
        let analyse = || {
            let document = Document::read(Arc::clone(&text), format);
            Analysis::in_scope(document, Arc::clone(catalog), settings.scope).diagnostics()
        };
        let findings = catch_unwind(AssertUnwindSafe(analyse)).map_err(|_| "checking it failed, which is a bug".to_owned())?;
        Ok(Checked { path: path.display().to_string(), text, findings: settings.apply(&findings) })
    }
}

impl Report {
    fn add(&mut self, path: &Path, is_named: bool, result: Result<Checked, String>) {
        match result {
            Ok(checked) => {
                self.files += 1;
                // Of files without findings nothing but their number is told.
                self.checked.extend(Some(checked).filter(|checked| !checked.findings.is_empty()));
            }
            Err(why) => {
                self.skipped.push(Skipped { path: path.display().to_string(), why });
                self.is_incomplete |= is_named;
            }
        }
    }
}
