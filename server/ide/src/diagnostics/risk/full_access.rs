//! Rule `full-access`.

use connect_policy_model::is_all;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::full_access::full_access;

declare_rule! {
    /// Policy allows all Amazon Connect actions
    ///
    /// `connect:*` includes emergency sign-in to an instance, assigning any security profile, reading every recording and
    /// deleting the instance. `*` in a policy about Amazon Connect includes the same. Specific resources or a condition lower
    /// the level by one. Attached AWS managed policies with full access are also reported.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:*", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["connect:DescribeQueue", "connect:ListQueues"], "Resource": "*"}
    /// ```
    FULL_ACCESS {
        summary: "policy allows all Amazon Connect actions",
        group: Risk,
        severity: Warning,
        unit: Document,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    written(ctx, acc);
    attached(ctx, acc);
}

/// AWS managed policies that the document attaches.
fn attached(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for attachment in &ctx.meaning().attachments {
        let policy = attachment.policy;
        if policy.allowed().any(|(entry, is_everywhere)| is_everywhere && is_all(entry)) {
            let message = format!(
                "managed policy `{}` allows all Amazon Connect actions, including emergency sign-in and instance deletion",
                policy.name
            );
            acc.report(attachment.range.clone(), message);
        }
    }
}

/// The statements of the document.
fn written(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (index, policy) in ctx.policies().filter(|(_, policy)| policy.kind.may_grant()) {
        for found in full_access(ctx.document(), policy, ctx.grants(index)) {
            let message = if found.is_everything {
                "`*` allows every action of every AWS service, including all of Amazon Connect"
            } else {
                "`connect:*` allows all Amazon Connect actions, including emergency sign-in and instance deletion"
            };
            let own = acc.severity();
            let severity = if found.is_narrowed { own.lower() } else { Some(own) };
            let Some(severity) = severity else { continue };
            acc.report_entry(severity, &found.entry, message.to_owned());
        }
    }
}
