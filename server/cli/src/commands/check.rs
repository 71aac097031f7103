//! `connect-policy check`

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::ValueEnum;
use connect_policy_catalog::Catalog;
use connect_policy_ide::Severity;
use connect_policy_project::files::text_from_bytes;
use connect_policy_project::fixes::certain_edits;
use connect_policy_project::{CheckedFile, DiskFiles, Origin, Project, Settings, Source, modules};
use rayon::prelude::*;

use crate::args::{FaultFlags, check_configs, configs};
use crate::baseline::Baseline;
use crate::output::check_report::{CheckReport, Skipped};
use crate::output::{github, gitlab, human, json, sarif};
use crate::terminal::{eprint_line, fail, one_line, print, standard_input};
use crate::{progress, walk};

mod fix;

/// Check files and folders
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
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

    /// Make the fixes that need no decision, then report what is left
    ///
    /// These are a stray space, letter case, a UI label or another noun for a name, a name that was replaced, one `s` too
    /// many or too few, and a dot that was dropped; editors make the same ones with "fix all". A file is replaced in one
    /// step and only if it could be read whole and nobody changed it meanwhile. Running it again changes nothing.
    /// Findings below --level and ignored ones are left as they are; those of a baseline are fixed.
    #[arg(long, verbatim_doc_comment)]
    fix: bool,

    /// Count the findings that this file lists, and show only others
    ///
    /// For a project that has findings already: write the list once with --write-baseline, commit it, and from then on
    /// only what is new is reported. A finding is known by its file, rule and text, not by its line.
    #[arg(long, value_name = "FILE", verbatim_doc_comment)]
    baseline: Option<PathBuf>,

    /// Write the findings to the file of --baseline, and exit with 0
    ///
    /// What the file lists of files that are not checked in this run stays in it, unless they are gone.
    #[arg(long, requires = "baseline")]
    write_baseline: bool,

    /// The name under which standard input is checked; it tells the format
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,

    /// The configuration, in place of the nearest connect-policy.toml above each file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(flatten)]
    faults: FaultFlags,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy check                    everything below this folder that .gitignore does not name
  connect-policy check infra policy.json  a folder and a file
  connect-policy check --level hint       remarks as well
  connect-policy check --fix              correct what is certainly a slip, report the rest
  connect-policy check --format sarif > connect-policy.sarif
                                          for a code scanning service to take in
  connect-policy check --baseline known.json --write-baseline
                                          list what is there now; without --write-baseline only what is new is shown
  git show HEAD:main.tf | connect-policy check - --stdin-filename main.tf

Exit codes: 0 nothing found, 1 something found, 2 could not run.
In folders, files are taken by name: .json, .yaml, .tf and the like, and templates of them. A file given by name is
always read.";

/// How a report is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum OutputFormat {
    /// For people: the line, the place, what may be done
    Human,
    /// For programs: one JSON object
    Json,
    /// For code scanning services: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations of the changed lines
    Github,
    /// For GitLab: a code quality report
    Gitlab,
}

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
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match report(arguments) {
        Ok((report, None)) => tell(arguments, &report),
        Ok((report, Some(written))) => {
            tell_skipped(&report);
            let code = if report.is_incomplete { ExitCode::from(2) } else { ExitCode::SUCCESS };
            print(&format!("{written}\n"), code)
        }
        Err(message) => fail(&message),
    }
}

