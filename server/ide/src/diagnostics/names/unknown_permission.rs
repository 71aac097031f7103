//! Rule `unknown-permission`.

use connect_policy_model::{PermissionContext, PermissionVerdict, UnknownPermission};

use crate::diagnostics::acc::{Acc, did_you_mean};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::white_space::white_space;
use crate::finding::{Applicability, Severity};

declare_rule! {
    /// Unknown security profile permission
    ///
    /// The permission is not in AWS's list and was not observed in a profile. The Amazon Connect API is documented to reject
    /// invalid parameters, so deploying the profile fails.
    ///
    /// The level depends on confidence: error if the name is similar to a permission, or has the noun or verb of one. Any other
    /// name may be newer than the catalog, so it is a warning. `[catalog] permissions` in `connect-policy.toml` adds names that
    /// your instance has. `<application>.Access` is valid if the instance has a third-party application of that name, so it is
    /// a hint. IAM actions are reported as such: a security profile cannot contain them.
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
        summary: "unknown security profile permission",
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
        let (severity, names, message) = match &**unknown {
            UnknownPermission::Certainly(names) | UnknownPermission::Likely(names) | UnknownPermission::KnownPart(names) => {
                (Severity::Error, names.as_slice(), unknown_message(&text, names))
            }
            UnknownPermission::IamAction(names) => (Severity::Error, &[][..], iam_action_message(&text, names)),
            UnknownPermission::Unfamiliar(names) => {
                (Severity::Warning, names.as_slice(), unfamiliar_message(&text, names, ctx.catalog().date()))
            }
            UnknownPermission::Application => {
                (Severity::Hint, &[][..], format!("`{text}` requires a third-party application of that name in the instance"))
            }
        };
        let Some(severity) = lowered(severity, carrier) else { continue };
        let is_certain = matches!(&**unknown, UnknownPermission::Certainly(names) if names.len() == 1);
        let applicability = Applicability::safe_if(is_certain);
        let fixes: Vec<_> = names.iter().map(|name| acc.replace(entry, name, applicability)).collect();
        acc.report_at(severity, entry.range.clone(), message).fixes = fixes;
    }
}

/// An action is not offered a replacement: who wrote it may mean an IAM policy.
fn iam_action_message(text: &str, names: &[String]) -> String {
    let advice = match names.first() {
        Some(name) => format!("; the permission is `{name}`"),
        None => "; use it in an IAM policy".to_owned(),
    };
    format!("`{text}` is an IAM action, not a permission{advice}")
}

fn unfamiliar_message(text: &str, names: &[String], date: &str) -> String {
    match names {
        [] => format!("`{text}` is not in the catalog of {date}; if it exists, add it to `[catalog] permissions`"),
        _ => {
            let offer = did_you_mean(names);
            format!("`{text}` is not in the catalog of {date}{offer} If it exists, add it to `[catalog] permissions`")
        }
    }
}

/// White space around a right name is named: it is hard to see.
fn unknown_message(text: &str, names: &[String]) -> String {
    let is_right = text.trim() != text && names.iter().any(|name| name == text.trim());
    if is_right { white_space(text) } else { format!("unknown permission `{text}`{}", did_you_mean(names)) }
}

/// A list that is recognized only by its content may belong to another program: typos are reported, unknown names are not.
fn lowered(severity: Severity, carrier: PermissionContext) -> Option<Severity> {
    match (carrier, severity) {
        (PermissionContext::List, Severity::Error) => Some(Severity::Warning),
        (PermissionContext::List, _) => None,
        _ => Some(severity),
    }
}
