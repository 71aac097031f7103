//! Security-profile permissions.

use serde::Deserialize;

/// Whether a name is in use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PermissionStatus {
    /// AWS's list has it.
    Current,
    /// Live instances have it, AWS's list does not.
    Observed,
    /// It works, but the console files it under legacy permissions.
    Legacy,
    /// Another spelling took its place.
    Superseded,
    /// It is gone.
    Removed,
}

impl PermissionStatus {
    /// The status's name in data and output.
    pub fn name(self) -> &'static str {
        match self {
            PermissionStatus::Current => "current",
            PermissionStatus::Observed => "observed",
            PermissionStatus::Legacy => "legacy",
            PermissionStatus::Superseded => "superseded",
            PermissionStatus::Removed => "removed",
        }
    }
}

/// A permission that a security profile can hold.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Permission {
    /// The API's name.
    pub name: &'static str,
    /// Whether the name is in use.
    pub status: PermissionStatus,
    /// What the console calls it today.
    #[serde(default)]
    pub labels: Vec<&'static str>,
    /// What the console called it.
    #[serde(default)]
    pub old_labels: Vec<&'static str>,
    /// The console's section.
    pub section: Option<&'static str>,
    /// Our own sentence on what its holder can do.
    pub summary: &'static str,
    /// What AWS's page has wrong about it, and how we know.
    pub note: Option<&'static str>,
    /// The names of today, for a name of yesterday.
    #[serde(default)]
    pub replaced_by: Vec<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

impl Permission {
    /// The part before the last dot (`Users` of `Users.View`); `None` for names without a dot.
    pub fn group(&self) -> Option<&'static str> {
        self.name.rsplit_once('.').map(|(group, _)| group)
    }

    /// The part behind the last dot (`View`); `None` for names without a dot.
    pub fn verb(&self) -> Option<&'static str> {
        self.name.rsplit_once('.').map(|(_, verb)| verb)
    }

    /// All labels, today's first.
    pub fn all_labels(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.labels.iter().chain(&self.old_labels).copied()
    }
}
