//! What `check` found and what `report` tells, and their forms.

mod fingerprint;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod report;
pub(crate) mod sarif;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use connect_policy_ide::{Finding, Related};
use serde::Serialize;

pub(crate) use fingerprint::{Key, keys};

use crate::config::absolute;
use crate::lines::Lines;

/// Everything that a run has to tell.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The files with findings, by path.
    pub(crate) checked: Vec<Checked>,
    /// How many files were checked.
    pub(crate) files: usize,
    /// What was not.
    pub(crate) skipped: Vec<Skipped>,
    /// Whether something that the user named is among the skipped.
    pub(crate) is_incomplete: bool,
    /// What was fixed, where fixing was asked for.
    pub(crate) fixed: Option<Vec<Fixed>>,
    /// What the baseline holds back, where there is one.
    pub(crate) baseline: Option<Baselined>,
}

impl Report {
    /// How many findings there are.
    pub(crate) fn count(&self) -> usize {
        self.checked.iter().map(|checked| checked.findings.len()).sum()
    }
}

/// A file with findings.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) path: String,
    pub(crate) text: Arc<str>,
    pub(crate) findings: Vec<Finding>,
    /// The documents that are read together with it, by their places in the module; empty where no finding needs them.
    pub(crate) beside: Arc<[Beside]>,
    /// What went wrong in checking it, in words.
    pub(crate) failures: Vec<String>,
}

impl Checked {
    /// The other places that have to do with a finding, each with its file.
    pub(crate) fn related<'c>(&'c self, finding: &'c Finding) -> impl Iterator<Item = (&'c Beside, &'c Related)> {
        finding.related.iter().filter_map(|related| Some((self.beside.get(related.document)?, related)))
    }
}

/// A file that was read together with another.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) path: String,
    pub(crate) text: Arc<str>,
    lines: OnceLock<Lines>,
}

impl Beside {
    pub(crate) fn new(path: String, text: Arc<str>) -> Beside {
        Beside { path, text, lines: OnceLock::new() }
    }

    /// Where its lines begin.
    pub(crate) fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

/// A file that was not checked.
#[derive(Debug, Serialize)]
pub(crate) struct Skipped {
    pub(crate) path: String,
    pub(crate) why: String,
}

/// A finding that was fixed, where it stood then.
#[derive(Debug, Serialize)]
pub(crate) struct Fixed {
    pub(crate) path: String,
    pub(crate) rule: &'static str,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) title: String,
}

/// What a baseline did to a report.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Baselined {
    /// Findings that it knows, which are not shown.
    pub(crate) known: usize,
    /// Findings that it still lists, though the files that were checked no longer have them.
    pub(crate) settled: usize,
}

/// A path below a folder as it is written there, with slashes; the path as it is where it lies elsewhere.
pub(crate) fn path_below(folder: &Path, path: &str) -> String {
    let whole = absolute(Path::new(path));
    let below = whole.strip_prefix(folder).unwrap_or(Path::new(path));
    let below = below.strip_prefix(".").unwrap_or(below);
    let text = below.display().to_string();
    if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// A path as it is written in the current folder, with slashes.
fn path_from_here(path: &str) -> String {
    path_below(&absolute(Path::new(".")), path)
}

/// The address of a rule's page.
pub(crate) fn rule_page(rule: &str) -> String {
    format!("{}/blob/main/server/docs/rules.md#{rule}", env!("CARGO_PKG_REPOSITORY"))
}
