//! A look at the bytes before anything is read: a file without any marker of a carrier holds neither policy nor permissions.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::carriers::by_content;
use crate::carriers::table::CARRIERS;

/// Whether a text may contain a policy or permission list at all. Costs one pass over the bytes.
pub fn may_contain_policy(text: &str) -> bool {
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let finder = FINDER.get_or_init(|| {
        let markers: BTreeSet<&str> = CARRIERS.iter().flat_map(|carrier| carrier.markers).chain(by_content::MARKERS).copied().collect();
        AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(markers).ok()
    });
    finder.as_ref().is_none_or(|finder| finder.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_has_no_marker_and_every_policy_has_one() {
        assert!(!may_contain_policy(r#"{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}}}"#));
        assert!(may_contain_policy(r#"{"Effect": "Allow", "Action": "s3:GetObject"}"#));
        assert!(may_contain_policy(r#"["Users.View"]"#));
        assert!(may_contain_policy("actions = [\"CONNECT:listusers\"]"));
    }
}
