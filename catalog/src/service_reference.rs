//! AWS's machine-readable reference of one service.

use serde::Deserialize;

use crate::action::Access;

/// AWS's machine-readable reference of one service, as far as it is used here.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceReference {
    /// The prefix of its actions.
    pub name: String,
    /// Its actions.
    pub actions: Vec<ReferenceAction>,
    /// Its resource types.
    #[serde(default)]
    pub resources: Vec<ReferenceResource>,
    /// Its condition keys.
    #[serde(default)]
    pub condition_keys: Vec<ReferenceKey>,
}

/// An action of a [`ServiceReference`].
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReferenceAction {
    /// The name without prefix.
    pub name: String,
    /// Its condition keys.
    #[serde(default, rename = "ActionConditionKeys")]
    pub conditions: Vec<String>,
    /// The resource types that it works on.
    #[serde(default)]
    pub resources: Vec<ReferenceName>,
    /// What else is said of it.
    #[serde(default)]
    pub annotations: Option<Annotations>,
}

/// A name in a [`ServiceReference`].
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReferenceName {
    /// The name.
    pub name: String,
}

/// A resource type of a [`ServiceReference`].
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReferenceResource {
    /// The type's name.
    pub name: String,
    /// Its ARNs.
    #[serde(default, rename = "ARNFormats")]
    pub arns: Vec<String>,
    /// The condition keys that it brings.
    #[serde(default)]
    pub condition_keys: Vec<String>,
}

/// A condition key of a [`ServiceReference`].
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReferenceKey {
    /// The key.
    pub name: String,
    /// The types of its value.
    #[serde(default)]
    pub types: Vec<String>,
}

/// What is said of an action besides its name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Annotations {
    /// What it does, as flags.
    #[serde(default)]
    pub properties: Properties,
}

/// What an action does, as flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "AWS's own shape")]
pub struct Properties {
    is_list: bool,
    is_permission_management: bool,
    is_tagging_only: bool,
    is_write: bool,
}

impl ReferenceAction {
    /// The access level that the flags stand for, where there are any.
    pub fn access(&self) -> Option<Access> {
        let flags = self.annotations.as_ref()?.properties;
        Some(if flags.is_permission_management {
            Access::PermissionsManagement
        } else if flags.is_tagging_only {
            Access::Tagging
        } else if flags.is_write {
            Access::Write
        } else if flags.is_list {
            Access::List
        } else {
            Access::Read
        })
    }
}
