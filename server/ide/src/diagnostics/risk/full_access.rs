//! An Allow of every Amazon Connect action.
//!
//! `connect:*` includes signing in to an instance as its emergency administrator, giving oneself any security profile,
//! reading every recording and deleting the instance. In a policy about Connect a bare `*` does all that and more. Named
//! resources or a condition lower the level by one. A policy of AWS's that allows all this counts where it is attached.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:*", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": ["connect:DescribeQueue", "connect:ListQueues"], "Resource": "*"}
//! ```

use connect_policy_catalog::Pattern;
use connect_policy_model::{ActionVerdict, Role, Statement, Verdict};
use connect_policy_syntax::Document;

use super::risk::is_narrowed;
use super::{Findings, Rule, lowered};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "full-access",
    summary: "an Allow of connect:*, or of * in a policy about Connect",
    severity: Severity::Warning,
    source: include_str!("full_access.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    written(findings);
    attached(findings);
}

/// Policies of AWS's, which say nothing here but grant all the same.
fn attached(findings: &mut Findings<'_>) {
    for attachment in &findings.context.meaning.attachments {
        let policy = attachment.policy;
        if policy.allowed().any(|(entry, is_everywhere)| is_everywhere && is_all(entry)) {
            let message = format!(
                "AWS's `{}` allows everything in Amazon Connect, emergency sign-in and deletion of the instance among it",
                policy.name
            );
            findings.add(attachment.range.clone(), message);
        }
    }
}

/// The statements of the document.
fn written(findings: &mut Findings<'_>) {
    let document = findings.context.document;
    for (index, policy) in findings.policies().filter(|(_, policy)| policy.kind.may_grant()) {
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for entry in statement.lists(Role::Action).flat_map(|list| list.counted(document)) {
                let message = match entry.verdict() {
                    // On the ARNs of other services `*` reaches nothing of Connect.
                    Verdict::Action(ActionVerdict::All) if is_elsewhere(document, statement) => continue,
                    Verdict::Action(ActionVerdict::All) => "`*` allows every action of every service, all of Amazon Connect among them",
                    Verdict::Action(ActionVerdict::Pattern { .. }) if is_all(&entry.text) => {
                        "`connect:*` allows everything in Amazon Connect, emergency sign-in and deletion of the instance among it"
                    }
                    _ => continue,
                };
                let own = findings.rule.severity;
                let severity = if is_narrowed(document, statement) { lowered(own) } else { Some(own) };
                // A Deny of all of Connect leaves nothing of it.
                let Some(severity) = severity.filter(|_| !findings.grants(index).denies("connect:anything-at-all")) else { continue };
                findings.add_counted(severity, &entry, message.to_owned());
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
            !list.is_open && list.counted(document).next().is_some() && list.counted(document).all(|entry| is_other(&entry.text))
        })
}

/// All of Connect in any spelling: letter case, several stars, a wildcard in the prefix.
pub(super) fn is_all(text: &str) -> bool {
    let Some((prefix, name)) = text.split_once(':') else { return text == "*" };
    let is_connect = prefix.eq_ignore_ascii_case("connect")
        || (Pattern::is_wild(prefix) && Pattern::new(&format!("{prefix}:*")).is_some_and(|pattern| pattern.takes_service("connect")));
    is_connect && !name.is_empty() && name.bytes().all(|byte| byte == b'*')
}
