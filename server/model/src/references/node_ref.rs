//! A node of one of a module's documents.

use connect_policy_syntax::NodeId;

/// A node of one of a module's documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct NodeRef {
    /// The document, by its place in the module.
    pub(crate) document: usize,
    /// The node.
    pub(crate) node: NodeId,
}
