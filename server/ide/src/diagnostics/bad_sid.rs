//! A `Sid` that IAM refuses: one that another statement of the policy has, or one with other than letters and digits.
//!
//! Example:
//!
//! ```json
//! {"Version": "2012-10-17", "Statement": [{"Sid": "Read users", "Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Version": "2012-10-17", "Statement": [{"Sid": "ReadUsers", "Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
//! ```

use std::cell::OnceCell;
use std::collections::HashSet;

use connect_policy_model::{Element, Policy, PolicyKind, Vocabulary};
use connect_policy_syntax::{Document, Flags, Kind, NodeId, Style};

use super::{Findings, Rule};
use crate::{Fix, Severity, TextEdit};

pub(super) const RULE: Rule = Rule {
    code: "bad-sid",
    summary: "a Sid that is not unique in its policy, or not alphanumeric",
    severity: Severity::Warning,
    source: include_str!("bad_sid.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    let document = findings.context.document;
    for (_, policy) in findings.policies() {
        let sids: Vec<NodeId> = policy
            .statements
            .iter()
            .filter(|statement| statement.vocabulary != Vocabulary::Loose)
            .filter_map(|statement| statement.element(Element::Sid))
            .filter(|&sid| is_known(document, sid))
            .collect();
        let is_branched = OnceCell::new();
        let mut seen = HashSet::new();
        for sid in sids {
            let text = document.value(sid);
            let range = document.inner(sid);
            let is_new = seen.insert(text.clone().into_owned());
            if !is_new && is_unique_wanted(policy) && !*is_branched.get_or_init(|| policy.has_choice(document)) {
                findings.add(range, format!("another statement of this policy has the Sid `{text}`"));
            } else if policy.kind == PolicyKind::Identity && !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                let joined: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
                let edit = TextEdit { range: range.clone(), new_text: document.spell(Some(sid), &range, &joined) };
                let fix = Fix { title: format!("Replace with `{joined}`"), is_certain: false, edits: vec![edit] };
                let finding = findings.add(range, "a Sid takes only letters and digits here".to_owned());
                if !joined.is_empty() && !seen.contains(&joined) {
                    finding.fixes.push(fix);
                }
            }
        }
    }
}

/// Policies of resources are taken by their own services, which have other rules.
fn is_unique_wanted(policy: &Policy) -> bool {
    !matches!(policy.kind, PolicyKind::Resource | PolicyKind::Endpoint)
}

fn is_known(document: &Document, sid: NodeId) -> bool {
    let node = document.tree().node(sid);
    document.kind(sid) == Kind::Scalar
        && node.style() != Style::Expression
        && !node.flags().has(Flags::OPEN)
        && !document.has_holes(sid)
        && !document.value(sid).is_empty()
}
