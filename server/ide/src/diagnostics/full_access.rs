//! An Allow of every Amazon Connect action.
//!
//! `connect:*` includes signing in to an instance as its emergency administrator, giving oneself any security profile,
//! reading every recording and deleting the instance. In a policy about Connect a bare `*` does all that and more.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:*", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": ["connect:Describe*", "connect:List*"], "Resource": "*"}
//! ```

use connect_policy_model::{ActionVerdict, Role, Verdict};

use super::{Findings, Rule};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "full-access",
    summary: "an Allow of connect:*, or of * in a policy about Connect",
    severity: Severity::Warning,
    source: include_str!("full_access.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    let context = findings.context;
    let document = context.document;
    for policy in context.meaning.policies.iter().filter(|policy| policy.is_in_scope && policy.kind.may_grant()) {
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for entry in statement.lists(Role::Action).flat_map(|list| &list.entries) {
                let text = entry.text(document);
                let message = match &entry.verdict {
                    Verdict::Action(ActionVerdict::All) => "`*` allows every action of every service, all of Amazon Connect among them",
                    Verdict::Action(ActionVerdict::Pattern { .. }) if is_all_of_connect(&text) => {
                        "`connect:*` allows everything in Amazon Connect, emergency sign-in and deletion of the instance among it"
                    }
                    _ => continue,
                };
                findings.add(entry.range.clone(), message.to_owned());
            }
        }
    }
}

/// `connect:*` in any spelling: letter case, several stars.
fn is_all_of_connect(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(prefix, name)| prefix.eq_ignore_ascii_case("connect") && !name.is_empty() && name.bytes().all(|byte| byte == b'*'))
}
