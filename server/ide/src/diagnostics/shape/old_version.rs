//! Rule `old-version`.

use connect_policy_model::{Policy, VersionPlace};
use connect_policy_syntax::{Document, NodeKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Fix, Severity, TextEdit};

declare_rule! {
    /// Missing or outdated policy version
    ///
    /// Without `Version`, IAM assumes 2008-10-17. In that version, policy variables such as `${aws:username}` are literal
    /// text, so a statement with a variable does not match as intended (warning). `aws_iam_policy_document`, SAM and
    /// Serverless set the version themselves.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    OLD_VERSION {
        summary: "missing or outdated policy version",
        group: Shape,
        severity: Information,
        unit: Policy,
        is_risk: false,
        fixes: Sometimes,
    }
}

const OLD: &str = "2008-10-17";
const TODAY: &str = "2012-10-17";

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for (_, policy) in ctx.policies() {
        let (range, is_written, fix) = match policy.version(document) {
            VersionPlace::Written(value) if document.kind(value) == NodeKind::Scalar && document.value(value) == OLD => {
                let range = document.inner(value);
                let edit = TextEdit { range: range.clone(), new_text: document.format_entry(Some(value), &range, TODAY) };
                let fix = Fix { title: format!("Replace with `{TODAY}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
                (range, true, Some(fix))
            }
            VersionPlace::Missing(statements) => (document.inner(statements), false, None),
            _ => continue,
        };
        let has_variables = uses_variables(document, policy);
        let message = match (is_written, has_variables) {
            (true, true) => format!("version {OLD} does not expand `${{aws:…}}`; use `{TODAY}`"),
            (true, false) => format!("outdated policy version; use `{TODAY}`"),
            (false, true) => format!("missing `Version`; IAM defaults to `{OLD}`, which does not expand `${{aws:…}}`"),
            (false, false) => format!("missing `Version`; IAM defaults to `{OLD}`"),
        };
        let severity = if has_variables { Severity::Warning } else { Severity::Information };
        acc.report_at(severity, range, message).fixes.extend(fix);
    }
}

/// Whether the policy uses IAM's variables: `${aws:username}`, `&{aws:username}` in Terraform, `${!aws:username}` in
/// CloudFormation's substitutions.
fn uses_variables(document: &Document, policy: &Policy) -> bool {
    let text = document.text().get(document.range(policy.node)).unwrap_or("");
    ["${aws:", "&{aws:", "${!aws:"].iter().any(|variable| text.contains(variable))
}
