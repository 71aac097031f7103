//! Rule `dead-wildcard`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::{Acc, did_you_mean};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
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
        let names = suggestions.names();
        let fixes: Vec<_> = names.iter().map(|name| acc.replace(entry, name, Applicability::Unsafe)).collect();
        acc.report(entry.range.clone(), format!("`{text}` matches no action{}", did_you_mean(names))).fixes = fixes;
    }
}