fn tell(arguments: &Arguments, report: &CheckReport) -> ExitCode {
    tell_skipped(report);
    if !matches!(arguments.format, OutputFormat::Human | OutputFormat::Json) {
        for fixed in report.fixed.iter().flatten() {
            eprint_line(&one_line(&human::fixed_line(fixed)));
        }
    }
    let text = match arguments.format {
        OutputFormat::Human => human::render(report),
        OutputFormat::Json => json::render(report),
        OutputFormat::Sarif => sarif::render(report),
        OutputFormat::Github => github::render(report),
        OutputFormat::Gitlab => gitlab::render(report),
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

fn tell_skipped(report: &CheckReport) {
    for skipped in &report.skipped {
        eprint_line(&one_line(&format!("skipped {}: {}", skipped.path, skipped.why)));
    }
}

/// The report; where a baseline was written instead, also what is said of that.
fn report(arguments: &Arguments) -> Result<(CheckReport, Option<String>), String> {
    let here = [PathBuf::from(".")];
    let given = if arguments.paths.is_empty() { here.as_slice() } else { arguments.paths.as_slice() };
    let (inputs, paths): (Vec<_>, Vec<_>) = given.iter().cloned().partition(|path| path.as_os_str() == "-");
    if inputs.is_empty() && arguments.stdin_filename.is_some() {
        return Err("--stdin-filename names standard input, so `-` must be among the paths".to_owned());
    }
    if !inputs.is_empty() && arguments.fix {
        return Err("--fix changes files, and standard input is none".to_owned());
    }
    let (mut sources, skipped) = walk::collect(&paths)?;
    let name = arguments.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
    let configs = configs(arguments.config.as_deref())?;
    let folders = paths.iter().filter(|path| path.is_dir()).map(|path| path.join(""));
    let inputs_name = inputs.first().map(|_| name.clone());
    check_configs(&configs, folders.chain(sources.iter().map(|source| source.path.clone())).chain(inputs_name))?;
    // A file that was named is checked whatever the configuration leaves out.
    sources.retain(|source| source.origin == Origin::Named || !configs.excludes(&source.path));
    let baseline = arguments.baseline.as_ref().map(|path| Baseline::read(path, arguments.write_baseline)).transpose()?;
    sources.retain(|source| !baseline.as_ref().is_some_and(|baseline| baseline.is(&source.path)));
    let project = Project {
        files: Arc::new(DiskFiles),
        configs: Arc::new(configs),
        builtin: Arc::new(Catalog::builtin()),
        settings: Settings::at_level(arguments.level.severity()),
        faults: arguments.faults.faults(),
    };

    let mut report = CheckReport { skipped, ..CheckReport::default() };
    let mut names = Vec::new();
    if !inputs.is_empty() {
        let bytes = standard_input().map_err(|error| format!("cannot read standard input: {error}"))?;
        let result = text_from_bytes(bytes).map(|text| project.check_text(&name, text));
        names.extend(result.is_ok().then(|| name.display().to_string()));
        report.add(&name, Origin::Named, result);
    }
    // Results go to the places of their sources, whichever core was first.
    let groups = modules::groups(sources.iter().map(|source| source.path.as_path()));
    let mut results: Vec<_> = progress::shown(sources.len(), |done| {
        let check = |group: &Vec<usize>| {
            let of_group: Vec<&Source> = group.iter().map(|&index| &sources[index]).collect();
            let read = project.read_together(&of_group);
            let results: Vec<_> = group.par_iter().enumerate().map(|(file, &index)| (index, read.check(file))).collect();
            done.fetch_add(group.len(), Ordering::Relaxed);
            results
        };
        groups.par_iter().flat_map_iter(check).collect()
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    let mut fixed = Vec::new();
    for (source, (_, mut result)) in sources.iter().zip(results) {
        if arguments.fix && result.as_ref().is_ok_and(|checked| !certain_edits(&checked.findings).is_empty()) {
            // One after another and read anew: two paths may be one file, and a file's findings may rest on another's.
            result = project.read_together(&[source]).check(0).map(|checked| fix::fix(&project, &source.path, checked, &mut fixed));
        }
        names.extend(result.is_ok().then(|| source.path.display().to_string()));
        report.add(&source.path, source.origin, result);
    }
    report.fixed = arguments.fix.then_some(fixed);
    let mut written = None;
    match baseline {
        Some(baseline) if arguments.write_baseline => {
            let path = arguments.baseline.as_deref().unwrap_or(Path::new("")).display();
            let count = baseline.write(&report, &names)?;
            written = Some(format!("wrote {count} {} to {path}", if count == 1 { "finding" } else { "findings" }));
        }
        Some(baseline) => baseline.apply(&mut report, &names),
        None => {}
    }
    Ok((report, written))
}

impl CheckReport {
    fn add(&mut self, path: &Path, origin: Origin, result: Result<CheckedFile, String>) {
        match result {
            Ok(mut checked) => {
                self.files += 1;
                for why in std::mem::take(&mut checked.failures) {
                    self.skipped.push(Skipped { path: checked.path.clone(), why });
                    self.is_incomplete = true;
                }
                // Of files without findings nothing but their number is told.
                self.checked.extend(Some(checked).filter(|checked| !checked.findings.is_empty()));
            }
            Err(why) => {
                self.skipped.push(Skipped { path: path.display().to_string(), why });
                self.is_incomplete |= origin == Origin::Named;
            }
        }
    }
}
