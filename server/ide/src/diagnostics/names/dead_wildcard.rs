//! Rule `dead-wildcard`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::Offer;
use crate::finding::Applicability;

declare_rule! {
    /// Wildcard matches no action
    ///
    /// The entry has no effect, usually because of a typo before the `*`.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:LstQueue*", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListQueue*", "Resource": "*"}
    /// ```
    DEAD_WILDCARD {
        summary: "wildcard matches no action",
        group: Names,
        severity: Warning,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (entry, verdict, is_in_scope) in ctx.action_entries() {
        let ActionVerdict::DeadPattern { suggestions } = verdict else { continue };
        if !is_in_scope {
            continue;
        }
        let text = entry.text(ctx.document()).into_owned();
        let offer = Offer::new(ctx, acc, entry, suggestions.names(), |name| suggestions.keeps_reach(name).then_some(Applicability::Unsafe));
        let message = format!("`{text}` matches no action{}", offer.advice);
        offer.add_to(acc.report(entry.range.clone(), message));
    }
}
