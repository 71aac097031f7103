//! How much of Amazon Connect an entry or a statement reaches.

use connect_policy_catalog::Pattern;
use connect_policy_model::{Reach, Statement};
use connect_policy_syntax::Document;

/// Whether an entry is all of Connect in any spelling: letter case, several stars, a wildcard in the prefix.
pub(in crate::diagnostics) fn is_all(text: &str) -> bool {
    let Some((prefix, name)) = text.split_once(':') else { return text == "*" };
    let is_connect = prefix.eq_ignore_ascii_case("connect")
        || (Pattern::is_wild(prefix) && Pattern::new(&format!("{prefix}:*")).is_some_and(|pattern| pattern.matches_service("connect")));
    is_connect && !name.is_empty() && name.bytes().all(|byte| byte == b'*')
}

/// Whether a statement's resources or conditions limit it.
pub(in crate::diagnostics) fn is_narrowed(document: &Document, statement: &Statement) -> bool {
    statement.reach(document) != Reach::Everything || statement.conditions(document).is_present
}
