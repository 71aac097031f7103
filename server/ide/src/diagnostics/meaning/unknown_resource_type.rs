//! A Connect ARN with a type of resource that does not exist.
//!
//! ARNs do not use the console's words: a user is an `agent`, a quick connect a `transfer-destination`, hours of operation are
//! `operating-hours`, a hierarchy group is an `agent-group`. IAM takes the wrong word silently, and the statement matches
//! nothing; what shows is AccessDenied.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/*/user/*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/*/agent/*"}
//! ```

use connect_policy_model::{ActionVerdict, Entry, Role, Statement, Verdict};

use super::arns::{ConnectArn, Shapes, is_literal};
use super::{Findings, Rule};
use crate::{Fix, Severity, TextEdit};

pub(super) const RULE: Rule = Rule {
    code: "unknown-resource-type",
    summary: "a Connect ARN with a type of resource that does not exist",
    severity: Severity::Warning,
    source: include_str!("unknown_resource_type.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    let shapes = findings.shapes();
    for entry in arns(findings) {
        check_entry(findings, &shapes, entry);
    }
}

/// All entries of lists of resources in policies about Connect.
///
/// Statements that let SAML users sign in are left out: AWS's own sample for GetFederationToken names `user/${aws:userid}`,
/// which no resource type has.
pub(super) fn arns<'a>(findings: &Findings<'a>) -> impl Iterator<Item = &'a Entry> + use<'a> {
    let statements = findings.policies().flat_map(|(_, policy)| &policy.statements);
    let statements = statements.filter(|statement| !lets_sign_in(statement));
    let lists = statements.flat_map(|statement| &statement.lists).filter(|list| matches!(list.role, Role::Resource | Role::NotResource));
    lists.flat_map(|list| &list.entries)
}

/// Whether a statement names GetFederationToken.
pub(super) fn lets_sign_in(statement: &Statement) -> bool {
    let entries = statement.lists(Role::Action).flat_map(|list| &list.entries);
    let mut names = entries.filter_map(|entry| match &entry.verdict {
        Verdict::Action(ActionVerdict::Known { service, action }) => Some((service.prefix, action.name)),
        _ => None,
    });
    names.any(|name| name == ("connect", "GetFederationToken"))
}

fn check_entry(findings: &mut Findings<'_>, shapes: &Shapes, entry: &Entry) {
    let document = findings.context.document;
    let Some(arn) = ConnectArn::of(document, entry) else { return };
    let Some(&(at, segment)) = arn.below_instance().first() else { return };
    if segment.is_empty() || !is_literal(segment) || shapes.is_below(segment) {
        return;
    }
    let Some(right) = shapes.nearest(segment) else {
        // What another's variable holds is not known well enough, and a type may be newer than the data.
        if !arn.is_behind_instance {
            let message = format!("no resource of Amazon Connect has `{segment}` in its ARN, as of {}", findings.context.catalog.date());
            findings.add_as(Severity::Information, entry.range.clone(), message);
        }
        return;
    };
    let edit = TextEdit { range: document.decoded(entry.node).source_of(at..at + segment.len()), new_text: right.to_owned() };
    let fix = Fix { title: format!("Replace `{segment}` with `{right}`"), is_certain: false, edits: vec![edit] };
    let message = format!("no Connect ARN has `{segment}/`, so this matches nothing; it is written `{right}/`");
    findings.add(entry.range.clone(), message).fixes.push(fix);
}
