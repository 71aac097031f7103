//! What permissions have to do with each other, what the console calls them, and what AWS grants in its own policies.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A relation between permissions.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Relation {
    /// A stable id.
    pub id: &'static str,
    /// The kind of relation: `requires`, `masks`, `restricts`, `risky`, …
    pub kind: &'static str,
    /// The permissions that it speaks of.
    pub from: Vec<&'static str>,
    /// The permissions that they relate to.
    #[serde(default)]
    pub to: Vec<&'static str>,
    /// How sure it is: `stated`, `observed`, `implied` or `assumed`.
    pub basis: &'static str,
    /// Sample profiles on which a rule that speaks of this relation would fire.
    #[serde(default)]
    pub fires_on_samples: Vec<&'static str>,
    /// What else to know.
    pub note: Option<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// How much of something there can be.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Limit {
    /// A stable id: `managed-policy`.
    pub id: &'static str,
    /// The most that is allowed.
    pub max: usize,
    /// What is counted.
    pub unit: &'static str,
    /// Whether it holds for several policies together.
    #[serde(default)]
    pub is_sum: bool,
    /// What else to know.
    pub note: Option<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
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
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
    /// The permissions in order.
    pub permissions: Vec<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

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
        let allows = self.statements.iter().filter(|statement| statement.does == "allow");
        allows.flat_map(|statement| {
            let is_everywhere = statement.on == ["*"] && statement.when.is_empty();
            statement.names.iter().map(move |name| (*name, is_everywhere))
        })
    }
}

/// A statement of one of AWS's policies. Its fields are not named as a policy's are, so that nothing takes the data for one.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ManagedStatement {
    /// Its id.
    pub id: Option<&'static str>,
    /// `allow` or `deny`.
    pub does: &'static str,
    /// The actions.
    #[serde(default)]
    pub names: Vec<&'static str>,
    /// The actions that are left out (`NotAction`).
    #[serde(default)]
    pub all_but: Vec<&'static str>,
    /// The resources.
    #[serde(default)]
    pub on: Vec<&'static str>,
    /// The resources that are left out.
    #[serde(default)]
    pub not_on: Vec<&'static str>,
    /// The conditions as written: operator, key, values.
    #[serde(default)]
    pub when: BTreeMap<&'static str, BTreeMap<&'static str, serde_json::Value>>,
}
