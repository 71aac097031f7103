//! Rule `unknown-permission`.

use connect_policy_model::{PermissionContext, PermissionVerdict, UnknownPermission};

use crate::describe;
use crate::diagnostics::acc::{Acc, did_you_mean};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Severity};

declare_rule! {
    /// A security-profile permission that is in no list of AWS's and in no profile that was observed.
    ///
    /// The Connect API is documented to refuse parameters that it does not know, so a wrong name fails when the profile is
    /// deployed. How sure we can be decides the level: an error where the name is plainly another's slip, a warning where it has
    /// no dot, information where it is well formed and may simply be newer than the data. `<application>.Access` exists for
    /// every third-party application and is only hinted at.
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Supervisors", "Permissions": ["RoutingProfiles.View", "Users.View"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Supervisors", "Permissions": ["RoutingPolicies.View", "Users.View"]}
    /// ```
    UNKNOWN_PERMISSION {
        summary: "a permission name that nothing knows",
        group: Names,
        severity: Error,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (entry, verdict, carrier, _) in ctx.permission_entries() {
        let PermissionVerdict::Unknown(unknown) = verdict else { continue };
        // Permissions that a live instance returned exist, even if our lists do not have them.
        if carrier == PermissionContext::Live {
            continue;
        }
        let text = entry.text(ctx.document()).into_owned();
        let date = ctx.catalog().date();
        let (severity, names, message) = match &**unknown {
            UnknownPermission::Certainly(names) | UnknownPermission::Likely(names) => {
                (Severity::Error, names.as_slice(), format!("no permission is named `{text}`{}", did_you_mean(names)))
            }
            UnknownPermission::NoDot(names) => {
                (Severity::Warning, names.as_slice(), format!("no permission is named `{text}`, as of {date}{}", did_you_mean(names)))
            }
            UnknownPermission::WellFormed(names) => {
                let nearest = if names.is_empty() {
                    String::new()
                } else {
                    format!("; nearest are {}", describe::codes(names.iter().map(String::as_str)))
                };
                (Severity::Information, names.as_slice(), format!("`{text}` is in no list that we know, as of {date}{nearest}"))
            }
            UnknownPermission::Application => {
                (Severity::Hint, &[][..], format!("`{text}` is right only if the instance has a third-party application of that name"))
            }
        };
        let Some(severity) = lowered(severity, carrier) else { continue };
        let is_certain = matches!(&**unknown, UnknownPermission::Certainly(names) if names.len() == 1);
        let applicability = Applicability::safe_if(is_certain);
        let fixes: Vec<_> = names.iter().map(|name| acc.replace(entry, name, applicability)).collect();
        acc.report_at(severity, entry.range.clone(), message).fixes = fixes;
    }
}

/// A list that is recognized only by its content may belong to another program: typos are reported, unknown names are not.
fn lowered(severity: Severity, carrier: PermissionContext) -> Option<Severity> {
    match (carrier, severity) {
        (PermissionContext::List, Severity::Error) => Some(Severity::Warning),
        (PermissionContext::List, _) => None,
        _ => Some(severity),
    }
}
