//! AWS's own policies for Amazon Connect.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::named_enum::named_enum;

/// One of AWS's own policies for Amazon Connect.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManagedPolicy {
    /// Its name.
    pub name: &'static str,
    /// Its ARN in the standard partition.
    pub arn: &'static str,
    /// The version that is described.
    pub version: &'static str,
    /// Whether customers can attach it.
    pub attachable: bool,
    /// Whether AWS replaced it.
    #[serde(default)]
    pub deprecated: bool,
    /// What it says.
    pub statements: Vec<ManagedStatement>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

impl ManagedPolicy {
    /// The entries of its Allow statements, and whether each holds on every resource without a condition.
    pub fn allowed(&self) -> impl Iterator<Item = (&'static str, bool)> + '_ {
        let allows = self.statements.iter().filter(|statement| statement.effect == ManagedEffect::Allow);
        allows.flat_map(|statement| {
            let is_everywhere = statement.resources == ["*"] && statement.conditions.is_empty();
            statement.actions.iter().map(move |name| (*name, is_everywhere))
        })
    }
}

named_enum! {
    /// Whether a statement allows or denies.
    ManagedEffect {
        /// It allows.
        Allow = "allow",
        /// It denies.
        Deny = "deny",
    }
}

/// A statement of one of AWS's policies. The fields of the data are not named as
/// those of a policy, so that no tool reads the data as one.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManagedStatement {
    /// Its id.
    pub id: Option<&'static str>,
    /// Whether it allows or denies.
    #[serde(rename = "does")]
    pub effect: ManagedEffect,
    /// The actions.
    #[serde(default, rename = "names")]
    pub actions: Vec<&'static str>,
    /// The actions that are left out (`NotAction`).
    #[serde(default, rename = "allBut")]
    pub not_actions: Vec<&'static str>,
    /// The resources.
    #[serde(default, rename = "on")]
    pub resources: Vec<&'static str>,
    /// The resources that are left out.
    #[serde(default, rename = "notOn")]
    pub not_resources: Vec<&'static str>,
    /// The conditions as written: operator, key, values.
    #[serde(default, rename = "when")]
    pub conditions: BTreeMap<&'static str, BTreeMap<&'static str, serde_json::Value>>,
}
