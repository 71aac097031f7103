//! `connect-policy report`

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ValueEnum;
use connect_policy_catalog::Catalog;
use connect_policy_ide::report::Report;
use connect_policy_ide::{Part, Severity, caught};
use connect_policy_syntax::{Document, Format};
use rayon::prelude::*;

use super::check::sound;
use super::files::{self, Source};
use super::{complain, configs, fail, one_line, print};
use crate::config::{Configs, absolute};
use crate::folder::{self, Folder};
use crate::output::report::{Told, change, html, json, markdown};
use crate::output::{Skipped, path_below};
use crate::settings::Settings;

mod revision;

/// Tell who may do what: console tasks by policy, permissions by security profile
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files and folders [default: this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How it is written
    #[arg(long, value_enum, default_value_t = Form::Md)]
    format: Form,

    /// Tell what changed since a git revision, or compared with another file or folder
    ///
    /// What exists as a path is one; a revision of the same name can be written `refs/heads/NAME`. Revisions are read by the
    /// program `git`.
    #[arg(long, value_name = "REV|PATH", verbatim_doc_comment)]
    against: Option<String>,

    /// Exit with 1 if the change adds a risk at warning or above
    #[arg(long, requires = "against")]
    fail_on_escalation: bool,

    /// The configuration, in place of the nearest connect-policy.toml above each file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy report                                 everything below this folder, as Markdown
  connect-policy report --format html > report.html     one page that needs nothing else
  connect-policy report infra --against origin/main     what a branch grants and takes away, for a pull request
  connect-policy report new.json --against old.json --fail-on-escalation

Exit codes: 0 told, 1 a risk was added (with --fail-on-escalation), 2 could not run.";

/// How a report is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Form {
    /// Markdown
    Md,
    /// One HTML file that needs nothing else
    Html,
    /// For programs: one JSON object
    Json,
}

/// Tells, and gives the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let told = match &arguments.against {
        None => report(arguments),
        Some(against) => compare(arguments, against),
    };
    match told {
        Ok((text, code)) => print(&text, code),
        Err(message) => fail(&message),
    }
}

fn report(arguments: &Arguments) -> Result<(String, ExitCode), String> {
    let reader = Reader::new(arguments)?;
    let (texts, skipped) = reader.now(&given(arguments), |path| path_below(&absolute(Path::new(".")), &path.display().to_string()))?;
    let (report, catalog) = (reader.report(&texts)?, super::catalog(arguments.config.as_deref())?);
    let told = Told { report: &report, catalog: &catalog, skipped: &skipped };
    let text = match arguments.format {
        Form::Md => markdown::render(&told),
        Form::Html => html::render(&told),
        Form::Json => json::render(&told),
    };
    Ok((text, ExitCode::SUCCESS))
}

