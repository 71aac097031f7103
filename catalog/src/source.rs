//! The sources of all records.

use serde::{Deserialize, Serialize};

/// Where a fact comes from.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id in records.
    pub id: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Which version was read.
    pub version: &'static str,
    /// The version's date, `YYYY-MM-DD`.
    pub date: &'static str,
    /// What it was used for.
    #[serde(rename = "use")]
    pub purpose: &'static str,
}
