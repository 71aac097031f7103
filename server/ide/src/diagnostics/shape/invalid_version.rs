//! Rule `invalid-version`.

use connect_policy_model::{VersionPlace, policy_versions};
use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind, ScalarStyle};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::policies::has_variables;
use crate::finding::{Applicability, Fix, TextEdit};

declare_rule! {
    /// Invalid policy version
    ///
    /// IAM accepts `2012-10-17` and `2008-10-17` and rejects every other date. A common mistake is 2010-09-09, the version of
    /// CloudFormation templates.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2010-09-09", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    INVALID_VERSION {
        summary: "invalid policy version",
        group: Shape,
        severity: Error,
        unit: Policy,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let [today, ..] = policy_versions();
    for (_, policy) in ctx.policies() {
        let VersionPlace::Written(value) = policy.version(document) else { continue };
        if !is_known(document, value) || policy_versions().contains(&&*document.value(value)) {
            continue;
        }
        let range = document.inner(value);
        let message = format!("invalid policy version `{}`; use `{today}`", document.value(value));
        let new_text = document.format_entry(Some(value), &range, today);
        // The older version has no variables; which one was meant makes no difference unless the policy has some.
        let applicability = Applicability::safe_if(!has_variables(document, policy));
        let edits = vec![TextEdit { range: range.clone(), new_text }];
        acc.report(range, message).fixes.push(Fix { title: format!("Replace with `{today}`"), applicability, edits });
    }
}

/// Whether a value is written out: not an expression, no placeholder of a template engine, not being typed.
fn is_known(document: &Document, value: NodeId) -> bool {
    let node = document.tree().node(value);
    document.kind(value) == NodeKind::Scalar
        && node.style() != ScalarStyle::Expression
        && !node.flags().has(NodeFlags::OPEN)
        && !document.has_interpolation(value)
        && !document.value(value).trim().is_empty()
        && !document.value(value).contains(['{', '<'])
}
