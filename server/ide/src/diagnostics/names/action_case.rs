//! Rule `action-case`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::replacement;
use crate::finding::Applicability;

declare_rule! {
    /// Action has nonstandard capitalization
    ///
    /// IAM ignores case, but text search and other tools do not: searching for `connect:ListUsers` does not find
    /// `connect:listusers`.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:listUsers", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}
    /// ```
    ACTION_CASE {
        summary: "action has nonstandard capitalization",
        group: Names,
        severity: Hint,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (entry, verdict, is_in_scope) in ctx.action_entries() {
        if !is_in_scope {
            continue;
        }
        let text = entry.text(ctx.document());
        let name = match verdict {
            ActionVerdict::Known { service, action } if !is_spelt(&text, service.prefix, action.name) => {
                format!("{}:{}", service.prefix, action.name)
            }
            ActionVerdict::Added(added) if added.name != *text => added.name.clone(),
            _ => continue,
        };
        let fix = replacement(ctx, acc, entry, &name, Applicability::Safe);
        acc.report(entry.range.clone(), format!("AWS spells this action `{name}`")).fixes.extend(fix);
    }
}

fn is_spelt(text: &str, prefix: &str, name: &str) -> bool {
    text.split_once(':') == Some((prefix, name))
}
