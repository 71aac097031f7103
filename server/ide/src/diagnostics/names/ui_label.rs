//! A label of the console in place of a permission's API name.
//!
//! The console shows "Campaigns - Manage"; the API and every template take `Campaigns.Manage`. A label is refused when the
//! profile is deployed.
//!
//! Example:
//!
//! ```json
//! {"SecurityProfileName": "Managers", "Permissions": ["Campaigns - Manage", "Campaigns.View"]}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"SecurityProfileName": "Managers", "Permissions": ["Campaigns.Manage", "Campaigns.View"]}
//! ```

use connect_policy_model::PermissionVerdict;

use super::{Findings, Rule};
use crate::{Severity, describe};

pub(super) const RULE: Rule = Rule {
    code: "ui-label",
    summary: "a console label in place of an API name",
    severity: Severity::Error,
    source: include_str!("ui_label.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, ..) in findings.permission_entries() {
        let PermissionVerdict::Label(permissions) = verdict else { continue };
        let names: Vec<&str> = permissions.iter().map(|permission| permission.name).collect();
        let text = entry.text(findings.context.document).into_owned();
        let mut fixes: Vec<_> = names.iter().map(|name| findings.replace(entry, name, names.len() == 1)).collect();
        if names.len() > 1 {
            // The label stands for all of them together, so that is the first offer.
            fixes.splice(0..0, findings.replace_by_all(entry, &names));
        }
        let message = format!("`{text}` is the console's label; the API's name is {}", describe::codes(names));
        findings.add(entry.range.clone(), message).fixes = fixes;
    }
}
