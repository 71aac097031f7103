//! Permissions to call a function, which are resource policies in another form: `aws_lambda_permission`,
//! `AWS::Lambda::Permission`.

use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::carriers::carrier::{InvokePermission, ResourceShape};
use crate::carriers::classify::{is_in_labelled_resource, resource_type};
use crate::carriers::iam::CONNECT_PRINCIPAL;
use crate::carriers::table::CARRIERS;
use crate::carriers::{keys, markers};

/// The principals of permissions that let Amazon Connect call a function for any account.
pub(crate) fn open_invoke_principals(document: &Document) -> Vec<NodeId> {
    if !document.text().contains(CONNECT_PRINCIPAL) || !markers::may_contain_policy(document.text()) {
        return Vec::new();
    }
    document.scalars().filter(|&node| document.value(node) == CONNECT_PRINCIPAL && is_without_source(document, node)).collect()
}

/// Whether a principal belongs to a permission that does not name a source.
fn is_without_source(document: &Document, principal: NodeId) -> bool {
    let Some(key) = document.key_of(principal) else { return false };
    let Some(map) = document.tree().parent(key).filter(|&map| matches!(document.kind(map), NodeKind::Map | NodeKind::Block)) else {
        return false;
    };
    let name = document.value(key);
    let is_permission = CARRIERS.iter().any(|carrier| {
        let Some(InvokePermission { resource_type: wanted, principal, .. }) = carrier.invoke_permission else { return false };
        name == principal
            && match carrier.resource {
                ResourceShape::Labelled => is_in_labelled_resource(document, map, |name| name == wanted),
                ResourceShape::Typed { .. } => {
                    let resource = document.key_of(map).and_then(|key| resource_type(document, key, &document.value(key)));
                    resource.is_some_and(|resource| resource.name == wanted)
                }
                ResourceShape::None => false,
            }
    });
    is_permission && !document.pairs(map).any(|pair| keys::is_invoke_source(&document.value(pair.key)))
}
