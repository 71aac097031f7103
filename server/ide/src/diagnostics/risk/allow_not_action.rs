//! An Allow of everything but what is listed.
//!
//! `NotAction` in an Allow grants every action of every service that is not named, those that AWS adds tomorrow among them.
//! It is meant for Deny statements, or for policies that give whole accounts away.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "NotAction": "connect:Delete*", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Deny", "Action": "connect:Delete*", "Resource": "*"}
//! ```

use connect_policy_model::{Element, PolicyKind};
use connect_policy_syntax::Kind;

use super::risk::is_narrowed;
use super::{Findings, Rule, lowered};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "allow-not-action",
    summary: "an Allow of everything but what is listed",
    severity: Severity::Warning,
    source: include_str!("allow_not_action.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    let document = findings.context.document;
    for (_, policy) in findings.policies().filter(|(_, policy)| matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown)) {
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            let written = statement.elements.iter().find(|(element, ..)| *element == Element::NotAction);
            let Some(&(_, key, value)) = written.filter(|(.., value)| document.kind(*value) != Kind::Missing) else { continue };
            if document.items(value).next().is_none() && document.kind(value) == Kind::Seq {
                continue;
            }
            let own = findings.rule.severity;
            let severity = if is_narrowed(document, statement) { lowered(own) } else { Some(own) };
            let Some(severity) = severity else { continue };
            let message = "this allows every action of every service but those listed, future ones among them";
            findings.add_as(severity, document.inner(key), message.to_owned());
        }
    }
}
