//! How far a statement reaches: whether it is about all resources, about all actions of Amazon Connect, or limited.

use connect_policy_catalog::Pattern;
use connect_policy_syntax::Document;

use crate::policy::entry_list::Role;
use crate::policy::statement::Statement;

/// How much a statement's resources are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reach {
    /// `*`.
    Everything,
    /// Some, as far as is known.
    Some,
}

impl Statement {
    /// How much its resources are.
    pub fn reach(&self, document: &Document) -> Reach {
        let mut entries = self.lists(Role::Resource).flat_map(|list| list.effective_entries(document));
        let is_everything = |text: &str| {
            let text = text.strip_prefix("arn:").unwrap_or(text);
            !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'*' | b':'))
        };
        if entries.any(|entry| is_everything(&entry.text)) { Reach::Everything } else { Reach::Some }
    }
}

/// Whether an action entry means all actions of Amazon Connect, in any spelling: letter case, several stars, a wildcard in the
/// prefix.
pub fn is_all(text: &str) -> bool {
    let Some((prefix, name)) = text.split_once(':') else { return text == "*" };
    let is_connect = prefix.eq_ignore_ascii_case("connect")
        || (Pattern::is_wild(prefix) && Pattern::new(&format!("{prefix}:*")).is_some_and(|pattern| pattern.matches_service("connect")));
    is_connect && !name.is_empty() && name.bytes().all(|byte| byte == b'*')
}

/// Whether a statement's resources or conditions limit it.
pub fn is_narrowed(document: &Document, statement: &Statement) -> bool {
    statement.reach(document) != Reach::Everything || statement.conditions(document).is_present
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_connect_is_recognized_in_any_spelling() {
        assert!(["*", "connect:*", "CONNECT:**", "conn*:*", "*:*"].into_iter().all(is_all));
        assert!(!["connect:List*", "connect:", "s3:*", "x*:*", "connect:?"].into_iter().any(is_all));
    }
}
