//! Rule `permission-case`.

use connect_policy_model::PermissionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::replacement;
use crate::finding::Applicability;

declare_rule! {
    /// Permission has incorrect capitalization
    ///
    /// Permission names are case-sensitive, so Amazon Connect does not accept this spelling.
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Agents", "Permissions": ["basicAgentAccess", "Users.View"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Agents", "Permissions": ["BasicAgentAccess", "Users.View"]}
    /// ```
    PERMISSION_CASE {
        summary: "permission has incorrect capitalization",
        group: Names,
        severity: Error,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (entry, verdict, ..) in ctx.permission_entries() {
        let name = match verdict {
            PermissionVerdict::WrongCase(permission) => permission.name_today(),
            PermissionVerdict::AddedWrongCase(added) => added.name.as_str(),
            _ => continue,
        };
        let fix = replacement(ctx, acc, entry, name, Applicability::Safe);
        let text = entry.text(ctx.document());
        acc.report(entry.range.clone(), format!("`{text}` has incorrect capitalization; use `{name}`")).fixes.extend(fix);
    }
}
