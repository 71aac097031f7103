//! Console tasks.

use serde::Deserialize;

use crate::named_enum::named_enum;

named_enum! {
    /// What a console task does.
    #[non_exhaustive]
    TaskKind {
        /// Shows a page.
        View = "view",
        /// Changes what exists.
        Edit = "edit",
        /// Makes something new.
        Create = "create",
        /// Deletes something.
        Delete = "delete",
        /// Anything else.
        Other = "other",
    }
}

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
    /// What it does.
    pub kind: TaskKind,
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
