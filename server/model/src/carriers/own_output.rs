//! What checkers write: reports, baselines, and findings as JSON, SARIF or a code quality report. They repeat names of actions and
//! permissions, and are never policies themselves.

use connect_policy_syntax::{Document, Format, NodeId, NodeKind};

/// Keys of this program's JSON beside its `version`; each group identifies one kind of output.
const OUTPUTS: &[&[&str]] = &[
    &["findings"],
    &["facts", "matrix"],
    &["policies", "profiles", "escalations"],
    &["query", "answer", "results"],
    &["rules"],
    &["date", "counts", "sources"],
];

/// Whether a document is the output of a checker.
pub(crate) fn is_own_output(document: &Document) -> bool {
    if document.format_at(NodeId::STREAM) != Format::Json {
        return false;
    }
    let mut roots = document.roots();
    let (Some(root), None) = (roots.next(), roots.next()) else { return false };
    let has_all = |map: NodeId, keys: &[&str]| keys.iter().all(|key| document.get(map, key).is_some());
    match document.kind(root) {
        NodeKind::Map => {
            let version = document.get(root, "version").map(|version| document.value(version));
            let is_sarif = || has_all(root, &["runs"]) && version.as_deref().is_some_and(|version| version.starts_with("2."));
            let is_ours = || version.as_deref() == Some("1") && OUTPUTS.iter().any(|keys| has_all(root, keys));
            version.is_some() && (is_sarif() || is_ours())
        }
        NodeKind::Seq => {
            let first = document.items(root).next();
            first.is_some_and(|first| document.kind(first) == NodeKind::Map && has_all(first, &["check_name", "fingerprint", "location"]))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_own_output(&Document::read(text, Format::Json)), expected, "{text}");
    }

    #[test]
    fn outputs_are_told_from_policies() {
        check(r#"{"version": 1, "findings": [{"text": "connect:ListUser"}]}"#, true);
        check(
            r#"{"facts": "2026-01-01", "matrix": {}, "policies": [], "profiles": [{"permissions": ["Users.View"]}], "version": 1}"#,
            true,
        );
        check(r#"{"$schema": "a", "version": "2.1.0", "runs": [{"results": []}]}"#, true);
        check(r#"[{"check_name": "a", "fingerprint": "b", "location": {}}]"#, true);
        check(r#"{"version": 1, "profiles": [{"permissions": ["Users.View"]}]}"#, false);
        check(r#"{"Version": "2012-10-17", "Statement": []}"#, false);
        check(r#"{"findings": [], "Permissions": ["Users.View"]}"#, false);
        check(r#"["Users.View", "Users.Edit"]"#, false);
        check("", false);
    }
}
