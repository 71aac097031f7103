//! Rule `ui-label`.

use connect_policy_model::PermissionVerdict;

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::{replacement, replacement_by_all};
use crate::finding::Applicability;

declare_rule! {
    /// Console label used instead of the API name
    ///
    /// The console shows "Campaigns - Manage", but the API and templates require `Campaigns.Manage`. Labels are rejected when
    /// the profile is deployed.
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Managers", "Permissions": ["Campaigns - Manage", "Campaigns.View"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Managers", "Permissions": ["Campaigns.Manage", "Campaigns.View"]}
    /// ```
    UI_LABEL {
        summary: "console label used instead of the API name",
        group: Names,
        severity: Error,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (entry, verdict, ..) in ctx.permission_entries() {
        let PermissionVerdict::Label(permissions) = verdict else { continue };
        let names: Vec<&str> = permissions.iter().map(|permission| permission.name).collect();
        let text = entry.text(ctx.document()).into_owned();
        let applicability = Applicability::safe_if(names.len() == 1);
        let mut fixes: Vec<_> = names.iter().filter_map(|name| replacement(ctx, acc, entry, name, applicability)).collect();
        if names.len() > 1 {
            // The label stands for all of them together, so that is the first offer.
            fixes.splice(0..0, replacement_by_all(ctx, acc, entry, &names));
        }
        let message = format!("`{text}` is a console label; use {}", describe::codes(names));
        acc.report(entry.range.clone(), message).fixes = fixes;
    }
}
