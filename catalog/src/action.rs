//! IAM actions and what they work on.

use serde::Deserialize;

use crate::basis::{Basis, Confidence, Evidence};
use crate::named_enum::named_enum;

named_enum! {
    /// What an action does to its resource, in AWS's terms; the most harmless level first.
    Access {
        /// Shows what exists.
        List = "List",
        /// Reads content.
        Read = "Read",
        /// Changes something.
        Write = "Write",
        /// Changes tags only.
        Tagging = "Tagging",
        /// Changes who may do what.
        PermissionsManagement = "Permissions management",
    }
}

impl Access {
    /// Whether the level changes anything.
    pub fn is_write(self) -> bool {
        !matches!(self, Access::List | Access::Read)
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

named_enum! {
    /// Whether a removed action was once real.
    RemovedStatus {
        /// The console used it; it no longer exists.
        Legacy = "legacy",
        /// Documentation prints it, but IAM never had it.
        Misprint = "misprint",
    }
}

/// An action that does not exist any more, or never did though documentation prints it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RemovedAction {
    /// The full name.
    pub action: &'static str,
    /// Removed, or never real.
    pub status: RemovedStatus,
    /// What does its work today, with prefixes.
    pub replaced_by: Vec<&'static str>,
    /// Our own sentence on what it was.
    pub summary: Option<&'static str>,
    /// The year in which AWS's page was last seen with it.
    pub last_seen: Option<&'static str>,
    /// How sure the replacement is.
    pub basis: Basis,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// An action that AWS uses although its reference does not list it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlistedAction {
    /// The full name.
    pub action: &'static str,
    /// How sure it is that the action exists.
    pub confidence: Confidence,
    /// The name's letter case is not known.
    #[serde(default)]
    pub lowercase: bool,
    /// Our own sentence on what it allows.
    pub summary: &'static str,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// An action whose access by tags depends on the tags of several resource types.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagCheck {
    /// The full name.
    pub action: &'static str,
    /// The resource types whose tags are all checked, in order.
    pub types: Vec<&'static str>,
    /// How it is supported.
    pub basis: Evidence,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// An action that works in one Region only, also if the instance is replicated to another one.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeRegion {
    /// The full name.
    pub action: &'static str,
    /// Which Region it is: "where the phone number was claimed".
    pub region: &'static str,
    /// How it is supported.
    pub basis: Evidence,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// Whether a text has the form of an action's full name, without any wildcard.
pub(crate) fn is_action_name(text: &str) -> bool {
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    text.split_once(':').is_some_and(|(prefix, name)| is_word(prefix) && is_word(name))
}
