//! The node at a cursor and the path to it, also in incomplete text.

use crate::document::Document;
use crate::tree::{NodeFlags, NodeId, NodeKind};

/// One step on the path from the file to a cursor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CursorStep {
    /// Into the value of this key (a [`NodeKind::Key`] node).
    Key(NodeId),
    /// Into a sequence: the sequence, and the index of the item there, or of a new item at the cursor.
    Item(NodeId, usize),
    /// Into an argument of a call, or a new one at the cursor: the call and the argument's index.
    Argument(NodeId, usize),
    /// To a new key of this map or block.
    NewKey(NodeId),
    /// Into the document in this scalar's text.
    Embedded(NodeId),
}

/// The path to a cursor.
#[derive(Clone, Debug)]
pub struct CursorPath {
    /// From the outside to the inside, without steps into branches and documents of a stream.
    pub path: Vec<CursorStep>,
    /// The innermost node around the cursor.
    pub node: NodeId,
    /// The scalar, key, alias or missing value that the cursor touches.
    pub token: Option<NodeId>,
}

impl Document {
    /// The path to a byte offset. An offset at the end of a token touches the token unless a closing quote is before the offset.
    pub fn locate(&self, offset: usize) -> CursorPath {
        let offset = offset.min(self.text().len());
        let mut located = CursorPath { path: Vec::new(), node: NodeId::STREAM, token: None };
        self.descend(offset, &mut located);
        located
    }

    fn descend(&self, offset: usize, located: &mut CursorPath) {
        let mut node = NodeId::STREAM;
        loop {
            located.node = node;
            let next = match self.kind(node) {
                NodeKind::Map | NodeKind::Block => self.step_into_map(node, offset, located),
                NodeKind::Seq => self.step_into_seq(node, offset, located),
                NodeKind::Call => self.step_into_call(node, offset, located),
                NodeKind::Stream | NodeKind::Choice => self.tree().children(node).filter(|&child| self.touches(child, offset)).last(),
                NodeKind::Scalar => {
                    located.token = Some(node);
                    let nested = self.embedded(node).filter(|&nested| self.touches(nested, offset));
                    if nested.is_some() {
                        located.path.push(CursorStep::Embedded(node));
                        located.token = None;
                    }
                    nested
                }
                NodeKind::Key | NodeKind::Missing | NodeKind::Alias => {
                    located.token = Some(node);
                    None
                }
            };
            match next {
                Some(next) => node = next,
                None => return,
            }
        }
    }

    fn step_into_map(&self, map: NodeId, offset: usize, located: &mut CursorPath) -> Option<NodeId> {
        for pair in self.pairs(map) {
            if self.range(pair.key).start > offset {
                break;
            }
            if self.touches(pair.key, offset)
                && !(self.range(pair.key).end == offset && self.touches(pair.value, offset) && self.kind(pair.value) != NodeKind::Missing)
            {
                located.path.push(CursorStep::Key(pair.key));
                return Some(pair.key);
            }
            if self.touches(pair.value, offset) {
                located.path.push(CursorStep::Key(pair.key));
                return Some(pair.value);
            }
        }
        located.path.push(CursorStep::NewKey(map));
        None
    }

    fn step_into_seq(&self, seq: NodeId, offset: usize, located: &mut CursorPath) -> Option<NodeId> {
        let mut index = 0;
        for item in self.items(seq) {
            let range = self.range(item);
            if self.touches(item, offset) {
                located.path.push(CursorStep::Item(seq, index));
                return Some(item);
            }
            if range.start >= offset {
                break;
            }
            index += 1;
        }
        located.path.push(CursorStep::Item(seq, index));
        None
    }

    fn step_into_call(&self, call: NodeId, offset: usize, located: &mut CursorPath) -> Option<NodeId> {
        let mut index = 0;
        for argument in self.tree().children(call) {
            if self.touches(argument, offset) {
                located.path.push(CursorStep::Argument(call, index));
                return Some(argument);
            }
            if self.range(argument).start >= offset {
                break;
            }
            index += 1;
        }
        located.path.push(CursorStep::Argument(call, index));
        None
    }

    /// Whether a cursor at this byte is in or at the edge of the node.
    fn touches(&self, id: NodeId, offset: usize) -> bool {
        let node = self.tree().node(id);
        let range = node.range();
        if offset < range.start || offset > range.end {
            return false;
        }
        match node.kind() {
            // Before an opening quote and after a closing one, the cursor is outside.
            NodeKind::Scalar | NodeKind::Key if node.style().is_quoted() => {
                offset > range.start && (offset < range.end || node.flags().has(NodeFlags::OPEN))
            }
            // Likewise for brackets; block style in YAML has none.
            NodeKind::Map | NodeKind::Seq | NodeKind::Block if node.flags().has(NodeFlags::FLOW) => {
                offset > range.start && (offset < range.end || node.flags().has(NodeFlags::OPEN))
            }
            _ => true,
        }
    }
}
