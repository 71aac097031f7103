//! What `check` found, and its forms.

pub(crate) mod human;
pub(crate) mod json;

use std::sync::Arc;

use connect_policy_ide::Finding;
use serde::Serialize;

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
}

/// A file that was not checked.
#[derive(Debug, Serialize)]
pub(crate) struct Skipped {
    pub(crate) path: String,
    pub(crate) why: String,
}

/// The address of a rule's page.
pub(crate) fn rule_page(rule: &str) -> String {
    format!("{}/blob/main/server/docs/rules.md#{rule}", env!("CARGO_PKG_REPOSITORY"))
}
