//! Checking one file, or the files of a folder that are read together, and making their certain fixes.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Failure, Outcome, Part, caught};
use connect_policy_syntax::{Document, Format};
use rayon::prelude::*;

use crate::cli::files::{self, Source};
use crate::cli::replace::replace;
use crate::cli::{complain, one_line};
use crate::config::{Configs, absolute};
use crate::fixes;
use crate::folder::{self, Folder};
use crate::lines::Lines;
use crate::output::{Beside, Checked, Fixed};
use crate::sabotage::Sabotage;
use crate::settings::Settings;

/// Checks files, by the configurations that rule them.
pub(super) struct Checker {
    pub(super) configs: Configs,
    pub(super) builtin: Arc<Catalog>,
    pub(super) settings: Settings,
    pub(super) sabotage: Sabotage,
}

impl Checker {
    /// Checks files that are read together, with those of their folder that were not given.
    pub(super) fn check_group(&self, sources: &[&Source]) -> Vec<Result<Checked, String>> {
        let texts: Vec<Result<Arc<str>, String>> = sources.iter().map(|source| files::read(source).map(Arc::from)).collect();
        let Some(first) = sources.first().filter(|source| folder::is_shared(&source.path)) else {
            return sources.iter().zip(texts).map(|(source, text)| self.check_text(&source.path, text?, None)).collect();
        };
        let known = sources.iter().zip(&texts).filter_map(|(source, text)| Some((source.path.as_path(), text.as_ref().ok()?))).collect();
        let folder = self.folder(&first.path, &known);
        sources.par_iter().zip(texts).map(|(source, text)| self.check_text(&source.path, text?, folder.as_ref())).collect()
    }

    /// Checks a text under a file's name.
    pub(super) fn check(&self, path: &Path, text: String) -> Result<Checked, String> {
        let folder = folder::is_shared(path).then(|| self.folder(path, &HashMap::new())).flatten();
        self.check_text(path, Arc::from(text), folder.as_ref())
    }

    /// The files that are read together with one: those of the folder, some of which were read already.
    fn folder(&self, path: &Path, known: &HashMap<&Path, &Arc<str>>) -> Option<Folder> {
        let (settings, catalog) = self.terms(path);
        let beside = folder::around(path).into_iter().filter_map(|file| {
            let text = match known.get(file.as_path()) {
                Some(text) => Arc::clone(text),
                None => files::read(&Source { path: file.clone(), is_named: false }).map(Arc::from).ok()?,
            };
            // A file that cannot be understood is told when it is checked itself.
            let part = caught(|| Part::read(Document::read(text, Format::Hcl), &catalog, settings.scope)).ok()?;
            Some((file, part))
        });
        let beside: Vec<_> = beside.collect();
        (!beside.is_empty()).then(|| Folder::of(beside, &catalog, settings.scope))
    }

    /// What holds for a file.
    fn terms(&self, path: &Path) -> (Settings, Arc<Catalog>) {
        match self.configs.for_file(path) {
            Some(config) => (self.settings.ruled_by(&config, &absolute(path)), Arc::clone(&config.catalog)),
            None => (self.settings.clone(), Arc::clone(&self.builtin)),
        }
    }

    /// Checks a text under a file's name, among the files of its folder where it has such.
    fn check_text(&self, path: &Path, text: Arc<str>, folder: Option<&Folder>) -> Result<Checked, String> {
        let (settings, catalog) = self.terms(path);
        let analyse = || {
            self.sabotage.at(&text);
            let read = || {
                let format = Format::from_path(path).unwrap_or_else(|| Format::from_content(&text));
                Document::read(Arc::clone(&text), format)
            };
            let folder = match folder {
                Some(folder) if folder.has(path, &text) => folder.clone(),
                Some(folder) => folder.with(path, read(), &catalog, settings.scope),
                None => Folder::of(vec![(path.to_owned(), Part::read(read(), &catalog, settings.scope))], &catalog, settings.scope),
            };
            let analysis = folder.analysis(path, &catalog)?;
            let outcome = analysis.guarded_diagnostics(|rule| self.sabotage.before(rule));
            let has_related = outcome.findings.iter().any(|finding| !finding.related.is_empty());
            Some((outcome, if has_related { beside(&folder) } else { Arc::default() }))
        };
        // The other files are still worth checking, and the other rules here.
        let (findings, beside, mut failures): (_, _, Vec<String>) = match caught(analyse) {
            Ok(Some((Outcome { findings, failures }, beside))) => (findings, beside, failures.iter().map(failed).collect()),
            Ok(None) => (Vec::new(), Arc::default(), vec!["checking it failed, which is a bug: it is not in its own folder".to_owned()]),
            Err(cause) => (Vec::new(), Arc::default(), vec![format!("checking it failed, which is a bug: {cause}")]),
        };
        let mut findings = settings.apply(&findings);
        if findings.len() > MOST_FINDINGS {
            failures.push(format!("has {} findings, of which the first {MOST_FINDINGS} are told", findings.len()));
            findings.truncate(MOST_FINDINGS);
        }
        Ok(Checked { path: path.display().to_string(), text, findings, beside, failures })
    }
}

/// So many findings of one file are told: a file of 50 MB can have millions, and the report is made in memory.
const MOST_FINDINGS: usize = 200_000;

/// The files of a folder, for findings that speak of several.
fn beside(folder: &Folder) -> Arc<[Beside]> {
    folder.files().map(|(path, document)| Beside::new(path.display().to_string(), document.shared_text())).collect()
}

/// What is said of a rule that panicked.
fn failed(failure: &Failure) -> String {
    format!("the rule `{}` failed at it, which is a bug: {}", failure.rule, failure.cause)
}

/// How often fixes may make room for others before they are taken to undo one another.
const MOST_ROUNDS: usize = 10;

impl Checker {
    /// Makes the certain fixes of a file until none is left, and gives the file as it is then. Where it cannot be written,
    /// that is told, and the file stays as it is.
    pub(super) fn fix(&self, source: &Source, before: Checked, fixed: &mut Vec<Fixed>) -> Checked {
        let path = &source.path;
        let result = self.fixed(path, &before).and_then(|(after, done)| {
            if !done.is_empty() {
                replace(path, &before.text, &after.text)?;
            }
            Ok((after, done))
        });
        match result {
            Ok((after, done)) => {
                fixed.extend(done);
                after
            }
            Err(why) => {
                complain(&one_line(&format!("not fixed {}: {why}", before.path)));
                before
            }
        }
    }

    /// A file's text with its certain fixes made, and which they were.
    fn fixed(&self, path: &Path, before: &Checked) -> Result<(Checked, Vec<Fixed>), String> {
        let mut now = Checked {
            path: before.path.clone(),
            text: Arc::clone(&before.text),
            findings: before.findings.clone(),
            beside: Arc::clone(&before.beside),
            failures: before.failures.clone(),
        };
        let mut done = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let (settled, edits) = fixes::certain(&now.findings);
            if settled.is_empty() {
                return Ok((now, done));
            }
            let lines = Lines::new(&now.text);
            done.extend(settled.iter().map(|(finding, fix)| {
                let (line, column) = lines.line_and_column(&now.text, finding.range.start);
                Fixed { path: now.path.clone(), rule: finding.rule, line, column, title: fix.title.clone() }
            }));
            now = self.check(path, fixes::apply(&now.text, &edits))?;
        }
        Err("its fixes undo one another, which is a bug".to_owned())
    }
}
