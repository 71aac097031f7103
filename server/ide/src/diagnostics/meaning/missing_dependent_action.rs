//! Rule `missing-dependent-action`.

use std::collections::HashSet;

use connect_policy_model::{ActionVerdict, Role, Verdict};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::policies::is_of_identity;
use crate::diagnostics::support::risks::allows_risk;
use crate::finding::{Applicability, Fix};
use crate::statement_edits::additions::add_actions;

declare_rule! {
    /// Dependent action is not allowed
    ///
    /// Some actions require other actions: `connect:SearchQueues` only returns results if `connect:DescribeQueue` is allowed,
    /// and creating an instance requires access to a directory. If an action has many dependent actions, they apply to
    /// different kinds of targets, and one of them is enough. Another policy of the same identity may allow the others, so
    /// the level is hint.
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
        summary: "dependent action is not allowed",
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
                        format!(
                            "`{}:{}` also requires at least one of {}",
                            service.prefix,
                            action.name,
                            describe::codes(missing.iter().copied())
                        )
                    } else {
                        format!("`{}:{}` also requires {}", service.prefix, action.name, describe::codes(missing.iter().copied()))
                    };
                    let is_fixable = missing.len() < MANY && entry.target.is_none() && !allows_risk(ctx.catalog(), &missing);
                    let edits = if is_fixable { add_actions(ctx.context(), policy, statement, list, &missing) } else { None };
                    let fix = edits.map(|edits| Fix {
                        title: format!("Add {}", describe::codes(missing.iter().copied())),
                        applicability: Applicability::Unsafe,
                        edits,
                    });
                    acc.report_entry(acc.severity(), &entry, message).fixes.extend(fix);
                }
            }
        }
    }
}
