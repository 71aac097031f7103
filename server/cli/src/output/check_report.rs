//! What a run of `check` found, whatever the form in which it is written.

use connect_policy_project::CheckedFile;
use serde::Serialize;

/// Everything that a run has to tell.
#[derive(Debug, Default)]
pub(crate) struct CheckReport {
    /// The files with findings, by path.
    pub(crate) checked: Vec<CheckedFile>,
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

impl CheckReport {
    /// How many findings there are.
    pub(crate) fn count(&self) -> usize {
        self.checked.iter().map(|checked| checked.findings.len()).sum()
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
