//! Explains a name outside of any document.

use connect_policy_catalog::Catalog;

/// An explanation of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// What the name turned out to be: "action", "pattern", "permission", "label", "console task", "rule", "condition key".
    pub kind: &'static str,
    /// The explanation, in Markdown.
    pub markdown: String,
}

/// Explains an action, pattern, permission, UI label, console task, condition key or rule. `Err` holds the nearest names.
pub fn explain(_catalog: &Catalog, _name: &str) -> Result<Vec<Explanation>, Vec<String>> {
    Err(Vec::new())
}
