//! How a reader fills a tree.

use std::ops::Range;

use super::{Node, NodeFlags, NodeId, NodeKind, ScalarStyle, SyntaxError, Tree};

/// Fills a tree from front to back. Readers open and close nodes; the builder sets parents and subtree ends.
#[derive(Debug)]
pub(crate) struct Builder {
    tree: Tree,
    open: Vec<u32>,
}

impl Builder {
    /// A tree with its stream open, over a file of `len` bytes.
    pub(crate) fn new(len: usize) -> Builder {
        let mut builder = Builder { tree: Tree::default(), open: Vec::new() };
        builder.open(NodeKind::Stream, 0..len, NodeFlags::default());
        builder
    }

    /// The node that is open now.
    pub(crate) fn current(&self) -> NodeId {
        NodeId(*self.open.last().unwrap_or(&0))
    }

    /// The next node's id.
    pub(crate) fn next_id(&self) -> NodeId {
        NodeId(self.tree.nodes.len() as u32)
    }

    /// A node with what was added to it so far.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        self.tree.node(id)
    }

    /// A node whose range or flags change; its place in the tree cannot.
    pub(crate) fn node_mut(&mut self, id: NodeId) -> NodeMut<'_> {
        NodeMut(&mut self.tree.nodes[id.index()])
    }

    /// Opens a node that will have children. `range` is corrected by [`Builder::close`].
    pub(crate) fn open(&mut self, kind: NodeKind, range: Range<usize>, flags: NodeFlags) -> NodeId {
        let id = self.push(kind, ScalarStyle::None, range.clone(), range, flags);
        self.open.push(id.0);
        id
    }

    /// Closes the node that is open now. `end` is the byte after it, `inner_end` the byte after its inside.
    /// The stream stays open until [`Builder::finish`].
    pub(crate) fn close(&mut self, inner_end: usize, end: usize) {
        if self.open.len() > 1
            && let Some(index) = self.open.pop()
        {
            let after = self.tree.nodes.len() as u32;
            let node = &mut self.tree.nodes[index as usize];
            node.end = (end as u32).max(node.start);
            node.inner_end = (inner_end as u32).max(node.inner_start);
            node.subtree_end = after;
        }
    }

    /// Adds a node without children: a scalar, key, missing value or alias.
    pub(crate) fn leaf(
        &mut self,
        kind: NodeKind,
        style: ScalarStyle,
        range: Range<usize>,
        inner: Range<usize>,
        flags: NodeFlags,
    ) -> NodeId {
        self.push(kind, style, range, inner, flags)
    }

    /// Opens a closed node again, so that more children may follow; only while no node was added after it.
    pub(crate) fn reopen(&mut self, id: NodeId) {
        debug_assert_eq!(self.tree.node(id).subtree_end as usize, self.tree.nodes.len());
        self.open.push(id.0);
    }

    /// Puts the closed node `id`, which was added last, with all below it into a new open sequence.
    pub(crate) fn wrap_in_seq(&mut self, id: NodeId) -> NodeId {
        let nodes = self.tree.nodes.split_off(id.index());
        let start = nodes.first().map_or(0, |node| node.start) as usize;
        let seq = self.open(NodeKind::Seq, start..start, NodeFlags::FLOW.with(NodeFlags::OPEN));
        for mut node in nodes {
            node.parent = if node.parent < id.0 { seq.0 } else { node.parent + 1 };
            node.subtree_end += 1;
            self.tree.nodes.push(node);
        }
        seq
    }

    /// The node that was added last.
    pub(crate) fn last_id(&self) -> NodeId {
        NodeId(self.tree.nodes.len().saturating_sub(1) as u32)
    }

    /// Removes this node and all that were added after it; none of them may be open.
    pub(crate) fn truncate(&mut self, id: NodeId) {
        debug_assert!(self.open.last().is_none_or(|&open| open < id.0));
        self.tree.nodes.truncate(id.index());
    }

    /// Adds the place of a value that is not written.
    pub(crate) fn missing(&mut self, range: Range<usize>) -> NodeId {
        self.push(NodeKind::Missing, ScalarStyle::None, range.clone(), range, NodeFlags::default())
    }

    /// Records the anchor of the next node. `name` is in bytes.
    pub(crate) fn anchor(&mut self, name: Range<usize>) {
        self.tree.anchors.push(name.start as u32..name.end as u32);
    }

    /// Records text that could not be parsed.
    pub(crate) fn error(&mut self, range: Range<usize>, message: &'static str) {
        if self.tree.errors.len() < Tree::MAX_ERRORS {
            self.tree.errors.push(SyntaxError { range, message, is_embedded: false });
        }
    }

    /// How many errors were recorded.
    pub(crate) fn error_count(&self) -> usize {
        self.tree.errors.len()
    }

    /// Closes all open nodes and returns the tree.
    pub(crate) fn finish(mut self, len: usize) -> Tree {
        while self.open.len() > 1 {
            self.close(len, len);
        }
        let after = self.tree.nodes.len() as u32;
        self.tree.nodes[0].subtree_end = after;
        self.tree
    }

    fn push(&mut self, kind: NodeKind, style: ScalarStyle, range: Range<usize>, inner: Range<usize>, flags: NodeFlags) -> NodeId {
        let id = self.tree.nodes.len() as u32;
        self.tree.nodes.push(Node {
            start: range.start as u32,
            end: range.end as u32,
            inner_start: inner.start as u32,
            inner_end: inner.end as u32,
            parent: self.open.last().copied().unwrap_or(0),
            subtree_end: id + 1,
            kind,
            style,
            flags,
        });
        NodeId(id)
    }
}

/// A node under construction.
#[derive(Debug)]
pub(crate) struct NodeMut<'t>(&'t mut Node);

impl NodeMut<'_> {
    /// Corrects the inside's range, in bytes.
    pub(crate) fn set_inner(&mut self, range: Range<usize>) -> &mut Self {
        self.0.inner_start = range.start as u32;
        self.0.inner_end = range.end as u32;
        self
    }

    /// Adds facts.
    pub(crate) fn add_flags(&mut self, flags: NodeFlags) -> &mut Self {
        self.0.flags = self.0.flags.with(flags);
        self
    }
}
