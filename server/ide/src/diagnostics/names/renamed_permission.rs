//! Rule `renamed-permission`.

use connect_policy_catalog::PermissionStatus;
use connect_policy_model::PermissionVerdict;

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::{replacement, replacement_by_all};
use crate::finding::{Applicability, Severity};

declare_rule! {
    /// Renamed, legacy or removed permission
    ///
    /// Amazon Connect may reject a renamed permission (warning). A legacy permission still works, and the console lists it
    /// separately (information). A removed permission has no replacement (information, without a fix).
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Analysts", "Permissions": ["HistoricalMetrics.Access", "Users.View"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Analysts", "Permissions": ["AccessMetrics.HistoricalMetrics.Access", "Users.View"]}
    /// ```
    RENAMED_PERMISSION {
        summary: "renamed, legacy or removed permission",
        group: Names,
        severity: Warning,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (entry, verdict, ..) in ctx.permission_entries() {
        let PermissionVerdict::Renamed(permission) = verdict else { continue };
        let (name, today) = (permission.name, &permission.replaced_by);
        let (severity, message) = match permission.status {
            PermissionStatus::Superseded => {
                (Severity::Warning, format!("`{name}` was renamed to {}", describe::codes(today.iter().copied())))
            }
            PermissionStatus::Removed => (Severity::Information, format!("`{name}` was removed and has no replacement")),
            _ => (Severity::Information, format!("`{name}` is a legacy permission; use {}", describe::codes(today.iter().copied()))),
        };
        let is_certain = permission.status == PermissionStatus::Superseded && today.len() == 1;
        let fix = match today.as_slice() {
            [] => None,
            [only] => replacement(ctx, acc, entry, only, Applicability::safe_if(is_certain)),
            _ => replacement_by_all(ctx, acc, entry, today),
        };
        acc.report_at(severity, entry.range.clone(), message).fixes.extend(fix);
    }
}
