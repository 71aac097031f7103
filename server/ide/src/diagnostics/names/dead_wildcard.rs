//! A pattern that matches no action.
//!
//! It grants or denies nothing. Mostly its literal part is misspelt.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:LstQueue*", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:ListQueue*", "Resource": "*"}
//! ```

use connect_policy_model::ActionVerdict;

use super::{Findings, Rule, did_you_mean};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "dead-wildcard",
    summary: "a pattern that matches no action",
    severity: Severity::Warning,
    source: include_str!("dead_wildcard.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, is_in_scope) in findings.action_entries() {
        if !matches!(verdict, ActionVerdict::DeadPattern) || !is_in_scope {
            continue;
        }
        let text = entry.text(findings.context.document).into_owned();
        let prefix = text.split_once(':').map_or("", |(prefix, _)| prefix).to_owned();
        let names = findings.nearest_actions(&text, &prefix);
        let fixes: Vec<_> = names.iter().map(|name| findings.replace(entry, name, false)).collect();
        findings.add(entry.range.clone(), format!("`{text}` matches no action{}", did_you_mean(&names))).fixes = fixes;
    }
}
