//! Rule `conflicting-permissions`.

use connect_policy_catalog::{Basis, RelationKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::profile_permissions::{ProfilePermissions, profiles};

declare_rule! {
    /// Conflicting permissions
    ///
    /// One permission of the profile limits another. With access to redacted and unredacted recordings, users get the
    /// redacted recording if one exists. Users have the permissions of all their profiles, so the same applies to users with
    /// two profiles.
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Agents", "Permissions": ["BasicAgentAccess", "SelfAssignContacts.Access", "RestrictTaskCreation.Access"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Agents", "Permissions": ["BasicAgentAccess", "SelfAssignContacts.Access"]}
    /// ```
    CONFLICTING_PERMISSIONS {
        summary: "conflicting permissions",
        group: Risk,
        severity: Information,
        unit: Profile,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for known in profiles(ctx.context()) {
        let held = ProfilePermissions::of(ctx.context(), &known.list);
        for relation in ctx.catalog().relations() {
            let is_sure = relation.basis == Basis::Stated || relation.fires_on_samples.is_empty();
            if !matches!(relation.kind, RelationKind::Masks | RelationKind::Conflicts) || !is_sure {
                continue;
            }
            for (from, to) in relation.from.iter().flat_map(|from| relation.to.iter().map(move |to| (*from, *to))) {
                let (Some(winner), Some(loser)) = (held.get(from), held.get(to)) else { continue };
                if held.together(winner, loser) {
                    let reason = relation.note.map_or(String::new(), |note| format!(": {note}"));
                    acc.report_entry(acc.severity(), loser, format!("`{from}` conflicts with `{to}`{reason}"));
                }
            }
        }
    }
}
