//! Permissions to call a function, which are resource policies in other words: `aws_lambda_permission`,
//! `AWS::Lambda::Permission`.

use connect_policy_syntax::{Document, Kind, NodeId};

use crate::{Meaning, carrier, markers};

const PRINCIPAL: &str = "connect.amazonaws.com";

impl Meaning {
    /// The principals of permissions that let Amazon Connect call a function for any account.
    pub fn invoke_permissions(&self, document: &Document) -> Vec<NodeId> {
        if !document.text().contains(PRINCIPAL) || !markers::may_hold_policy(document.text()) {
            return Vec::new();
        }
        document.scalars().filter(|&node| document.value(node) == PRINCIPAL && is_open(document, node)).collect()
    }
}

/// Whether a principal stands in a permission that names no source.
fn is_open(document: &Document, principal: NodeId) -> bool {
    let Some(key) = document.key_of(principal) else { return false };
    let Some(map) = document.tree().parent(key).filter(|&map| matches!(document.kind(map), Kind::Map | Kind::Block)) else { return false };
    let name = document.value(key);
    let is_resource = match &*name {
        "principal" => carrier::keys_above(document, map).take(3).any(|(_, key)| key == "aws_lambda_permission"),
        "Principal" => {
            let kind = document.key_of(map).and_then(|key| carrier::resource_type(document, key, &document.value(key)));
            kind.is_some_and(|kind| kind == "AWS::Lambda::Permission")
        }
        _ => false,
    };
    let names_source =
        |key: &str| matches!(key, "source_account" | "source_arn" | "SourceAccount" | "SourceArn" | "PrincipalOrgID" | "principal_org_id");
    is_resource && !document.pairs(map).any(|pair| names_source(&document.value(pair.key)))
}
