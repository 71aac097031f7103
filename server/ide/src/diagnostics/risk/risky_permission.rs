//! A permission that deserves a second look wherever it is granted.
//!
//! Whoever may create or edit users can hand out the Admin profile; unredacted recordings hold what was meant to be hidden;
//! what is deleted stays deleted. Nothing is wrong with it where it is meant.
//!
//! Example:
//!
//! ```json
//! {"SecurityProfileName": "Leads", "Permissions": ["BasicAgentAccess", "Users.View", "Users.EditPermission"]}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"SecurityProfileName": "Leads", "Permissions": ["BasicAgentAccess", "Users.View"]}
//! ```

use std::collections::HashMap;

use connect_policy_model::PermissionVerdict;

use super::{Findings, Rule};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "risky-permission",
    summary: "a permission that deserves a second look",
    severity: Severity::Information,
    source: include_str!("risky_permission.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    use connect_policy_model::PermissionCarrier::{List, Live, Profile};
    let relations =
        findings.context.catalog.relations().iter().filter(|relation| relation.kind == "risky" && relation.fires_on_samples.is_empty());
    let risky: HashMap<&str, &str> = relations
        .flat_map(|relation| relation.from.iter().map(move |name| (*name, relation.note.unwrap_or("wide in its effect"))))
        .collect();
    for (entry, verdict, carrier, _) in findings.permission_entries() {
        let (PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) = verdict else { continue };
        match carrier {
            Profile => {}
            // A list of names grants nothing, and a live profile is not being written.
            List | Live => continue,
        }
        if let Some(why) = risky.get(permission.name) {
            findings.add(entry.range.clone(), format!("`{}` deserves a second look: {why}", permission.name));
        }
    }
}
