//! Rule `full-access`.

use connect_policy_model::{ActionVerdict, Role, Statement, Verdict};
use connect_policy_syntax::Document;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use connect_policy_model::{is_all, is_narrowed};

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
    let document = ctx.document();
    for (index, policy) in ctx.policies().filter(|(_, policy)| policy.kind.may_grant()) {
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for entry in statement.lists(Role::Action).flat_map(|list| list.effective_entries(document)) {
                let message = match entry.verdict() {
                    // On the ARNs of other services `*` reaches nothing of Connect.
                    Verdict::Action(ActionVerdict::All) if is_elsewhere(document, statement) => continue,
                    Verdict::Action(ActionVerdict::All) => "`*` allows every action of every AWS service, including all of Amazon Connect",
                    Verdict::Action(ActionVerdict::Pattern { .. }) if is_all(&entry.text) => {
                        "`connect:*` allows all Amazon Connect actions, including emergency sign-in and instance deletion"
                    }
                    _ => continue,
                };
                let own = acc.severity();
                let severity = if is_narrowed(document, statement) { own.lower() } else { Some(own) };
                // A Deny of all of Connect leaves nothing of it.
                let Some(severity) = severity.filter(|_| !ctx.grants(index).denies("connect:anything-at-all")) else { continue };
                acc.report_entry(severity, &entry, message.to_owned());
            }
        }
    }
}

/// Whether every resource of a statement is a literal ARN of a service that is not Amazon Connect.
fn is_elsewhere(document: &Document, statement: &Statement) -> bool {
    let mut lists = statement.lists(Role::Resource).peekable();
    let is_other = |text: &str| {
        let service = text.split(':').nth(2).filter(|_| text.starts_with("arn:"));
        service.is_some_and(|service| !service.is_empty() && !service.contains(['*', '?', '$']) && service != "connect")
    };
    lists.peek().is_some()
        && lists.all(|list| {
            !list.is_incomplete
                && list.effective_entries(document).next().is_some()
                && list.effective_entries(document).all(|entry| is_other(&entry.text))
        })
}
