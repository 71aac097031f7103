//! Rule `missing-dependent-action`.

use std::collections::HashSet;

use connect_policy_model::{ActionVerdict, Role, Verdict};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::policies::is_of_identity;
use crate::finding::{Applicability, Fix, TextEdit};

declare_rule! {
    /// An action that its caller needs others for, none of which the policy allows.
    ///
    /// Searching for queues answers only with `connect:DescribeQueue` beside it; creating an instance touches a directory. Where
    /// an action has many, they are for different kinds of targets, and one that is allowed is enough. Other policies of the same
    /// identity may allow the rest, so this is a hint.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:SearchQueues", "Resource": "*"}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [
    ///   {"Effect": "Allow", "Action": ["connect:SearchQueues", "connect:DescribeQueue"], "Resource": "*"}
    /// ]}
    /// ```
    MISSING_DEPENDENT_ACTION {
        summary: "an action whose dependent actions the policy does not allow",
        group: Meaning,
        severity: Hint,
        unit: Policy,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// From how many on dependent actions are alternatives for different kinds of targets.
const MANY: usize = 4;

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for (index, policy) in ctx.policies().filter(|(_, policy)| is_of_identity(policy)) {
        let allowed = ctx.grants(index);
        if !allowed.is_whole() {
            continue;
        }
        let mut seen = HashSet::new();
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for list in statement.lists(Role::Action) {
                for entry in list.effective_entries(document) {
                    let Verdict::Action(ActionVerdict::Known { service, action }) = entry.verdict() else { continue };
                    if !service.family || action.dependent.is_empty() || !seen.insert((service.prefix, action.name)) {
                        continue;
                    }
                    let missing: Vec<&'static str> = action.dependent.iter().copied().filter(|name| !allowed.allows(name)).collect();
                    let is_enough = missing.is_empty() || (action.dependent.len() >= MANY && missing.len() < action.dependent.len());
                    if is_enough {
                        continue;
                    }
                    let message = if action.dependent.len() >= MANY {
                        format!("callers of this also need some of {}", describe::codes(missing.iter().copied()))
                    } else {
                        format!("callers of this also need {}", describe::codes(missing.iter().copied()))
                    };
                    let is_fixable = missing.len() < MANY && entry.target.is_none();
                    let fix = document.append(list.value, &missing).filter(|_| is_fixable).map(|(range, new_text)| Fix {
                        title: format!("Add {}", describe::codes(missing.iter().copied())),
                        applicability: Applicability::Unsafe,
                        edits: vec![TextEdit { range, new_text }],
                    });
                    acc.report_entry(acc.severity(), &entry, message).fixes.extend(fix);
                }
            }
        }
    }
}
