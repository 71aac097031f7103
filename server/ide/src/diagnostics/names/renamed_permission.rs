//! Rule `renamed-permission`.

use connect_policy_catalog::PermissionStatus;
use connect_policy_model::PermissionVerdict;

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Severity};

declare_rule! {
    /// A permission by a name of yesterday.
    ///
    /// A superseded spelling may be refused (warning). A legacy name still works, and the console files it apart
    /// (information). A removed one has no successor (information, no fix).
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
        summary: "a superseded, legacy or removed permission name",
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
        let mut fixes: Vec<_> =
            if today.len() == 1 { vec![acc.replace(entry, today[0], Applicability::safe_if(is_certain))] } else { Vec::new() };
        if today.len() > 1 {
            fixes.extend(acc.replace_by_all(entry, today));
        }
        acc.report_at(severity, entry.range.clone(), message).fixes = fixes;
    }
}
