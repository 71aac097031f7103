//! A look at the bytes before anything is read: a file without any of these words holds nothing that we speak of.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Words of which at least one stands in every policy and every permission list, in any letter case.
const MARKERS: &[&str] = &[
    "connect",
    "effect",
    "actions",
    "permission",
    "securityprofile",
    "security_profile",
    "basicagentaccess",
    ".view",
    ".edit",
    ".create",
    ".access",
];

/// Whether a text can hold a policy or permission list at all. Costs one pass over the bytes.
pub fn may_hold_policy(text: &str) -> bool {
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let finder =
        FINDER.get_or_init(|| AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(MARKERS).ok());
    finder.as_ref().is_none_or(|finder| finder.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_has_no_marker_and_every_policy_has_one() {
        assert!(!may_hold_policy(r#"{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}}}"#));
        assert!(may_hold_policy(r#"{"Effect": "Allow", "Action": "s3:GetObject"}"#));
        assert!(may_hold_policy(r#"["Users.View"]"#));
        assert!(may_hold_policy("actions = [\"CONNECT:listusers\"]"));
    }
}
