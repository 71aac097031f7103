//! The entries of lists of resources that rules check.

use connect_policy_model::{ActionVerdict, Entry, Role, Statement, Verdict};

use crate::diagnostics::rule_context::RuleContext;

/// An entry of a list of resources, with its place.
#[derive(Clone, Copy)]
pub(in crate::diagnostics) struct ResourceEntry<'a> {
    pub(in crate::diagnostics) entry: &'a Entry,
    pub(in crate::diagnostics) statement: &'a Statement,
    pub(in crate::diagnostics) role: Role,
}

/// All entries of lists of resources in policies about Connect.
///
/// Statements that let SAML users sign in are left out: AWS's own sample for GetFederationToken names `user/${aws:userid}`,
/// which no resource type has.
pub(in crate::diagnostics) fn resource_entries<'a>(ctx: &RuleContext<'a>) -> impl Iterator<Item = ResourceEntry<'a>> + use<'a> {
    let statements = ctx.policies().flat_map(|(_, policy)| &policy.statements);
    let statements = statements.filter(|statement| !allows_sign_in(statement));
    let lists = statements.flat_map(|statement| statement.lists.iter().map(move |list| (statement, list)));
    let lists = lists.filter(|(_, list)| matches!(list.role, Role::Resource | Role::NotResource));
    lists.flat_map(|(statement, list)| list.entries.iter().map(move |entry| ResourceEntry { entry, statement, role: list.role }))
}

/// Whether a statement names GetFederationToken.
pub(in crate::diagnostics) fn allows_sign_in(statement: &Statement) -> bool {
    statement.lists(Role::Action).flat_map(|list| &list.entries).any(is_sign_in)
}

/// Whether an entry is GetFederationToken.
pub(in crate::diagnostics) fn is_sign_in(entry: &Entry) -> bool {
    matches!(&entry.verdict, Verdict::Action(ActionVerdict::Known { service, action })
        if (service.prefix, action.name) == ("connect", "GetFederationToken"))
}
