//! Pairs of action and resource that no rule may doubt.

use serde::Deserialize;

/// A resource that AWS itself pairs with an action, although the action's resource types do not have it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The action or pattern.
    pub action: &'static str,
    /// The resource.
    pub resource: &'static str,
    /// AWS's policy that has them together.
    pub policy: &'static str,
    /// The policy's version.
    pub version: &'static str,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}
