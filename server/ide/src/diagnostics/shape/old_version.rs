//! Rule `old-version`.

use connect_policy_model::{Policy, VersionPlace};
use connect_policy_syntax::{Document, NodeKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Fix, Severity, TextEdit};

declare_rule! {
    /// A policy in IAM's language of 2008, by its `Version` or for want of one.
    ///
    /// Under 2008-10-17, which also counts where no version is written, policy variables such as `${aws:username}` are literal
    /// text, so a statement with one matches nothing. Statements that a framework wraps (`aws_iam_policy_document`, SAM,
    /// Serverless) get their version from it.
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
        summary: "Version 2008-10-17, or none, in a whole policy document",
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
        let (range, what, fix) = match policy.version(document) {
            VersionPlace::Written(value) if document.kind(value) == NodeKind::Scalar && document.value(value) == OLD => {
                let range = document.inner(value);
                let edit = TextEdit { range: range.clone(), new_text: document.format_entry(Some(value), &range, TODAY) };
                let fix = Fix { title: format!("Replace with `{TODAY}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
                (range, "this is the policy language of 2008", Some(fix))
            }
            VersionPlace::Missing(statements) => {
                (document.inner(statements), "without a `Version`, this is read in the policy language of 2008", None)
            }
            _ => continue,
        };
        let (severity, reason) = if uses_variables(document, policy) {
            (Severity::Warning, "in which `${aws:…}` is literal text")
        } else {
            (Severity::Information, "which has no variables")
        };
        acc.report_at(severity, range, format!("{what}, {reason}; today's is {TODAY}")).fixes.extend(fix);
    }
}

/// Whether the policy uses variables of IAM's: `${aws:username}`, `&{aws:username}` in Terraform, `${!aws:username}` in
/// CloudFormation's substitutions.
fn uses_variables(document: &Document, policy: &Policy) -> bool {
    let text = document.text().get(document.range(policy.node)).unwrap_or("");
    ["${aws:", "&{aws:", "${!aws:"].iter().any(|variable| text.contains(variable))
}
