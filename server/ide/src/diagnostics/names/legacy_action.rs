//! Rule `legacy-action`.

use connect_policy_catalog::{Catalog, RemovedAction};
use connect_policy_model::ActionVerdict;

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::{replacement, replacement_by_all};
use crate::diagnostics::support::without_effect::{WithoutEffect, still_allowed, with_sentence};
use crate::finding::Applicability;

declare_rule! {
    /// Action no longer exists
    ///
    /// The Amazon Connect console used these actions in the past, and older AWS documentation still lists them. IAM accepts
    /// them, but they grant nothing, and a Deny on them has no effect.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Deny", "Action": "connect:GetFederationTokens", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Deny", "Action": "connect:AdminGetEmergencyAccessToken", "Resource": "*"}
    /// ```
    LEGACY_ACTION {
        summary: "action no longer exists",
        group: Names,
        severity: Warning,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for one in ctx.action_entries() {
        let ActionVerdict::Removed(gone) = one.verdict else { continue };
        let entry = one.entry;
        let mut fixes: Vec<_> =
            gone.replaced_by.iter().filter_map(|name| replacement(ctx, acc, entry, name, Applicability::Unsafe)).collect();
        if gone.replaced_by.len() > 1 {
            fixes.extend(replacement_by_all(ctx, acc, entry, &gone.replaced_by));
        }
        let consequence = match WithoutEffect::of(ctx.document(), &one) {
            WithoutEffect::Allow => " grants nothing",
            without => without.words(),
        };
        let message =
            format!("`{}` no longer exists and{consequence}; use {}", gone.action, describe::codes(gone.replaced_by.iter().copied()));
        let message = with_sentence(message, &still_allowed(ctx, &one, &meant(ctx.catalog(), gone)));
        acc.report(entry.range.clone(), message).fixes = fixes;
    }
}

/// What may be meant: what replaced the action, or the action that differs by a plural `s`.
fn meant(catalog: &Catalog, gone: &RemovedAction) -> Vec<String> {
    let toggled = match gone.action.strip_suffix('s') {
        Some(singular) => singular.to_owned(),
        None => format!("{}s", gone.action),
    };
    let replaced = gone.replaced_by.iter().map(|name| (*name).to_owned());
    replaced.chain(catalog.action(&toggled).is_some().then_some(toggled)).collect()
}
