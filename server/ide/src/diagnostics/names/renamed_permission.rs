//! A permission by a name of yesterday.
//!
//! A superseded spelling may be refused (warning). A legacy name still works, and the console files it apart
//! (information). A removed one has no successor (information, no fix).
//!
//! Example:
//!
//! ```json
//! {"SecurityProfileName": "Analysts", "Permissions": ["HistoricalMetrics.Access", "Users.View"]}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"SecurityProfileName": "Analysts", "Permissions": ["AccessMetrics.HistoricalMetrics.Access", "Users.View"]}
//! ```

use connect_policy_catalog::PermissionStatus;
use connect_policy_model::PermissionVerdict;

use super::{Findings, Rule};
use crate::{Severity, describe};

pub(super) const RULE: Rule = Rule {
    code: "renamed-permission",
    summary: "a superseded, legacy or removed permission name",
    severity: Severity::Warning,
    source: include_str!("renamed_permission.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, ..) in findings.permission_entries() {
        let PermissionVerdict::Renamed(permission) = verdict else { continue };
        let (name, today) = (permission.name, &permission.replaced_by);
        let (severity, message) = match permission.status {
            PermissionStatus::Superseded => {
                (Severity::Warning, format!("`{name}` is an old spelling of {}", describe::codes(today.iter().copied())))
            }
            PermissionStatus::Removed => {
                (Severity::Information, format!("`{name}` is no longer in AWS's list of permissions, and nothing took its place"))
            }
            _ => (
                Severity::Information,
                format!("`{name}` is a legacy permission; today there is {}", describe::codes(today.iter().copied())),
            ),
        };
        let is_certain = permission.status == PermissionStatus::Superseded && today.len() == 1;
        let mut fixes: Vec<_> = if today.len() == 1 { vec![findings.replace(entry, today[0], is_certain)] } else { Vec::new() };
        if today.len() > 1 {
            fixes.extend(findings.replace_by_all(entry, today));
        }
        findings.add_as(severity, entry.range.clone(), message).fixes = fixes;
    }
}
