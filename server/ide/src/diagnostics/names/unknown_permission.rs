//! Rule `unknown-permission`.

use connect_policy_model::{ForeignName, PermissionContext, PermissionVerdict, UnknownPermission, keeps_reach, without_blanks};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::Offer;
use crate::diagnostics::support::white_space::white_space;
use crate::finding::{Applicability, Severity};

declare_rule! {
    /// Unknown security profile permission
    ///
    /// The permission is not in AWS's list and was not observed in a profile. The Amazon Connect API is documented to reject
    /// invalid parameters, so deploying the profile fails.
    ///
    /// The level depends on confidence. If the name is similar to a permission, or has the noun or the verb of one, it is an
    /// error. Any other name may be newer than the catalog and is a warning; `[catalog] permissions` in `connect-policy.toml` adds
    /// names that your instance has. `<application>.Access` is valid if the instance has a third-party application of that name,
    /// so it is a hint. Names of actions, API operations, roles and default profiles are reported as such.
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
        let severity = match &**unknown {
            UnknownPermission::Certainly(_)
            | UnknownPermission::Likely(_)
            | UnknownPermission::KnownPart(_)
            | UnknownPermission::Foreign { .. } => Severity::Error,
            UnknownPermission::Unfamiliar(_) => Severity::Warning,
            UnknownPermission::Application => Severity::Hint,
        };
        let Some(severity) = lowered(severity, carrier) else { continue };
        let text = entry.text(ctx.document()).into_owned();
        let (message, offer) = match &**unknown {
            UnknownPermission::Foreign { kind, related } => (foreign(&text, *kind, related), Offer::mention(related)),
            UnknownPermission::Application => {
                (format!("`{text}` requires a third-party application of that name in the instance"), Offer::default())
            }
            UnknownPermission::Certainly(names) => {
                let applicability = Applicability::safe_if(names.len() == 1);
                let offer = Offer::new(ctx, acc, entry, names, |_| Some(applicability));
                (unknown_message(&text, names, &offer), offer)
            }
            UnknownPermission::Likely(names) | UnknownPermission::KnownPart(names) | UnknownPermission::Unfamiliar(names) => {
                let is_fix = |name: &str| keeps_reach(ctx.catalog(), &text, name);
                // A faint likeness of another noun does not help.
                let is_faint = matches!(&**unknown, UnknownPermission::Unfamiliar(_));
                let names: Vec<String> = names.iter().filter(|name| !is_faint || is_fix(name)).cloned().collect();
                let offer = Offer::new(ctx, acc, entry, &names, |name| is_fix(name).then_some(Applicability::Unsafe));
                let message = match &**unknown {
                    UnknownPermission::Unfamiliar(_) => unfamiliar_message(&text, &offer, ctx.catalog().date()),
                    _ => unknown_message(&text, &names, &offer),
                };
                (message, offer)
            }
        };
        offer.add_to(acc.report_at(severity, entry.range.clone(), message));
    }
}

/// A name of which neither the noun nor the verb is known may be newer than the catalog.
fn unfamiliar_message(text: &str, offer: &Offer, date: &str) -> String {
    if offer.advice.is_empty() {
        return format!("`{text}` is not in the catalog of {date}; if it exists, add it to `[catalog] permissions`");
    }
    format!("`{text}` is not in the catalog of {date}{} If it exists, add it to `[catalog] permissions`", offer.advice)
}

/// White space around a right name is named: it is hard to see.
fn unknown_message(text: &str, names: &[String], offer: &Offer) -> String {
    let is_right = names.iter().any(|name| name != text && *name == without_blanks(text));
    if is_right { white_space(text) } else { format!("unknown permission `{text}`{}", offer.advice) }
}

/// What a name of another kind is, and what to write instead.
fn foreign(text: &str, kind: ForeignName, related: &[String]) -> String {
    let (what, advice) = match kind {
        ForeignName::DefaultProfile => ("the name of a default security profile", "list the permissions of that profile".to_owned()),
        ForeignName::Role => ("the name of a role", "list the permissions that the role needs".to_owned()),
        ForeignName::ApiOperation { prefix, action } => ("an API operation", format!("IAM policies allow it as `{prefix}:{action}`")),
        ForeignName::IamAction => ("an IAM action", "allow it in an IAM policy".to_owned()),
    };
    let advice = if related.is_empty() { advice } else { format!("related: {}", describe::codes(related.iter().map(String::as_str))) };
    format!("`{text}` is {what}, not a permission; {advice}")
}

/// A list that is recognized only by its content may belong to another program: typos are reported, unknown names are not.
fn lowered(severity: Severity, carrier: PermissionContext) -> Option<Severity> {
    match (carrier, severity) {
        (PermissionContext::List, Severity::Error) => Some(Severity::Warning),
        (PermissionContext::List, _) => None,
        _ => Some(severity),
    }
}
