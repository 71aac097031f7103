//! A permission that is right but for the case of its letters.
//!
//! Permission names are compared letter by letter, so the API does not know this one.
//!
//! Example:
//!
//! ```json
//! {"SecurityProfileName": "Agents", "Permissions": ["basicAgentAccess", "Users.View"]}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"SecurityProfileName": "Agents", "Permissions": ["BasicAgentAccess", "Users.View"]}
//! ```

use connect_policy_model::PermissionVerdict;

use super::{Findings, Rule};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "permission-case",
    summary: "a permission in the wrong letter case",
    severity: Severity::Error,
    source: include_str!("permission_case.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, ..) in findings.permission_entries() {
        let name = match verdict {
            PermissionVerdict::OtherCase(permission) => permission.name,
            PermissionVerdict::AddedOtherCase(added) => added.name.as_str(),
            _ => continue,
        };
        let fix = findings.replace(entry, name, true);
        findings.add(entry.range.clone(), format!("letter case matters in permissions: this one is `{name}`")).fixes.push(fix);
    }
}
