//! Rule `allow-not-action`.

use connect_policy_model::{Element, PolicyKind};
use connect_policy_syntax::NodeKind;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use connect_policy_model::is_narrowed;

declare_rule! {
    /// `Allow` with `NotAction`
    ///
    /// `NotAction` in an Allow grants every action of every AWS service except those listed, including actions that AWS adds
    /// later. It is meant for Deny statements and for policies that grant whole accounts.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "NotAction": "connect:Delete*", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Deny", "Action": "connect:Delete*", "Resource": "*"}
    /// ```
    ALLOW_NOT_ACTION {
        summary: "`Allow` with `NotAction`",
        group: Risk,
        severity: Warning,
        unit: Statement,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for (_, policy) in ctx.policies().filter(|(_, policy)| matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown)) {
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            let written = statement.elements.iter().find(|(element, ..)| *element == Element::NotAction);
            let Some(&(_, key, value)) = written.filter(|(.., value)| document.kind(*value) != NodeKind::Missing) else { continue };
            if document.items(value).next().is_none() && document.kind(value) == NodeKind::Seq {
                continue;
            }
            let own = acc.severity();
            let severity = if is_narrowed(document, statement, "*") { own.lower() } else { Some(own) };
            let Some(severity) = severity else { continue };
            let message = "`NotAction` allows every action except those listed, including future ones";
            acc.report_at(severity, document.inner(key), message.to_owned());
        }
    }
}
