//! Rule `old-version`.

use connect_policy_model::{SizeLimit, VersionPlace, policy_versions};
use connect_policy_syntax::NodeKind;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::policies::has_variables;
use crate::finding::{Applicability, Fix, Severity, TextEdit};

declare_rule! {
    /// Missing or outdated policy version
    ///
    /// Without `Version`, IAM assumes 2008-10-17. In that version, policy variables such as `${aws:username}` are literal
    /// text, so a statement with a variable does not match as intended (warning). IAM does not accept it for managed
    /// policies (warning). `aws_iam_policy_document`, SAM and Serverless set the version themselves.
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

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let [today, old] = policy_versions();
    for (_, policy) in ctx.policies() {
        let (range, is_written, fix) = match policy.version(document) {
            VersionPlace::Written(value) if document.kind(value) == NodeKind::Scalar && document.value(value) == *old => {
                let range = document.inner(value);
                let edit = TextEdit { range: range.clone(), new_text: document.format_entry(Some(value), &range, today) };
                let fix = Fix { title: format!("Replace with `{today}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
                (range, true, Some(fix))
            }
            VersionPlace::Missing(statements) => (document.inner(statements), false, None),
            _ => continue,
        };
        let has_variables = has_variables(document, policy);
        let is_managed = policy.size_limit(document) == Some(SizeLimit::Managed);
        let message = match (is_written, has_variables) {
            (true, true) => format!("version {old} does not expand `${{aws:…}}`; use `{today}`"),
            (true, false) if is_managed => format!("outdated policy version; a managed policy requires `{today}`"),
            (true, false) => format!("outdated policy version; use `{today}`"),
            (false, true) => format!("missing `Version`; IAM defaults to `{old}`, which does not expand `${{aws:…}}`"),
            (false, false) if is_managed => format!("missing `Version`; a managed policy requires `{today}`"),
            (false, false) => format!("missing `Version`; IAM defaults to `{old}`"),
        };
        let severity = if has_variables || is_managed { Severity::Warning } else { Severity::Information };
        acc.report_at(severity, range, message).fixes.extend(fix);
    }
}
