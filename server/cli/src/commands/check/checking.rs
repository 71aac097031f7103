//! Reads the files, checks them, and puts the report together.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use connect_policy_catalog::Catalog;
use connect_policy_project::config::errors::{BadConfig, bad_configs};
use connect_policy_project::files::reason::reason;
use connect_policy_project::files::text_of_file;
use connect_policy_project::fixes::Selection;
use connect_policy_project::{CheckedFile, DiskFiles, Origin, Project, Source, modules};
use rayon::prelude::*;

use crate::args::{check_configs, configs};
use crate::baseline::Baseline;
use crate::commands::check::arguments::{Arguments, OutputFormat};
use crate::commands::check::fix;
use crate::output::check_report::{CheckReport, Skipped};
use crate::terminal::{eprint_line, standard_input};
use crate::{progress, walk};

/// The report; if a baseline was written, also what to say about that.
pub(crate) fn report(arguments: &Arguments) -> Result<(CheckReport, Option<String>), String> {
    let here = [PathBuf::from(".")];
    let given = if arguments.paths.is_empty() { here.as_slice() } else { arguments.paths.as_slice() };
    let (inputs, paths): (Vec<_>, Vec<_>) = given.iter().cloned().partition(|path| path.as_os_str() == "-");
    if inputs.is_empty() && arguments.stdin_filename.is_some() {
        return Err("--stdin-filename requires `-` as a path".to_owned());
    }
    if !inputs.is_empty() && arguments.fix && !arguments.diff {
        return Err("--fix cannot be used with standard input; use --diff to print the changes".to_owned());
    }
    let selection = arguments.selection();
    if arguments.unsafe_fixes && selection.is_none() {
        return Err("--unsafe-fixes requires --fix or --diff".to_owned());
    }
    let (settings, only) = (arguments.settings()?, arguments.only()?);
    let (mut sources, skipped) = walk::collect(&paths)?;
    let name = arguments.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
    let configs = configs(arguments.config.as_deref())?;
    let folders = paths.iter().filter(|path| path.is_dir()).map(|path| path.join(""));
    let inputs_name = inputs.first().map(|_| name.clone());
    let documents: Vec<PathBuf> = folders.chain(sources.iter().map(|source| source.path.clone())).chain(inputs_name).collect();
    if let Err(message) = check_configs(&configs, documents.iter().cloned()) {
        let bad = bad_configs(&DiskFiles, &configs, documents.into_iter());
        if bad.is_empty() || arguments.diff {
            return Err(message);
        }
        if arguments.format != OutputFormat::Human {
            // Whoever redirects the report still sees why nothing was checked.
            eprint_line(&message);
        }
        return Ok((CheckReport::of_bad_configs(bad), None));
    }
    let found = sources.len();
    // A file that was named is checked whatever the configuration leaves out.
    sources.retain(|source| source.origin == Origin::Named || !configs.excludes(&source.path));
    let excluded = found - sources.len();
    let baseline = arguments.baseline.as_ref().map(|path| Baseline::read(path, arguments.write_baseline)).transpose()?;
    sources.retain(|source| !baseline.as_ref().is_some_and(|baseline| baseline.is(&source.path)));
    let project = Project {
        files: Arc::new(DiskFiles),
        configs: Arc::new(configs),
        builtin: Arc::new(Catalog::builtin()),
        settings,
        faults: arguments.faults.faults(),
    };

    let mut report = CheckReport { skipped, excluded, ..CheckReport::default() };
    let mut names = Vec::new();
    let mut changes = fix::Changes::new(arguments.diff, selection.unwrap_or(Selection::Safe));
    if !inputs.is_empty() {
        let bytes = standard_input().map_err(|error| format!("cannot read standard input: {}", reason(&error)))?;
        let result = text_of_file(&name, bytes).map(|text| project.check_text(&name, text));
        let result = result.map(|checked| if arguments.diff { changes.fix(&project, &name, checked) } else { checked });
        names.extend(result.is_ok().then(|| name.display().to_string()));
        report.add(&name, Origin::Named, result);
    }
    // Results go to the places of their sources, whichever core was first.
    let groups = modules::groups(sources.iter().map(|source| source.path.as_path()));
    let mut results: Vec<_> = progress::shown("checked", sources.len(), arguments.quiet, |done| {
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
    for (source, (_, mut result)) in sources.iter().zip(results) {
        let is_fixable = |finding| selection.is_some_and(|selection| selection.fix(finding).is_some());
        if result.as_ref().is_ok_and(|checked| checked.findings.iter().any(is_fixable)) {
            // One after another and read anew: two paths may be one file, and a file's findings may rest on another's.
            result = project.read_together(&[source]).check(0).map(|checked| changes.fix(&project, &source.path, checked));
        }
        names.extend(result.is_ok().then(|| source.path.display().to_string()));
        report.add(&source.path, source.origin, result);
    }
    let fix::Changes { fixed, diff, .. } = changes;
    report.fixed = selection.is_some().then_some(fixed);
    report.diff = diff;
    let mut written = None;
    match baseline {
        Some(baseline) if arguments.write_baseline => {
            let path = arguments.baseline.as_deref().unwrap_or(Path::new("")).display();
            let count = baseline.write(&report, &names)?;
            written = Some(format!("wrote {count} {} to {path}", if count == 1 { "finding" } else { "findings" }));
        }
        Some(baseline) => baseline.apply(&mut report, &names, |rule| only.as_ref().is_none_or(|only| only.contains(rule))),
        None => {}
    }
    Ok((report, written))
}

impl CheckReport {
    /// What is wrong in the configurations. Without them nothing is known about the files.
    fn of_bad_configs(bad: Vec<BadConfig>) -> CheckReport {
        let checked =
            bad.into_iter().map(|bad| CheckedFile { path: bad.path, text: bad.text, findings: bad.findings, ..CheckedFile::default() });
        CheckReport { checked: checked.collect(), is_incomplete: true, has_bad_config: true, ..CheckReport::default() }
    }

    fn add(&mut self, path: &Path, origin: Origin, result: Result<CheckedFile, String>) {
        match result {
            Ok(mut checked) => {
                self.files += 1;
                self.recognized.policies += checked.recognized.policies;
                self.recognized.profiles += checked.recognized.profiles;
                self.recognized.lists += checked.recognized.lists;
                for why in std::mem::take(&mut checked.failures) {
                    self.skipped.push(Skipped { path: checked.path.clone(), why });
                    self.is_incomplete = true;
                }
                // Of files without findings only their number is reported.
                self.checked.extend(Some(checked).filter(|checked| !checked.findings.is_empty()));
            }
            Err(why) => {
                self.skipped.push(Skipped { path: path.display().to_string(), why });
                self.is_incomplete |= origin == Origin::Named;
            }
        }
    }
}
