//! Rule `legacy-action`.

use connect_policy_model::ActionVerdict;

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::Applicability;

declare_rule! {
    /// An action that the Amazon Connect console used and that is gone.
    ///
    /// Older pages of AWS's documentation still print these names. IAM takes them without a word, and they grant nothing today;
    /// a Deny on one no longer denies.
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
        summary: "a console action that is gone",
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
        let mut fixes: Vec<_> = gone.replaced_by.iter().map(|name| acc.replace(entry, name, Applicability::Unsafe)).collect();
        if gone.replaced_by.len() > 1 {
            fixes.extend(acc.replace_by_all(entry, &gone.replaced_by));
        }
        let message = format!(
            "`{}` is gone and grants nothing; its work is done by {}",
            gone.action,
            describe::codes(gone.replaced_by.iter().copied())
        );
        acc.report(entry.range.clone(), message).fixes = fixes;
    }
}
