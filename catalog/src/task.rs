//! Console tasks, and the sources of all records.

use serde::Deserialize;

/// Something that a person does in the Amazon Connect console, and the actions that it takes.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Task {
    /// A stable id: `edit-call-recording`.
    pub id: &'static str,
    /// A short name: `Edit call recording`.
    pub title: &'static str,
    /// The page of the console.
    pub page: &'static str,
    /// `view`, `edit`, `create`, `delete` or `other`.
    pub kind: &'static str,
    /// The actions that it takes today, with prefixes, in order.
    pub actions: Vec<&'static str>,
    /// Actions that AWS's page used to list for it, parted by spaces. No list, so that nothing takes the data for one.
    #[serde(default)]
    used_to_list: &'static str,
    /// The tasks that show what this one changes.
    #[serde(default)]
    pub needs_view: Vec<&'static str>,
    /// The tasks that are a part of this one.
    #[serde(default)]
    pub includes: Vec<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

impl Task {
    /// Actions that AWS's page used to list for the task.
    pub fn used_to_list(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.used_to_list.split_whitespace()
    }
}

/// Where a fact comes from.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id in records.
    pub id: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Which version was read.
    pub version: &'static str,
    /// The version's date, `YYYY-MM-DD`.
    pub date: &'static str,
    /// What it was used for.
    #[serde(rename = "use")]
    pub purpose: &'static str,
}
