//! Rights over roles, narrowed to Amazon Connect's service-linked role in a statement of their own.
//!
//! Several console tasks need `iam:PutRolePolicy` and its like, but only on the role that Amazon Connect itself uses; on `*`
//! they give away the account.

use connect_policy_model::{ActionVerdict, Entry, Policy, Reach, Statement, Verdict};
use connect_policy_syntax::RewrittenItem;

use super::editable_run::Rewrite;
use crate::context::Context;
use crate::describe::codes;
use crate::finding::TextEdit;
use crate::statement_edits::parting::{Parting, lists, part};

/// The actions on roles that console tasks need for the service-linked role only.
const ACTIONS: &[&str] = &["AttachRolePolicy", "CreateServiceLinkedRole", "DeleteServiceLinkedRole", "PutRolePolicy"];

/// The service-linked roles of Amazon Connect, one an instance.
const ROLE: &str = "arn:aws:iam::*:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_*";

/// The service whose roles these are, as `iam:AWSServiceName` has it.
const SERVICE: &str = "connect.amazonaws.com";

/// Offered where a statement allows one of the actions on everything.
pub(super) fn rewrite(context: &Context<'_>, policy: &Policy, statement: &Statement) -> Option<Rewrite> {
    let document = context.document;
    let (actions, resources) = lists(statement)?;
    let (roles, others): (Vec<&Entry>, Vec<&Entry>) = actions.entries.iter().partition(|entry| is_on_role(entry));
    if roles.is_empty()
        || statement.reach(document) != Reach::Everything
        || resources.has_unknown
        || is_of_another_service(context, statement)
    {
        return None;
    }
    if !actions.entries.iter().all(|entry| actions.written_in(document, entry) == Some(actions.value)) {
        return None;
    }
    let names: Vec<String> = roles.iter().map(|entry| entry.text(document).into_owned()).collect();
    let title = format!("Restrict {} to the Amazon Connect service-linked role", codes(names.iter().map(String::as_str)));
    let kept = |entry: &&Entry| RewrittenItem { text: None, of: vec![entry.node] };
    let role = |of| vec![RewrittenItem { text: Some(ROLE.to_owned()), of }];
    let edits = if others.is_empty() && !actions.has_unknown {
        let of = resources.entries.iter().map(|entry| entry.node).collect();
        let (range, new_text) = document.rewrite_list(resources.value, &role(of))?;
        vec![TextEdit { range, new_text }]
    } else {
        let parting = Parting {
            kept: document
                .items(actions.value)
                .filter(|node| !roles.iter().any(|role| role.node == *node))
                .map(|node| RewrittenItem { text: None, of: vec![node] })
                .collect(),
            moved: roles.iter().map(kept).collect(),
            resources: None,
            new_resources: role(Vec::new()),
            sid: "ServiceRole",
        };
        part(context, policy, statement, &parting)?
    };
    Some(Rewrite { name: "narrowToServiceRole", title, change: Ok(edits) })
}

fn is_on_role(entry: &Entry) -> bool {
    matches!(&entry.verdict, Verdict::Action(ActionVerdict::Known { service, action }) if service.prefix == "iam" && ACTIONS.contains(&action.name))
}

/// Whether a condition names the service that a role is for, and it is not Amazon Connect.
fn is_of_another_service(context: &Context<'_>, statement: &Statement) -> bool {
    let document = context.document;
    statement.conditions(document).comparisons.iter().any(|comparison| {
        let mut values = document.tree().subtree(comparison.values);
        document.value(comparison.key).eq_ignore_ascii_case("iam:AWSServiceName") && !values.any(|value| document.value(value) == SERVICE)
    })
}
