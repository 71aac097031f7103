//! Whether a policy is about Amazon Connect.

use connect_policy_catalog::{Catalog, Pattern};
use connect_policy_syntax::{Document, NodeKind};

use crate::carriers::iam::CONNECT_PRINCIPAL;
use crate::carriers::vocabulary::Element;
use crate::policy::entry_list::Role;
use crate::policy::statement::Statement;

/// Which policies rules look at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Scope {
    /// Those about Amazon Connect.
    #[default]
    Connect,
    /// All.
    All,
}

/// Whether any of the statements names an action, a pattern, an ARN or the principal of the Connect family.
/// A bare `*` names nothing.
pub(crate) fn is_about_connect(document: &Document, catalog: &Catalog, statements: &[Statement]) -> bool {
    statements.iter().any(|statement| {
        statement.lists.iter().any(|list| match list.role {
            Role::Action | Role::NotAction => list.effective_entries(document).any(|entry| names_family(catalog, &entry.text)),
            Role::Resource | Role::NotResource => list.effective_entries(document).any(|entry| is_connect_arn(catalog, &entry.text)),
            Role::Permission => true,
        }) || names_principal(document, statement)
    })
}

/// Whether an action or pattern is one of the Connect family.
pub(crate) fn names_family(catalog: &Catalog, text: &str) -> bool {
    let Some((prefix, _)) = text.split_once(':') else { return false };
    if !Pattern::is_wild(prefix) {
        return catalog.is_family(prefix.trim());
    }
    prefix != "*" && Pattern::new(text).is_some_and(|pattern| catalog.family().iter().any(|family| pattern.matches_service(family)))
}

/// Whether an ARN's service is of the Connect family.
fn is_connect_arn(catalog: &Catalog, text: &str) -> bool {
    let mut parts = text.split(':');
    parts.next() == Some("arn") && parts.nth(1).is_some_and(|service| catalog.is_family(service))
}

fn names_principal(document: &Document, statement: &Statement) -> bool {
    let Some(principal) = statement.element(Element::Principal) else { return false };
    document
        .tree()
        .subtree(principal)
        .any(|node| document.kind(node) == NodeKind::Scalar && document.value(node).starts_with(CONNECT_PRINCIPAL))
}
