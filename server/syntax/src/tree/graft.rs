//! Grafting: trees become children of another tree's nodes.
//!
//! Children follow their parent directly in the flat list, so new children in the middle move every later node, and change the
//! parents and subtree ends that refer to them. The list is copied once, with a stack of the nodes that are not complete.

use std::ops::Range;

use super::{Node, NodeFlags, NodeId, SyntaxError, Tree};

/// A node whose subtree is not complete yet.
struct OpenNode {
    /// Where its subtree ends in the old list.
    old_end: u32,
    /// Its index in the new list.
    index: u32,
}

/// The new list of nodes.
struct Grafting {
    nodes: Vec<Node>,
    /// The nodes around the next one, the innermost last.
    open: Vec<OpenNode>,
    /// Errors of grafted trees, each list with the byte after the scalar that holds the tree.
    errors: Vec<(usize, Vec<SyntaxError>)>,
}

impl Tree {
    /// This tree with other trees below its nodes: the documents of each become children of its node, which must have no
    /// children of its own. The trees come in the order of their nodes, and their offsets are bytes of this tree's text. Their
    /// errors are marked as embedded. `more` is an estimate of their number of nodes. `None` if there are no trees.
    pub(crate) fn graft(&self, trees: impl IntoIterator<Item = (NodeId, Tree)>, more: usize) -> Option<Tree> {
        let mut trees = trees.into_iter();
        let (first, tree) = trees.next()?;
        let mut grafting = Grafting::start(self, first, more);
        grafting.add_tree(tree);
        let mut next = first.0 + 1;
        for (holder, tree) in trees {
            grafting.add_nodes(self, next..holder.0 + 1);
            grafting.add_tree(tree);
            next = holder.0 + 1;
        }
        grafting.add_nodes(self, next..self.nodes.len() as u32);
        grafting.close_before(u32::MAX);
        let errors = merge_errors(self.errors.clone(), grafting.errors);
        Some(Tree { nodes: grafting.nodes, errors, anchors: self.anchors.clone() })
    }

    /// Replaces every offset of nodes and errors by what `map` returns for it, which must not descend, and adds flags to every node.
    pub(crate) fn map_offsets(&mut self, flags: NodeFlags, map: impl Fn(u32) -> u32) {
        for node in &mut self.nodes {
            node.start = map(node.start);
            node.end = map(node.end);
            node.inner_start = map(node.inner_start);
            node.inner_end = map(node.inner_end);
            node.flags = node.flags.with(flags);
        }
        for SyntaxError { range, .. } in &mut self.errors {
            *range = map(range.start as u32) as usize..map(range.end as u32) as usize;
        }
    }
}

impl Grafting {
    /// The list up to the node `first`, which is the first to get children; `more` is an estimate of the number of nodes to add.
    fn start(tree: &Tree, first: NodeId, more: usize) -> Grafting {
        let mut nodes = Vec::with_capacity(tree.nodes.len() + more);
        nodes.extend_from_slice(&tree.nodes[..=first.index()]);
        // Subtrees that ended before it are complete; all others are around it.
        let around = std::iter::once(first).chain(tree.ancestors(first));
        let mut open: Vec<OpenNode> = around.map(|id| OpenNode { old_end: tree.node(id).subtree_end, index: id.0 }).collect();
        open.reverse();
        Grafting { nodes, open, errors: Vec::new() }
    }

    /// Adds nodes of the old list.
    fn add_nodes(&mut self, tree: &Tree, indices: Range<u32>) {
        for index in indices {
            self.close_before(index);
            let node = tree.node(NodeId(index));
            let parent = self.open.last().map_or(0, |open| open.index);
            let new_index = self.nodes.len() as u32;
            self.nodes.push(Node { parent, subtree_end: new_index + 1, ..*node });
            self.open.push(OpenNode { old_end: node.subtree_end, index: new_index });
        }
    }

    /// Adds the documents of a tree below the node that was added last.
    fn add_tree(&mut self, tree: Tree) {
        let Some(holder) = self.nodes.len().checked_sub(1) else { return };
        let base = holder as u32;
        debug_assert_eq!(self.nodes[holder].subtree_end, base + 1, "a node that holds a document has no children of its own");
        // The tree's stream, node 0, is not added: its place is the holder's.
        let documents = tree.nodes.iter().skip(1);
        self.nodes.extend(documents.map(|node| Node { parent: base + node.parent, subtree_end: base + node.subtree_end, ..*node }));
        if !tree.errors.is_empty() {
            self.errors.push((self.nodes[holder].range().end, tree.errors));
        }
    }

    /// Completes the subtrees that end at or before this index of the old list.
    fn close_before(&mut self, index: u32) {
        while let Some(open) = self.open.pop_if(|open| open.old_end <= index) {
            self.nodes[open.index as usize].subtree_end = self.nodes.len() as u32;
        }
    }
}

/// The errors of a file and those of its embedded trees, in reading order.
fn merge_errors(own: Vec<SyntaxError>, embedded: Vec<(usize, Vec<SyntaxError>)>) -> Vec<SyntaxError> {
    if embedded.is_empty() {
        return own;
    }
    let mut merged = Vec::with_capacity(own.len());
    let mut embedded = embedded.into_iter().peekable();
    let mark = |error: SyntaxError| SyntaxError { is_embedded: true, ..error };
    for error in own {
        while let Some((_, errors)) = embedded.next_if(|(end, _)| *end <= error.range.start) {
            merged.extend(errors.into_iter().map(mark));
        }
        merged.push(error);
    }
    merged.extend(embedded.flat_map(|(_, errors)| errors).map(mark));
    merged.truncate(Tree::MAX_ERRORS);
    merged
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::format::Format;
    use crate::tree::{NodeId, NodeKind};

    /// Parents and subtree ends agree, whatever was put where.
    #[test]
    fn parents_and_subtree_ends_move_with_the_nodes() {
        let text = r#"[{"a": "{\"b\": [\"c\"]}", "d": ["e", "[\"f\", \"{\\\"g\\\": 1}\"]"]}, "h", "[\"i\"]"]"#;
        let document = Document::read(text, Format::Json);
        let tree = document.tree();
        for id in tree.subtree(NodeId::STREAM).skip(1) {
            let parent = tree.parent(id).expect("only the stream has none");
            assert!(tree.contains(parent, id));
            assert!(tree.children(parent).any(|child| child == id), "{id:?}");
            assert!(tree.subtree_end(id) <= tree.subtree_end(parent));
        }
        assert_eq!(tree.subtree_end(NodeId::STREAM), tree.nodes().len());
        let texts: Vec<_> = document.scalars().filter(|&node| document.embedded(node).is_none()).map(|node| document.value(node)).collect();
        assert_eq!(texts, ["c", "e", "f", "1", "h", "i"]);
        let holders = document.scalars().filter(|&node| document.embedded(node).is_some()).count();
        assert_eq!(holders, 4);
        assert!(tree.nodes().iter().filter(|node| node.kind() == NodeKind::Stream).count() == 1);
    }

    #[test]
    fn errors_of_embedded_documents_are_marked_and_stand_in_reading_order() {
        let text = "a: '{\"b\": ]}'\nc: \"x\n";
        let document = Document::read(text, Format::Yaml);
        let errors: Vec<_> = document.tree().errors().iter().map(|error| (&text[error.range.clone()], error.is_embedded)).collect();
        assert_eq!(errors, [("]", true), ("\"x", false)]);
    }
}
