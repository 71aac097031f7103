//! Rule `dead-wildcard`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::Offer;
use crate::diagnostics::support::unknown_names::severity_of_unknown;
use crate::diagnostics::support::without_effect::{WithoutEffect, still_allowed, with_sentence};
use crate::finding::Applicability;

declare_rule! {
    /// Wildcard matches no action
    ///
    /// The entry has no effect, usually because of a typo before the `*`. As with unknown actions, wildcards of services other
    /// than the Amazon Connect family are information unless they are similar to a wildcard that matches.
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
    for one in ctx.action_entries().filter(|one| one.is_in_scope) {
        let ActionVerdict::DeadPattern { suggestions } = one.verdict else { continue };
        let entry = one.entry;
        let text = entry.text(ctx.document()).into_owned();
        let names = suggestions.names();
        let is_family = text.split_once(':').is_some_and(|(prefix, _)| ctx.catalog().is_family(prefix));
        let without = WithoutEffect::of(ctx.document(), &one);
        let severity = without.severity(severity_of_unknown(is_family, suggestions));
        let offer = Offer::new(ctx, acc, entry, names, |name| suggestions.keeps_reach(name).then_some(Applicability::Unsafe));
        let consequence = if without == WithoutEffect::Allow { String::new() } else { format!(", so it{}", without.words()) };
        let message = format!("`{text}` matches no action{consequence}{}", offer.advice);
        let message = with_sentence(message, &still_allowed(ctx, &one, names));
        offer.add_to(acc.report_at(severity, entry.range.clone(), message));
    }
}
