//! AWS's own policies for Amazon Connect where a document attaches them to somebody. What they say is not written in the
//! document, but it is granted all the same.

use std::ops::Range;

use connect_policy_catalog::{Catalog, ManagedPolicy};
use connect_policy_syntax::{Document, Kind, NodeId};

use crate::carrier;

/// A policy of AWS's that is attached.
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
    match &*document.value(key) {
        "ManagedPolicyArns"
        | "ManagedPolicies"
        | "PolicyArn"
        | "policy_arn"
        | "policy_arns"
        | "managed_policy_arn"
        | "managed_policy_arns" => Some(Naming::Arn),
        // A role's inline policies stand under this key too; they are maps.
        "Policies" => {
            let properties = document.key_of(document.tree().parent(key)?)?;
            let kind = carrier::resource_type(document, properties, &document.value(properties))?;
            kind.starts_with("AWS::Serverless::").then_some(Naming::Name)
        }
        _ => None,
    }
}

/// What a key attaches. A name counts wherever it stands in the value: the ARN's partition is often put before it by a
/// call. Below a key of an inner map it means something else.
pub(crate) fn attachments(document: &Document, catalog: &Catalog, key: NodeId, value: NodeId) -> Vec<Attachment> {
    if naming(document, key).is_none() {
        return Vec::new();
    }
    let is_own = |node: NodeId| {
        let mut around = std::iter::once(node).chain(document.tree().ancestors(node)).take_while(|&above| above != value);
        around.all(|above| document.key_of(above).is_none_or(|inner| document.value(inner).starts_with("Fn::")))
    };
    let strings = document.tree().subtree(value).filter(|&node| document.kind(node) == Kind::Scalar);
    let named = strings.filter_map(|node| Some((node, catalog.managed_policy(&document.value(node))?)));
    named.filter(|&(node, _)| is_own(node)).map(|(node, policy)| Attachment { node, range: document.inner(node), policy }).collect()
}
