//! IAM actions and what they work on.

use std::fmt;

use serde::Deserialize;

use crate::pattern::matches_template;

/// What an action does to its resource, in AWS's terms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
pub enum Access {
    /// Shows what exists.
    List,
    /// Reads content.
    Read,
    /// Changes something.
    Write,
    /// Changes tags only.
    Tagging,
    /// Changes who may do what.
    #[serde(rename = "Permissions management")]
    PermissionsManagement,
}

impl Access {
    /// All levels, the most harmless first.
    pub const ALL: [Access; 5] = [Access::List, Access::Read, Access::Write, Access::Tagging, Access::PermissionsManagement];

    /// AWS's name of the level.
    pub fn name(self) -> &'static str {
        match self {
            Access::List => "List",
            Access::Read => "Read",
            Access::Write => "Write",
            Access::Tagging => "Tagging",
            Access::PermissionsManagement => "Permissions management",
        }
    }

    /// Whether the level changes anything.
    pub fn is_write(self) -> bool {
        !matches!(self, Access::List | Access::Read)
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An IAM action. Its service is the file it stands in.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The name without prefix, in AWS's letter case.
    pub name: &'static str,
    /// What it does; `None` where only a newer source names the action.
    pub access: Option<Access>,
    /// Our own sentence on what it lets someone do.
    pub summary: Option<&'static str>,
    /// The resource types that it works on; empty where it only takes `*`.
    pub resources: Vec<ResourceUse>,
    /// The condition keys that AWS's reference names for it. Those of its resource types come besides, and those that any
    /// request has.
    pub conditions: Vec<&'static str>,
    /// The actions that its caller needs besides, with prefix.
    pub dependent: Vec<&'static str>,
    /// Whether it is no API operation: a permission that the console or service checks.
    #[serde(default, rename = "permissionOnly")]
    pub permission_only: bool,
    /// The API operation where its name differs.
    pub operation: Option<&'static str>,
    /// On what other sources contradict this record; no rule speaks from what is disputed.
    #[serde(default)]
    pub disputed: Disputed,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// Which sources say otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"), deny_unknown_fields)]
pub struct Disputed {
    /// On the resource types.
    #[serde(default)]
    pub resources: Vec<&'static str>,
    /// On which resource types are required.
    #[serde(default)]
    pub required: Vec<&'static str>,
    /// On the condition keys.
    #[serde(default)]
    pub conditions: Vec<&'static str>,
}

/// A resource type that an action works on.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceUse {
    /// The type's name.
    #[serde(rename = "type")]
    pub name: &'static str,
    /// Whether a policy must allow it for the action to work; `None` where that is not known.
    pub required: Option<bool>,
}

/// A type of resource.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceType {
    /// The type's name.
    #[serde(rename = "type")]
    pub name: &'static str,
    /// Its ARN, with `${…}` for what varies.
    pub arn: &'static str,
    /// The condition keys that it brings.
    pub conditions: Vec<&'static str>,
}

/// A condition key.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionKey {
    /// The key with its prefix; `${…}` stands for a part of the user's own.
    pub key: &'static str,
    /// The beginning by which AWS's documentation also names the key.
    #[serde(rename = "prefixForm")]
    pub prefix_form: Option<&'static str>,
    /// AWS's name of the value's type: `String`, `ARN`, `Bool`, `ArrayOfString`, …
    #[serde(rename = "type")]
    pub value_type: &'static str,
    /// For global keys, what they speak of.
    pub category: Option<&'static str>,
    /// Ids of sources, where they differ from the file's.
    #[serde(default)]
    pub sources: Vec<&'static str>,
}

impl ConditionKey {
    /// Whether a key as it is written in a policy is this one. Letter case does not matter.
    pub fn takes(&self, written: &str) -> bool {
        matches_template(self.key, written) || self.prefix_form.is_some_and(|prefix| prefix.eq_ignore_ascii_case(written))
    }
}

/// The values that a condition key can have, where they are few and known.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionValues {
    /// The key with its prefix.
    pub key: &'static str,
    /// The values in order.
    pub values: Vec<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// Whether an action was once real.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GoneStatus {
    /// The console used it; it is gone.
    Legacy,
    /// Documentation prints it, but IAM never had it.
    Misprint,
}

/// An action that does not exist any more, or never did though documentation prints it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GoneAction {
    /// The full name.
    pub action: &'static str,
    /// Gone, or never real.
    pub status: GoneStatus,
    /// What does its work today, with prefixes.
    pub replaced_by: Vec<&'static str>,
    /// Our own sentence on what it was.
    pub summary: Option<&'static str>,
    /// The year in which AWS's page was last seen with it.
    pub last_seen: Option<&'static str>,
    /// How sure the replacement is: `verified`, `stated` or `assumed`.
    pub basis: &'static str,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// An action that AWS uses although its reference does not list it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlistedAction {
    /// The full name.
    pub action: &'static str,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
    /// The name's letter case is not known.
    #[serde(default)]
    pub lowercase: bool,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// Why granting an action deserves a second thought.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// The full name, or a pattern.
    pub action: &'static str,
    /// The rule that speaks of it; `None` where only hover does.
    pub rule: Option<&'static str>,
    /// The level of an unscoped Allow.
    pub level: Option<&'static str>,
    /// The kind of risk.
    pub category: &'static str,
    /// Why, in a few words.
    pub reason: &'static str,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}
