//! The rules.

use crate::Severity;

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its id.
    pub code: &'static str,
    /// One line on what it fires on.
    pub summary: &'static str,
    /// Its level where nothing lowers or raises it.
    pub severity: Severity,
    /// Its page, in Markdown: what, why, example, instead.
    pub page: &'static str,
}

/// All rules, in the order of the documentation.
pub fn rules() -> &'static [Rule] {
    &[]
}
