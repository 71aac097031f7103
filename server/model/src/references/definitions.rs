//! What the documents of a module give names to: Terraform's locals and variables, YAML's anchors.

use std::collections::HashMap;

use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind};

use crate::carriers::terraform;
use crate::references::node_ref::NodeRef;

/// The names of one document.
#[derive(Debug, Default)]
pub(crate) struct DocumentDefinitions {
    /// Names and values, in document order.
    locals: Vec<(Box<str>, NodeId)>,
    /// Defaults of variables and what `.tfvars` files set, in document order.
    variables: Vec<(Box<str>, NodeId)>,
    /// Where the name is in the text, in bytes, and the node, by name and in document order.
    anchors: HashMap<Box<str>, Vec<(usize, NodeId)>>,
}

impl DocumentDefinitions {
    /// Reads the names of a document. Linear in it.
    pub(crate) fn of(document: &Document) -> DocumentDefinitions {
        let mut definitions = DocumentDefinitions::default();
        for root in document.roots() {
            definitions.add_root(document, root);
        }
        for (at, name, node) in document.anchors() {
            match definitions.anchors.get_mut(name) {
                Some(named) => named.push((at, node)),
                None => drop(definitions.anchors.insert(Box::from(name), vec![(at, node)])),
            }
        }
        definitions
    }

    fn add_root(&mut self, document: &Document, root: NodeId) {
        // Only Terraform's files have a block at the top.
        if document.kind(root) != NodeKind::Block {
            return;
        }
        let keys = terraform::REFERENCES;
        let text = |key: NodeId| Box::from(&*document.value(key));
        for pair in document.pairs(root) {
            let name = document.value(pair.key);
            match document.kind(pair.value) {
                NodeKind::Block if name == keys.locals => {
                    self.locals.extend(document.pairs(pair.value).map(|local| (text(local.key), local.value)));
                }
                NodeKind::Map if name == keys.variable => {
                    let label = document.pairs(pair.value).next();
                    let default = label.and_then(|label| Some((label.key, document.get(label.value, keys.default)?)));
                    let labelled = default.filter(|(name, _)| document.tree().node(*name).flags().has(NodeFlags::LABEL));
                    self.variables.extend(labelled.map(|(name, node)| (text(name), node)));
                }
                // What has no block is an assignment of a `.tfvars` file.
                NodeKind::Seq | NodeKind::Scalar | NodeKind::Map | NodeKind::Call => self.variables.push((Box::from(&*name), pair.value)),
                _ => {}
            }
        }
    }

    /// The node that a YAML alias stands for: the last one before it that has its name.
    pub(crate) fn anchored(&self, document: &Document, alias: NodeId) -> Option<NodeId> {
        let named = self.anchors.get(&*document.value(alias))?;
        let before = named.partition_point(|(at, _)| *at < document.range(alias).start);
        named.get(before.checked_sub(1)?).map(|(_, node)| *node)
    }
}

/// The names that all documents of a module share.
#[derive(Debug, Default)]
pub(crate) struct Definitions<'m> {
    locals: HashMap<&'m str, Vec<NodeRef>>,
    variables: HashMap<&'m str, Vec<NodeRef>>,
}

impl<'m> Definitions<'m> {
    /// Puts the names of documents together. Linear in the number of names.
    pub(crate) fn of(documents: impl IntoIterator<Item = &'m DocumentDefinitions>) -> Definitions<'m> {
        let mut definitions = Definitions::default();
        for (document, of_document) in documents.into_iter().enumerate() {
            for (name, node) in &of_document.locals {
                definitions.locals.entry(name).or_default().push(NodeRef { document, node: *node });
            }
            for (name, node) in &of_document.variables {
                definitions.variables.entry(name).or_default().push(NodeRef { document, node: *node });
            }
        }
        definitions
    }

    /// The values of a local of Terraform's; more than one only by mistake.
    pub(crate) fn local(&self, name: &str) -> &[NodeRef] {
        self.locals.get(name).map_or(&[], Vec::as_slice)
    }

    /// The values that a variable of Terraform's is known to have: its default, and what `.tfvars` files set.
    pub(crate) fn variable(&self, name: &str) -> &[NodeRef] {
        self.variables.get(name).map_or(&[], Vec::as_slice)
    }
}
