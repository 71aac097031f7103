//! An action entry that is not of the form `service:Action`.
//!
//! IAM refuses such a policy or matches nothing by it. AWS's own page prints a few actions with a space behind the colon, so
//! copying from it is enough to get here.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": ["connect: DescribeQueue", "connect:ListUsers"], "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": ["connect:DescribeQueue", "connect:ListUsers"], "Resource": "*"}
//! ```

use connect_policy_catalog::Pattern;
use connect_policy_model::{ActionVerdict, Malformation};

use super::{Findings, Rule, did_you_mean};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "malformed-action",
    summary: "an action entry that is not of the form service:Action",
    severity: Severity::Error,
    source: include_str!("malformed_action.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, is_in_scope) in findings.action_entries() {
        let ActionVerdict::Malformed(malformation) = verdict else { continue };
        if !is_in_scope {
            continue;
        }
        let text = entry.text(findings.context.document).into_owned();
        match malformation {
            Malformation::WhiteSpace(joined) => {
                let is_right = is_right(findings, joined);
                let fix = findings.replace(entry, joined, is_right);
                findings.add(entry.range.clone(), format!("an action takes no white space; `{text}` is refused")).fixes.push(fix);
            }
            Malformation::NoColon => {
                let names = findings.nearest_actions(&format!("connect:{text}"), "connect");
                let fixes: Vec<_> = names.iter().map(|name| findings.replace(entry, name, false)).collect();
                let message =
                    format!("an action needs its service's prefix and a colon, as in `connect:ListUsers`{}", did_you_mean(&names));
                findings.add(entry.range.clone(), message).fixes = fixes;
            }
            Malformation::EmptyPart => {
                findings.add(entry.range.clone(), format!("a part of `{text}` is missing: an action is written `service:Action`"));
            }
            Malformation::Character(letter) => {
                findings.add(entry.range.clone(), format!("IAM takes no `{letter}` in an action"));
            }
        }
    }
}

/// Whether a text without its spaces is an action or pattern that exists.
fn is_right(findings: &Findings<'_>, text: &str) -> bool {
    let catalog = findings.context.catalog;
    catalog.knows_action(text)
        || (Pattern::is_wild(text) && Pattern::new(text).is_some_and(|pattern| !catalog.matching(&pattern).is_empty()))
}
