//! What the documents of a module give names to: Terraform's locals and variables, YAML's anchors.

use std::collections::HashMap;

use connect_policy_syntax::{Document, Flags, Kind, NodeId};

/// A node of one of a module's documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct At {
    /// The document's place in the module.
    pub(crate) document: usize,
    /// The node.
    pub(crate) node: NodeId,
}

/// The names of a module, and of each of its documents.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    locals: HashMap<String, Vec<At>>,
    /// Defaults of variables and what `.tfvars` files set.
    variables: HashMap<String, Vec<At>>,
    /// By document and name, in document order.
    anchors: HashMap<(usize, String), Vec<(usize, NodeId)>>,
}

impl Definitions {
    /// Gathers the names of documents. Linear in them.
    pub(crate) fn of<'d>(documents: impl IntoIterator<Item = &'d Document>) -> Definitions {
        let mut definitions = Definitions::default();
        for (index, document) in documents.into_iter().enumerate() {
            for root in document.roots() {
                definitions.add_root(document, index, root);
            }
            for (at, name, node) in document.anchors() {
                definitions.anchors.entry((index, name.to_owned())).or_default().push((at, node));
            }
        }
        definitions
    }

    fn add_root(&mut self, document: &Document, index: usize, root: NodeId) {
        // Only Terraform's files have a block at the top.
        if document.kind(root) != Kind::Block {
            return;
        }
        for pair in document.pairs(root) {
            let name = document.value(pair.key);
            match (document.kind(pair.value), &*name) {
                (Kind::Block, "locals") => {
                    for local in document.pairs(pair.value) {
                        let at = At { document: index, node: local.value };
                        self.locals.entry(document.value(local.key).into_owned()).or_default().push(at);
                    }
                }
                (Kind::Map, "variable") => {
                    let label = document.pairs(pair.value).next();
                    let default = label.and_then(|label| Some((label.key, document.get(label.value, "default")?)));
                    if let Some((name, node)) = default.filter(|(name, _)| document.tree().node(*name).flags().has(Flags::LABEL)) {
                        self.variables.entry(document.value(name).into_owned()).or_default().push(At { document: index, node });
                    }
                }
                // What has no block is an assignment of a `.tfvars` file.
                (Kind::Seq | Kind::Scalar | Kind::Map | Kind::Call, _) => {
                    self.variables.entry(name.into_owned()).or_default().push(At { document: index, node: pair.value });
                }
                _ => {}
            }
        }
    }

    /// The values of a local of Terraform's; more than one only by mistake.
    pub(crate) fn local(&self, name: &str) -> &[At] {
        self.locals.get(name).map_or(&[], Vec::as_slice)
    }

    /// The values that a variable of Terraform's is known to have: its default, and what `.tfvars` files set.
    pub(crate) fn variable(&self, name: &str) -> &[At] {
        self.variables.get(name).map_or(&[], Vec::as_slice)
    }

    /// The node that a YAML alias stands for: the last one before it that has its name.
    pub(crate) fn anchored(&self, document: &Document, alias: At) -> Option<NodeId> {
        let named = self.anchors.get(&(alias.document, document.value(alias.node).into_owned()))?;
        let before = named.partition_point(|(at, _)| *at < document.range(alias.node).start);
        named.get(before.checked_sub(1)?).map(|(_, node)| *node)
    }
}
