//! Security-profile permissions, what the console calls them, and which of them default profiles have.

use serde::Deserialize;

use crate::basis::Confidence;
use crate::named_enum::named_enum;

named_enum! {
    /// Whether the name of a permission is in use.
    PermissionStatus {
        /// AWS's list has it.
        Current = "current",
        /// Live instances have it, AWS's list does not.
        Observed = "observed",
        /// It works, but the console files it under legacy permissions.
        Legacy = "legacy",
        /// It was renamed.
        Superseded = "superseded",
        /// It was removed.
        Removed = "removed",
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

    /// The name to write today: its own, unless exactly one other superseded it.
    pub fn name_today(&self) -> &'static str {
        match (self.status, self.replaced_by.as_slice()) {
            (PermissionStatus::Superseded, [only]) => only,
            _ => self.name,
        }
    }

    /// All labels, today's first.
    pub fn all_labels(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.labels.iter().chain(&self.old_labels).copied()
    }
}

/// The console's noun for a group of permissions.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelAlias {
    /// The noun: `Routing profiles`.
    pub label: &'static str,
    /// The groups or names in the API: `RoutingPolicies`.
    pub groups: Vec<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// The permissions of a default profile as somebody's instance had them.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObservedProfile {
    /// The profile's name.
    pub profile: &'static str,
    /// Which observation it is.
    pub variant: &'static str,
    /// How sure the list is.
    pub confidence: Confidence,
    /// The permissions in order.
    pub permissions: Vec<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}