fn compare(arguments: &Arguments, against: &str) -> Result<(String, ExitCode), String> {
    if arguments.format == Form::Html {
        return Err("a change is written as md or json, not as html".to_owned());
    }
    let reader = Reader::new(arguments)?;
    let paths = given(arguments);
    let (before, after) = if Path::new(against).exists() {
        let [now] = paths.as_slice() else { return Err(format!("compared with the path `{against}` can be one path, not several")) };
        let (old, _) = reader.now(&[PathBuf::from(against)], |path| below(Path::new(against), now, path))?;
        let (new, _) = reader.now(&paths, |path| below(now, now, path))?;
        (old, new)
    } else {
        let here = absolute(Path::new("."));
        let old = revision::texts(against, &paths)?;
        let old = old.into_iter().filter(|(path, _)| !reader.excludes(Path::new(path))).collect();
        let (new, _) = reader.now(&paths, |path| path_below(&here, &path.display().to_string()))?;
        (old, new)
    };
    let (before, after) = (reader.report(&before)?, reader.report(&after)?);
    let change = after.since(&before);
    let text = match arguments.format {
        Form::Json => json::change(&change),
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

/// A document's name in the report, and its text.
type Texts = Vec<(String, Arc<str>)>;

/// Reads documents for a report.
struct Reader {
    configs: Configs,
    builtin: Arc<Catalog>,
}

impl Reader {
    fn new(arguments: &Arguments) -> Result<Reader, String> {
        Ok(Reader { configs: configs(arguments.config.as_deref())?, builtin: Arc::new(Catalog::builtin()) })
    }

    fn excludes(&self, path: &Path) -> bool {
        self.configs.for_file(path).is_some_and(|config| config.excludes(&absolute(path)))
    }

    /// The files that paths name or hold as they are on the disk, and those that could not be read.
    fn now(&self, paths: &[PathBuf], name: impl Fn(&Path) -> String) -> Result<(Texts, Vec<Skipped>), String> {
        let (mut sources, mut skipped) = files::collect(paths)?;
        sound(&self.configs, sources.iter().map(|source| source.path.clone()))?;
        sources.retain(|source| source.is_named || !self.excludes(&source.path));
        let mut texts = Vec::with_capacity(sources.len());
        for source in &sources {
            match files::read(source) {
                Ok(text) => texts.push((name(&source.path), Arc::from(text))),
                Err(why) if source.is_named => return Err(format!("{}: {why}", source.path.display())),
                Err(why) => skipped.push(skip(source, why)),
            }
        }
        Ok((texts, skipped))
    }

    /// What documents give together, in their order.
    fn report(&self, texts: &Texts) -> Result<Report, String> {
        let groups = folder::groups(texts.iter().map(|(name, _)| Path::new(name)));
        let read = |group: &Vec<usize>| -> Result<Vec<(usize, Report)>, String> {
            let of_group: Vec<&(String, Arc<str>)> = group.iter().map(|&index| &texts[index]).collect();
            let parts = self.parts(&of_group)?;
            Ok(group.iter().copied().zip(parts).collect())
        };
        let parts: Result<Vec<_>, String> = groups.par_iter().map(read).collect();
        let mut parts: Vec<(usize, Report)> = parts?.into_iter().flatten().collect();
        parts.sort_unstable_by_key(|(index, _)| *index);
        let mut report = Report::default();
        for (index, part) in parts {
            report.add(&texts[index].0, part);
        }
        Ok(report)
    }

    /// What each of several documents gives that are read together.
    fn parts(&self, texts: &[&(String, Arc<str>)]) -> Result<Vec<Report>, String> {
        let Some((first, _)) = texts.first() else { return Ok(Vec::new()) };
        let (settings, catalog) = self.terms(Path::new(first));
        let failed = |name: &str| format!("{name}: reading it failed, which is a bug");
        let mut files = Vec::with_capacity(texts.len());
        for (name, text) in texts {
            let read = || {
                let format = Format::from_path(Path::new(name)).unwrap_or_else(|| Format::from_content(text));
                Part::read(Document::read(Arc::clone(text), format), &catalog, settings.scope)
            };
            files.push((PathBuf::from(name), caught(read).map_err(|_| failed(name))?));
        }
        let folder = Folder::of(files, &catalog, settings.scope);
        let report = |name: &str| {
            let analysis = folder.analysis(Path::new(name), &catalog)?;
            let mut findings = analysis.diagnostics();
            findings.extend(analysis.diagnostics_at_references());
            Some(analysis.report(&self.terms(Path::new(name)).0.apply(&findings)))
        };
        texts.iter().map(|(name, _)| caught(|| report(name)).ok().flatten().ok_or_else(|| failed(name))).collect()
    }

    /// What holds for a document.
    fn terms(&self, path: &Path) -> (Settings, Arc<Catalog>) {
        let hints = Settings::at_level(Severity::Hint);
        match self.configs.for_file(path) {
            Some(config) => (hints.ruled_by(&config, &absolute(path)), Arc::clone(&config.catalog)),
            None => (hints, Arc::clone(&self.builtin)),
        }
    }
}

fn skip(source: &Source, why: String) -> Skipped {
    let path = source.path.display().to_string();
    complain(&one_line(&format!("skipped {path}: {why}")));
    Skipped { path, why }
}
