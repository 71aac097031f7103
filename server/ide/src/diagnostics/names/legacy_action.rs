//! An action that the Amazon Connect console used and that is gone.
//!
//! Older pages of AWS's documentation still print these names. IAM takes them without a word, and they grant nothing today;
//! a Deny on one no longer denies.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Deny", "Action": "connect:GetFederationTokens", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Deny", "Action": "connect:AdminGetEmergencyAccessToken", "Resource": "*"}
//! ```

use connect_policy_model::ActionVerdict;

use super::{Findings, Rule};
use crate::{Severity, describe};

pub(super) const RULE: Rule = Rule {
    code: "legacy-action",
    summary: "a console action that is gone",
    severity: Severity::Warning,
    source: include_str!("legacy_action.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, _) in findings.action_entries() {
        let ActionVerdict::Gone(gone) = verdict else { continue };
        let mut fixes: Vec<_> = gone.replaced_by.iter().map(|name| findings.replace(entry, name, false)).collect();
        if gone.replaced_by.len() > 1 {
            fixes.extend(findings.replace_by_all(entry, &gone.replaced_by));
        }
        let message = format!(
            "`{}` is gone and grants nothing; its work is done by {}",
            gone.action,
            describe::codes(gone.replaced_by.iter().copied())
        );
        findings.add(entry.range.clone(), message).fixes = fixes;
    }
}
