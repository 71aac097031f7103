//! What a run of `check` found, whatever the form in which it is written.

use connect_policy_ide::report::Recognized;
use connect_policy_project::CheckedFile;
use serde::Serialize;

/// Everything that a run has to report.
#[derive(Debug, Default)]
pub(crate) struct CheckReport {
    /// The files with findings, by path.
    pub(crate) checked: Vec<CheckedFile>,
    /// How many files were checked.
    pub(crate) files: usize,
    /// What was recognized in them.
    pub(crate) recognized: Recognized,
    /// How many files were found and not checked, because the configuration excludes them.
    pub(crate) excluded: usize,
    /// What could not be checked.
    pub(crate) skipped: Vec<Skipped>,
    /// Whether something that the user named is among the skipped.
    pub(crate) is_incomplete: bool,
    /// Whether the configuration is wrong, so that no file was checked.
    pub(crate) has_bad_config: bool,
    /// What was fixed, or would be in a dry run; `None` without `--fix`.
    pub(crate) fixed: Option<Vec<Fixed>>,
    /// The changes as a unified diff, in a dry run.
    pub(crate) diff: String,
    /// What the baseline hides, if there is one.
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

/// A finding that was fixed, and its place before.
#[derive(Debug, Serialize)]
pub(crate) struct Fixed {
    pub(crate) path: String,
    pub(crate) rule: &'static str,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) title: String,
    /// The text that was replaced, if the fix is a single replacement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) old: Option<String>,
    /// What it was replaced with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) new: Option<String>,
}

/// What a baseline did to a report.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Baselined {
    /// Findings that it lists, which are not shown.
    pub(crate) known: usize,
    /// Findings that it still lists, though the files that were checked no longer have them.
    pub(crate) settled: usize,
}
