//! An action that its caller needs others for, none of which the policy allows.
//!
//! Searching for queues answers only with `connect:DescribeQueue` beside it; creating an instance touches a directory. Where
//! an action has many, they are for different kinds of targets, and one that is allowed is enough. Other policies of the same
//! identity may allow the rest, so this is a hint.
//!
//! Example:
//!
//! ```json
//! {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:SearchQueues", "Resource": "*"}]}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Version": "2012-10-17", "Statement": [
//!   {"Effect": "Allow", "Action": ["connect:SearchQueues", "connect:DescribeQueue"], "Resource": "*"}
//! ]}
//! ```

use std::collections::HashSet;

use connect_policy_model::{ActionVerdict, Policy, PolicyKind, Role, Verdict};

use super::{Findings, Rule};
use crate::{Fix, Severity, TextEdit, describe};

pub(super) const RULE: Rule = Rule {
    code: "missing-dependent-action",
    summary: "an action whose dependent actions the policy does not allow",
    severity: Severity::Hint,
    source: include_str!("missing_dependent_action.rs"),
    check,
};

/// From how many on dependent actions are alternatives for different kinds of targets.
const MANY: usize = 4;

fn check(findings: &mut Findings<'_>) {
    let document = findings.context.document;
    for (index, policy) in findings.policies().filter(|(_, policy)| grants(policy)) {
        let allowed = findings.grants(index);
        if !allowed.is_whole() {
            continue;
        }
        let mut seen = HashSet::new();
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for list in statement.lists(Role::Action) {
                for entry in list.counted(document) {
                    let Verdict::Action(ActionVerdict::Known { service, action }) = entry.verdict() else { continue };
                    if !service.family || action.dependent.is_empty() || !seen.insert((service.prefix, action.name)) {
                        continue;
                    }
                    let missing: Vec<&'static str> = action.dependent.iter().copied().filter(|name| !allowed.allows(name)).collect();
                    let is_enough = missing.is_empty() || (action.dependent.len() >= MANY && missing.len() < action.dependent.len());
                    if is_enough {
                        continue;
                    }
                    let message = if action.dependent.len() >= MANY {
                        format!("callers of this also need some of {}", describe::codes(missing.iter().copied()))
                    } else {
                        format!("callers of this also need {}", describe::codes(missing.iter().copied()))
                    };
                    let is_fixable = missing.len() < MANY && entry.lender.is_none();
                    let fix = document.append(list.value, &missing).filter(|_| is_fixable).map(|(range, new_text)| Fix {
                        title: format!("Add {}", describe::codes(missing.iter().copied())),
                        is_certain: false,
                        edits: vec![TextEdit { range, new_text }],
                    });
                    findings.add_counted(findings.rule.severity, &entry, message).fixes.extend(fix);
                }
            }
        }
    }
}

/// Whether what a policy lacks is worth a word: it is an identity's, or may be one's, and has its statements together.
pub(super) fn grants(policy: &Policy) -> bool {
    matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown)
}
