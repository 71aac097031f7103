//! An action in another letter case than AWS writes it.
//!
//! IAM does not mind, but search, code review and other tools do: `connect:listusers` is found by nobody who looks for
//! `connect:ListUsers`.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:listUsers", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}
//! ```

use connect_policy_model::ActionVerdict;

use super::{Findings, Rule};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "action-case",
    summary: "an action in other letters' case than AWS's",
    severity: Severity::Hint,
    source: include_str!("action_case.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, is_in_scope) in findings.action_entries() {
        if !is_in_scope {
            continue;
        }
        let text = entry.text(findings.context.document);
        let name = match verdict {
            ActionVerdict::Known { service, action } if !is_spelt(&text, service.prefix, action.name) => {
                format!("{}:{}", service.prefix, action.name)
            }
            ActionVerdict::Added(added) if added.name != *text => added.name.clone(),
            _ => continue,
        };
        let fix = findings.replace(entry, &name, true);
        findings.add(entry.range.clone(), format!("AWS writes `{name}`")).fixes.push(fix);
    }
}

fn is_spelt(text: &str, prefix: &str, name: &str) -> bool {
    text.split_once(':') == Some((prefix, name))
}
