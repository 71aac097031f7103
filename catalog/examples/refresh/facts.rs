//! What a source tells of a service.

use std::collections::BTreeMap;

/// The facts of one service, as one source tells them. What a source does not speak of is `None`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The source's id in records.
    pub(crate) source: &'static str,
    /// The service's name.
    pub(crate) name: Option<String>,
    /// Its actions by name.
    pub(crate) actions: BTreeMap<String, ActionFacts>,
    /// Its resource types by name.
    pub(crate) resource_types: Option<BTreeMap<String, TypeFacts>>,
    /// Its condition keys with their types.
    pub(crate) condition_keys: Option<BTreeMap<String, String>>,
}

/// What a source tells of an action.
#[derive(Clone, Debug)]
pub(crate) struct ActionFacts {
    /// AWS's name of the level.
    pub(crate) access: Option<String>,
    /// The resource types, and whether they are required.
    pub(crate) resources: BTreeMap<String, Option<bool>>,
    /// The condition keys, in order.
    pub(crate) conditions: Vec<String>,
    /// The actions that its caller needs besides, in order.
    pub(crate) dependent: Vec<String>,
}

/// What a source tells of a resource type.
#[derive(Clone, Debug)]
pub(crate) struct TypeFacts {
    pub(crate) arn: String,
    pub(crate) conditions: Vec<String>,
}

/// The level where a source names two: `Tagging, Write` is tagging, which is a way of writing.
pub(crate) fn one_level(access: &str) -> String {
    access.split(", ").find(|level| *level != "Write").unwrap_or(access).to_owned()
}
