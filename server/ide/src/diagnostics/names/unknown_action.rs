//! An action entry that its service does not have.
//!
//! IAM accepts such a policy and grants nothing by the entry, so a typo surfaces only as AccessDenied at run time. The data
//! may lag behind AWS, so this is a warning, and the message tells how old the data is.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:DescribeUsr", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*"}
//! ```

use connect_policy_model::ActionVerdict;
use strsim::damerau_levenshtein;

use super::{Findings, Rule, did_you_mean};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unknown-action",
    summary: "an action entry that its service does not have",
    severity: Severity::Warning,
    source: include_str!("unknown_action.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, is_in_scope) in findings.action_entries() {
        let ActionVerdict::Unknown { prefix, is_family } = *verdict else { continue };
        if !is_in_scope {
            continue;
        }
        let text = entry.text(findings.context.document).into_owned();
        let names = findings.nearest_actions(&text, prefix);
        // Only asked of other services: the distance is most of what a wrong name costs once its suggestions are known.
        let is_near = || names.first().is_some_and(|name| damerau_levenshtein(&text.to_ascii_lowercase(), &name.to_ascii_lowercase()) <= 2);
        let severity = if is_family || is_near() { Severity::Warning } else { Severity::Information };
        let fixes: Vec<_> = names.iter().map(|name| findings.replace(entry, name, false)).collect();
        let date = findings.context.catalog.date();
        let message = format!("no action is named `{text}`, as of {date}{}", did_you_mean(&names));
        findings.add_as(severity, entry.range.clone(), message).fixes = fixes;
    }
}
