//! A result of the search.

use std::fmt;

/// What a result is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HitKind {
    /// An IAM action: `connect:CreateUser`.
    Action,
    /// A permission of a security profile: `Users.View`.
    Permission,
    /// A task of the Amazon Connect console: `edit-call-recording`.
    ConsoleTask,
    /// A rule of this program: `unknown-action`.
    Rule,
    /// A condition key: `connect:InstanceId`.
    ConditionKey,
    /// A security profile that AWS creates with an instance: `Agent`.
    DefaultProfile,
    /// A type of resource: `quick-connect`.
    ResourceType,
    /// A policy that AWS maintains: `AmazonConnectReadOnlyAccess`.
    ManagedPolicy,
}

impl HitKind {
    /// The kind's name in output.
    pub fn name(self) -> &'static str {
        match self {
            HitKind::Action => "action",
            HitKind::Permission => "permission",
            HitKind::ConsoleTask => "console task",
            HitKind::Rule => "rule",
            HitKind::ConditionKey => "condition key",
            HitKind::DefaultProfile => "default profile",
            HitKind::ResourceType => "resource type",
            HitKind::ManagedPolicy => "managed policy",
        }
    }
}

impl fmt::Display for HitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A result of the search.
#[derive(Clone, PartialEq, Debug)]
pub struct SearchHit {
    /// What it is.
    pub kind: HitKind,
    /// Its name, by which `explain` explains it.
    pub name: String,
    /// What the console calls it, or its title; for a resource type, its ARN.
    pub label: Option<String>,
    /// One line on it.
    pub summary: String,
    /// How well it fits the question: the higher, the better. Comparable within one answer only.
    pub score: f64,
}
