//! `connect-policy report`

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::ValueEnum;
use connect_policy_catalog::Catalog;
use connect_policy_ide::Severity;
use connect_policy_ide::report::Report;
use connect_policy_project::files::absolute;
use connect_policy_project::{DiskFiles, FaultInjection, Origin, Project, Settings, modules};
use rayon::prelude::*;

use crate::args::{catalog, check_configs, configs};
use crate::commands::report::git_revision::Texts;
use crate::output::access_report::{AccessReport, change, html, json, markdown};
use crate::output::check_report::Skipped;
use crate::output::paths::path_below;
use crate::terminal::{eprint_line, fail, one_line, print};
use crate::{progress, walk};

mod git_revision;

/// Show who can do what: risks, console tasks by policy, permissions by security profile
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Files and folders [default: this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Md)]
    format: OutputFormat,

    /// Show changes since a git revision, or compared with another file or folder
    ///
    /// Paths take precedence; use `refs/heads/NAME` for a branch with the name of a path. Requires git for revisions.
    #[arg(long, value_name = "REV|PATH", verbatim_doc_comment)]
    against: Option<String>,

    /// Exit with 1 if the change adds a risk at warning or above
    #[arg(long, requires = "against")]
    fail_on_escalation: bool,

    /// Configuration file [default: the nearest connect-policy.toml above each file]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Print the report and errors only: no progress or notes about skipped files
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy report                              this folder, as Markdown
  connect-policy report --format html > report.html  one self-contained page
  connect-policy report infra --against origin/main  access added and removed by a branch, for a pull request
  connect-policy report new.json --against old.json --fail-on-escalation

Exit codes: 0 success, 1 risk added (with --fail-on-escalation), 2 error.";

/// The format of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum OutputFormat {
    /// Markdown
    Md,
    /// A single self-contained HTML file
    Html,
    /// For programs: one JSON object
    Json,
}

/// Prints the report or the change, and gives the exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let result = match &arguments.against {
        None => report(arguments),
        Some(against) => compare(arguments, against),
    };
    match result {
        Ok((text, code)) => print(&text, code),
        Err(message) => fail(&message),
    }
}

fn report(arguments: &Arguments) -> Result<(String, ExitCode), String> {
    let reader = Reader::new(arguments)?;
    let (texts, skipped) = reader.now(&given(arguments), |path| path_below(&absolute(Path::new(".")), &path.display().to_string()))?;
    let (report, catalog) = (reader.report(&texts)?, catalog(arguments.config.as_deref())?);
    let access = AccessReport { report: &report, catalog: &catalog, skipped: &skipped };
    let text = match arguments.format {
        OutputFormat::Md => markdown::render(&access),
        OutputFormat::Html => html::render(&access),
        OutputFormat::Json => json::render(&access),
    };
    Ok((text, ExitCode::SUCCESS))
}

fn compare(arguments: &Arguments, against: &str) -> Result<(String, ExitCode), String> {
    if arguments.format == OutputFormat::Html {
        return Err("--against supports `md` and `json` only".to_owned());
    }
    let reader = Reader::new(arguments)?;
    let paths = given(arguments);
    let (before, after) = if Path::new(against).exists() {
        let [now] = paths.as_slice() else { return Err(format!("only one path can be compared with `{against}`")) };
        let (old, _) = reader.now(&[PathBuf::from(against)], |path| below(Path::new(against), now, path))?;
        let (new, _) = reader.now(&paths, |path| below(now, now, path))?;
        (old, new)
    } else {
        let here = absolute(Path::new("."));
        let old = git_revision::texts(against, &paths)?;
        let old = old.into_iter().filter(|(path, _)| !reader.project.configs.excludes(Path::new(path))).collect();
        let (new, _) = reader.now(&paths, |path| path_below(&here, &path.display().to_string()))?;
        (old, new)
    };
    let (before, after) = (reader.report(&before)?, reader.report(&after)?);
    let change = after.since(&before);
    let text = match arguments.format {
        OutputFormat::Json => json::change(&change),
        _ => change::render(&change, against),
    };
    let is_failure = arguments.fail_on_escalation && change.escalations().next().is_some();
    Ok((text, if is_failure { ExitCode::FAILURE } else { ExitCode::SUCCESS }))
}

fn given(arguments: &Arguments) -> Vec<PathBuf> {
    if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() }
}

/// What a file is called when two paths are compared: its place below the path, or the newer file's name where these are files.
fn below(root: &Path, now: &Path, path: &Path) -> String {
    let inside = path_below(&absolute(root), &path.display().to_string());
    if root.is_dir() { inside } else { now.file_name().unwrap_or(now.as_os_str()).to_string_lossy().into_owned() }
}

/// Reads documents for a report.
struct Reader {
    project: Project,
    is_quiet: bool,
}

impl Reader {
    fn new(arguments: &Arguments) -> Result<Reader, String> {
        let project = Project {
            files: Arc::new(DiskFiles),
            configs: Arc::new(configs(arguments.config.as_deref())?),
            builtin: Arc::new(Catalog::builtin()),
            settings: Settings::at_level(Severity::Hint),
            faults: FaultInjection::default(),
        };
        Ok(Reader { project, is_quiet: arguments.quiet })
    }

    /// The files that paths name or hold as they are on the disk, and those that could not be read.
    fn now(&self, paths: &[PathBuf], name: impl Fn(&Path) -> String) -> Result<(Texts, Vec<Skipped>), String> {
        let (mut sources, mut skipped) = walk::collect(paths)?;
        check_configs(&self.project.configs, sources.iter().map(|source| source.path.clone()))?;
        sources.retain(|source| source.origin == Origin::Named || !self.project.configs.excludes(&source.path));
        let mut texts = Vec::with_capacity(sources.len());
        for source in &sources {
            let path = source.path.display().to_string();
            match self.project.read(source) {
                Ok(text) => texts.push((name(&source.path), Arc::from(text))),
                Err(why) if source.origin == Origin::Named => return Err(format!("{path}: {why}")),
                Err(why) => skipped.push(Skipped { path, why }),
            }
        }
        for Skipped { path, why } in skipped.iter().filter(|_| !self.is_quiet) {
            eprint_line(&one_line(&format!("skipped {path}: {why}")));
        }
        Ok((texts, skipped))
    }

    /// What documents give together, in their order.
    fn report(&self, texts: &Texts) -> Result<Report, String> {
        let groups = modules::groups(texts.iter().map(|(name, _)| Path::new(name)));
        let parts: Result<Vec<_>, String> = progress::shown("read", texts.len(), self.is_quiet, |done| {
            let read = |group: &Vec<usize>| -> Result<Vec<(usize, Report)>, String> {
                let of_group: Vec<&(String, Arc<str>)> = group.iter().map(|&index| &texts[index]).collect();
                let parts = self.project.reports(&of_group)?;
                done.fetch_add(group.len(), Ordering::Relaxed);
                Ok(group.iter().copied().zip(parts).collect())
            };
            groups.par_iter().map(read).collect()
        });
        let mut parts: Vec<(usize, Report)> = parts?.into_iter().flatten().collect();
        parts.sort_unstable_by_key(|(index, _)| *index);
        let mut report = Report::default();
        for (index, part) in parts {
            report.add(&texts[index].0, part);
        }
        Ok(report)
    }
}
