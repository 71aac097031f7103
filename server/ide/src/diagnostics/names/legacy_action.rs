//! Rule `legacy-action`.

use connect_policy_model::ActionVerdict;

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::{replacement, replacement_by_all};
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
    for (entry, verdict, _) in ctx.action_entries() {
        let ActionVerdict::Removed(gone) = verdict else { continue };
        let mut fixes: Vec<_> =
            gone.replaced_by.iter().filter_map(|name| replacement(ctx, acc, entry, name, Applicability::Unsafe)).collect();
        if gone.replaced_by.len() > 1 {
            fixes.extend(replacement_by_all(ctx, acc, entry, &gone.replaced_by));
        }
        let message =
            format!("`{}` no longer exists and grants nothing; use {}", gone.action, describe::codes(gone.replaced_by.iter().copied()));
        acc.report(entry.range.clone(), message).fixes = fixes;
    }
}
