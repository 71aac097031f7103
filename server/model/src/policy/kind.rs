//! What a policy is attached to, by its surroundings or else by its statements.

use connect_policy_syntax::{Document, NodeId};

use crate::carriers::classify::{ResourceType, keys_above, resource_type};
use crate::carriers::keys;
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::vocabulary::Element;
use crate::policy::statement::Statement;

/// What a policy is attached to.
pub(crate) fn policy_kind(document: &Document, policy: NodeId, statements: &[Statement]) -> PolicyKind {
    for (key, text) in keys_above(document, policy) {
        if let Some(kind) = keys::kind_of_attribute(&text).or_else(|| PolicyKind::of_resource(&text)) {
            return kind;
        }
        if let Some(resource) = resource_type(document, key, &text).filter(ResourceType::is_aws) {
            return PolicyKind::of_resource(&resource.name).unwrap_or(PolicyKind::Unknown);
        }
    }
    let names_principal = statements
        .iter()
        .any(|statement| statement.element(Element::Principal).is_some() || statement.element(Element::NotPrincipal).is_some());
    if names_principal {
        let assumes = statements.iter().flat_map(|statement| &statement.lists).flat_map(|list| &list.entries);
        let assumes = assumes.into_iter().any(|entry| entry.text(document).to_ascii_lowercase().starts_with("sts:assumerole"));
        return if assumes { PolicyKind::Trust } else { PolicyKind::Resource };
    }
    // A whole file that is a policy, or a bare list of statements.
    let is_whole_document = document.tree().parent(policy) == Some(NodeId::STREAM);
    if is_whole_document { PolicyKind::Identity } else { PolicyKind::Unknown }
}
