//! Rule `condition-operator`.

use connect_policy_catalog::ValueType;
use connect_policy_model::nearest;
use connect_policy_syntax::NodeId;

use crate::diagnostics::acc::{Acc, did_you_mean};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::condition_operators::{OPERATORS, base, known};
use crate::finding::{Applicability, Fix, TextEdit};

declare_rule! {
    /// Unknown or incompatible condition operator
    ///
    /// IAM rejects unknown operators. An incompatible operator never matches: `NumericEquals` cannot compare text.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*",
    ///  "Condition": {"StringEqual": {"connect:InstanceId": "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"}}}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*",
    ///  "Condition": {"StringEquals": {"connect:InstanceId": "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"}}}
    /// ```
    CONDITION_OPERATOR {
        summary: "unknown or incompatible condition operator",
        group: Meaning,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// Operators whose values have a form that Connect's own text keys never have.
const NEVER_TEXT_OF_CONNECT: &[&str] = &["Arn", "Bool", "Date", "Ip", "NotIp", "Numeric"];

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for statement in ctx.policies().flat_map(|(_, policy)| &policy.statements) {
        let mut reported: Option<NodeId> = None;
        for comparison in statement.conditions(document).comparisons {
            let written = document.value(comparison.operator);
            let range = document.inner(comparison.operator);
            let Some((operator, unfit)) = known(&written) else {
                // An operator with many keys is reported once.
                if reported != Some(comparison.operator) {
                    reported = Some(comparison.operator);
                    unknown(ctx, acc, comparison.operator, &written);
                }
                continue;
            };
            let key = document.value(comparison.key);
            let Some(known) = ctx.catalog().condition_key(&key) else { continue };
            let is_own = known.key.starts_with("connect:") && matches!(known.value_type, ValueType::String | ValueType::ArrayOfString);
            let is_misfit =
                unfit.contains(&known.value_type) || (is_own && NEVER_TEXT_OF_CONNECT.iter().any(|start| operator.starts_with(start)));
            if is_misfit {
                let message = format!("operator `{written}` cannot be used with `{key}`, which has type `{}`", known.value_type);
                acc.report(range, message);
            }
        }
    }
}

fn unknown(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, node: NodeId, written: &str) {
    let document = ctx.document();
    let range = document.inner(node);
    let bare = base(written);
    let near = nearest::ranked_ignoring_case(bare, OPERATORS.iter().map(|(operator, _)| *operator), 3);
    let names: Vec<String> = near.into_iter().take(2).map(|operator| written.replacen(bare, operator, 1)).collect();
    let fixes = names.iter().map(|name| Fix {
        title: format!("Replace with `{name}`"),
        applicability: Applicability::Unsafe,
        edits: vec![TextEdit { range: range.clone(), new_text: document.format_entry(Some(node), &range, name) }],
    });
    let fixes: Vec<Fix> = fixes.collect();
    acc.report(range, format!("unknown condition operator `{written}`{}", did_you_mean(&names))).fixes = fixes;
}
