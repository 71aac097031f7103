//! Rule `action-case`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::Applicability;

declare_rule! {
    /// An action in another letter case than AWS writes it.
    ///
    /// IAM does not mind, but search, code review and other tools do: `connect:listusers` is found by nobody who looks for
    /// `connect:ListUsers`.
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
        summary: "an action in other letters' case than AWS's",
        group: Names,
        severity: Hint,
        unit: Entry,
        is_risk: false,
        fixes: Always,
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
        let fix = acc.replace(entry, &name, Applicability::Safe);
        acc.report(entry.range.clone(), format!("AWS writes `{name}`")).fixes.push(fix);
    }
}

fn is_spelt(text: &str, prefix: &str, name: &str) -> bool {
    text.split_once(':') == Some((prefix, name))
}
