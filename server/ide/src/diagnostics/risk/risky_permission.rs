//! Rule `risky-permission`.

use std::collections::HashMap;

use connect_policy_catalog::RelationKind;
use connect_policy_model::PermissionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;

declare_rule! {
    /// Permission needs review
    ///
    /// Some permissions grant broad access: users who can create users or edit their permissions can assign the Admin profile,
    /// unredacted recordings include sensitive data, and deleted data cannot be restored. This can be intended; the findings
    /// are meant for access reviews.
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Leads", "Permissions": ["BasicAgentAccess", "Users.View", "Users.EditPermission"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Leads", "Permissions": ["BasicAgentAccess", "Users.View"]}
    /// ```
    RISKY_PERMISSION {
        summary: "permission needs review",
        group: Risk,
        severity: Information,
        unit: Entry,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    use connect_policy_model::PermissionContext::{List, Live, Profile};
    let relations =
        ctx.catalog().relations().iter().filter(|relation| relation.kind == RelationKind::Risky && relation.fires_on_samples.is_empty());
    let risky: HashMap<&str, &str> = relations
        .flat_map(|relation| relation.from.iter().map(move |name| (*name, relation.note.unwrap_or("grants broad access"))))
        .collect();
    for (entry, verdict, carrier, _) in ctx.permission_entries() {
        let (PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) = verdict else { continue };
        match carrier {
            Profile => {}
            // A list of names grants nothing, and a live profile is not being written.
            List | Live => continue,
        }
        if let Some(reason) = risky.get(permission.name) {
            acc.report(entry.range.clone(), format!("review `{}`: {reason}", permission.name));
        }
    }
}
