//! Sizes and counts that AWS limits.

use serde::Deserialize;

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
