//! Rule `risky-permission`.

use std::collections::HashMap;

use connect_policy_catalog::RelationKind;
use connect_policy_model::PermissionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;

declare_rule! {
    /// A permission that deserves a second look wherever it is granted.
    ///
    /// Whoever may create or edit users can hand out the Admin profile; unredacted recordings hold what was meant to be hidden;
    /// what is deleted stays deleted. Nothing is wrong with it where it is meant.
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
        summary: "a permission that deserves a second look",
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
        .flat_map(|relation| relation.from.iter().map(move |name| (*name, relation.note.unwrap_or("wide in its effect"))))
        .collect();
    for (entry, verdict, carrier, _) in ctx.permission_entries() {
        let (PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) = verdict else { continue };
        match carrier {
            Profile => {}
            // A list of names grants nothing, and a live profile is not being written.
            List | Live => continue,
        }
        if let Some(reason) = risky.get(permission.name) {
            acc.report(entry.range.clone(), format!("`{}` deserves a second look: {reason}", permission.name));
        }
    }
}
