//! AWS managed policies for Amazon Connect that a document attaches to somebody. Their statements are not in the document, but
//! what they allow is granted all the same.

use std::ops::Range;

use connect_policy_catalog::{Catalog, ManagedPolicy};
use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::carriers::carrier::Attribute;
use crate::carriers::classify::resource_type;
use crate::carriers::keys::attributes;
use crate::values::functions;

/// An AWS managed policy that is attached.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The string that names it.
    pub node: NodeId,
    /// Its text inside the quotes, in bytes.
    pub range: Range<usize>,
    /// The policy.
    pub policy: &'static ManagedPolicy,
}

/// How a key names the policies that it attaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Naming {
    /// By ARN.
    Arn,
    /// By name alone: the functions of SAM.
    Name,
}

/// Whether a key attaches managed policies, and how it names them.
pub(crate) fn naming(document: &Document, key: NodeId) -> Option<Naming> {
    attributes(&document.value(key)).find_map(|attribute| match attribute {
        Attribute::Arns => Some(Naming::Arn),
        Attribute::NamesIn(type_prefix) => {
            let properties = document.key_of(document.tree().parent(key)?)?;
            let resource = resource_type(document, properties, &document.value(properties))?;
            resource.name.starts_with(type_prefix).then_some(Naming::Name)
        }
        _ => None,
    })
}

/// What a key attaches. The ARN's partition is often put before the rest by a call; below a key of an inner map a name means
/// something else. Goes into no map that could hold such a key again, so all keys together cost time linear to the document.
pub(crate) fn attachments(document: &Document, catalog: &Catalog, key: NodeId, value: NodeId) -> Vec<Attachment> {
    let mut found = Vec::new();
    let mut open: Vec<NodeId> = naming(document, key).map(|_| value).into_iter().collect();
    while let Some(node) = open.pop() {
        match document.kind(node) {
            NodeKind::Scalar => {
                let policy = catalog.managed_policy(&document.value(node));
                found.extend(policy.map(|policy| Attachment { node, range: document.inner(node), policy }));
            }
            NodeKind::Seq | NodeKind::Choice | NodeKind::Call => open.extend(document.tree().children(node)),
            NodeKind::Map => {
                let calls = document.pairs(node).filter(|pair| functions::of_prefixed_key(&document.value(pair.key)).is_some());
                open.extend(calls.map(|pair| pair.value));
            }
            _ => {}
        }
    }
    found.sort_by_key(|attachment| attachment.node);
    found
}
