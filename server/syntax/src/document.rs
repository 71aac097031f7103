//! A text with its tree, and the look-ups that all other code uses.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::decode::offset_map::Decoded;
use crate::decode::{self, interpolation};
use crate::embed;
use crate::format::Format;
use crate::readers::{hcl, json, yaml};
use crate::tree::builder::Builder;
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle, SyntaxError, Tree};

/// A text and what was read from it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Document {
    text: Arc<str>,
    /// The text with a line feed in the place of every carriage return that ends a line alone, byte for byte: what readers and
    /// decoders see. Nearly always the text itself.
    lines: Arc<str>,
    tree: Arc<Tree>,
    format: Format,
}

/// A key and its value. The value is [`NodeKind::Missing`] if it is not written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair {
    /// The key's node.
    pub key: NodeId,
    /// The value's node.
    pub value: NodeId,
}

impl Document {
    /// The longest text that is read, in bytes. Offsets are 32 bits wide, and no policy is nearly as long.
    pub const MAX_LEN: usize = 1 << 30;

    /// Reads a text. Never fails; a text over [`Document::MAX_LEN`] bytes gives a tree without nodes.
    pub fn read(text: impl Into<Arc<str>>, format: Format) -> Document {
        let text = text.into();
        let lines = with_line_feeds(&text);
        let mut tree = if text.len() > Self::MAX_LEN {
            Builder::new(0).finish(0)
        } else {
            let tree = match format {
                Format::Json => json::read(&lines),
                Format::Yaml => yaml::read(&lines),
                Format::Hcl => hcl::read(&lines),
            };
            embed::graft_documents(tree, &lines)
        };
        tree.widen_errors(&lines);
        decode::mark_literals(&mut tree, &lines);
        Document { text, lines, tree: Arc::new(tree), format }
    }

    /// A text in another format, with a tree without nodes.
    pub fn unparsed(text: impl Into<Arc<str>>) -> Document {
        let text = text.into();
        Document { lines: Arc::clone(&text), text, tree: Arc::new(Builder::new(0).finish(0)), format: Format::Yaml }
    }

    /// What of a JSON file a service does not accept, although editors do: trailing commas, words without quotes. Comments are
    /// accepted. Nothing for a file in another format, and for one that a template engine completes.
    pub fn strict_json_errors(&self) -> Vec<SyntaxError> {
        let is_template = ["{{", "{%", "<%", "%{"].iter().any(|mark| self.text.contains(mark));
        if self.format != Format::Json || is_template || self.text.len() > Self::MAX_LEN {
            return Vec::new();
        }
        let mut tree = json::read_strict_with_comments(&interpolation::mask_interpolations(&self.lines, ScalarStyle::HclString));
        tree.widen_errors(&self.text);
        // One wrong token may be wrong in several ways.
        tree.errors.dedup_by_key(|error| error.range.start);
        tree.errors
    }

    /// The text as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text's shared allocation.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The tree over the text.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// How the file was read.
    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// The format that a node is written in: the file's, or that of the document around it if the node lies in a document that
    /// a string holds. The file's own format is that of [`NodeId::STREAM`].
    pub fn format_at(&self, node: NodeId) -> Format {
        let is_embedded = self.tree.ancestors(node).any(|above| self.kind(above) == NodeKind::Scalar);
        if is_embedded { Format::Json } else { self.format }
    }

    /// What a node is.
    pub fn kind(&self, id: NodeId) -> NodeKind {
        self.tree.node(id).kind()
    }

    /// The whole token's range in bytes.
    pub fn range(&self, id: NodeId) -> Range<usize> {
        self.tree.node(id).range()
    }

    /// The range of the inside, in bytes: without quotes or brackets.
    pub fn inner(&self, id: NodeId) -> Range<usize> {
        self.tree.node(id).inner()
    }

    /// The whole token's text.
    pub fn raw(&self, id: NodeId) -> &str {
        self.text.get(self.range(id)).unwrap_or("")
    }

    /// A scalar's or key's text with its escapes resolved; a call's or alias's name; empty for other nodes.
    pub fn value(&self, id: NodeId) -> Cow<'_, str> {
        // Most texts have no escapes, and most callers do not need the map back to the source, which costs memory.
        let node = self.tree.node(id);
        if node.flags().has(NodeFlags::LITERAL) {
            return Cow::Borrowed(self.text.get(node.inner()).unwrap_or(""));
        }
        self.decoded(id).into_text()
    }

    /// A scalar's or key's text with its escapes resolved, and the way back to the source.
    pub fn decoded(&self, id: NodeId) -> Decoded<'_> {
        decode::node(&self.tree, &self.lines, id)
    }

    /// Whether a part of the text is only known at run time: `${…}`, `%{…}`, `&{…}`, or an expression.
    pub fn has_interpolation(&self, id: NodeId) -> bool {
        let node = self.tree.node(id);
        node.style() == ScalarStyle::Expression
            || interpolation::first_interpolation(self.text.get(node.inner()).unwrap_or(""), node.style()).is_some()
    }

    /// The documents of the file; JSON and HCL have at most one.
    pub fn roots(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.tree.children(NodeId::STREAM)
    }

    /// All scalars without keys, those of embedded documents included, in document order.
    pub fn scalars(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.tree.subtree(NodeId::STREAM).filter(|&id| self.kind(id) == NodeKind::Scalar)
    }

    /// The pairs of a map or block, in order; nothing for other nodes.
    pub fn pairs(&self, id: NodeId) -> impl Iterator<Item = Pair> + '_ {
        let is_map = matches!(self.kind(id), NodeKind::Map | NodeKind::Block);
        let mut children = self.tree.children(id);
        std::iter::from_fn(move || {
            let key = children.next().filter(|_| is_map)?;
            let value = children.next()?;
            Some(Pair { key, value })
        })
    }

    /// The values under a key of this name, in order; more than one if the key is repeated.
    pub fn values<'d>(&'d self, id: NodeId, name: &'d str) -> impl Iterator<Item = NodeId> + 'd {
        self.pairs(id).filter(move |pair| self.value(pair.key) == name).map(|pair| pair.value)
    }

    /// The first value under a key of this name.
    pub fn get(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.pairs(id).find(|pair| self.value(pair.key) == name).map(|pair| pair.value)
    }

    /// The first value at a path of keys.
    pub fn get_path(&self, id: NodeId, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(id, |id, name| self.get(id, name))
    }

    /// The items of a sequence, in order; nothing for other nodes.
    pub fn items(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let is_seq = self.kind(id) == NodeKind::Seq;
        self.tree.children(id).filter(move |_| is_seq)
    }

    /// The key of which this node is the value.
    pub fn key_of(&self, id: NodeId) -> Option<NodeId> {
        let above = self.tree.parent(id)?;
        if !matches!(self.kind(above), NodeKind::Map | NodeKind::Block) || self.kind(id) == NodeKind::Key {
            return None;
        }
        Some(NodeId(id.0 - 1))
    }

    /// The value of a key; `None` for other nodes.
    pub fn value_of_key(&self, key: NodeId) -> Option<NodeId> {
        // A key has no children, so its value comes right after it.
        (self.kind(key) == NodeKind::Key).then(|| NodeId(key.0 + 1)).filter(|&value| self.key_of(value) == Some(key))
    }

    /// The document in a scalar's text: policy JSON in a heredoc, for example.
    pub fn embedded(&self, id: NodeId) -> Option<NodeId> {
        (self.kind(id) == NodeKind::Scalar).then(|| self.tree.children(id).next()).flatten()
    }
}

/// A text with a line feed in the place of every carriage return without one behind it, which ends a line in YAML and in editors.
/// Offsets stay as they are.
fn with_line_feeds(text: &Arc<str>) -> Arc<str> {
    let bytes = text.as_bytes();
    let is_alone = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let mut alone = memchr::memchr_iter(b'\r', bytes).filter(is_alone).peekable();
    if alone.peek().is_none() {
        return Arc::clone(text);
    }
    let mut lines = bytes.to_vec();
    alone.for_each(|at| lines[at] = b'\n');
    String::from_utf8(lines).map_or_else(|_| Arc::clone(text), Arc::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_has_the_format_of_the_document_around_it() {
        let text = "a: b\nc: '{\"d\": \"e\"}'\n";
        let document = Document::read(text, Format::Yaml);
        let format_of = |value: &str| document.scalars().find(|&node| document.value(node) == value).map(|node| document.format_at(node));
        assert_eq!(document.format_at(NodeId::STREAM), Format::Yaml);
        assert_eq!(format_of("b"), Some(Format::Yaml));
        assert_eq!(format_of("{\"d\": \"e\"}"), Some(Format::Yaml), "the string itself is YAML");
        assert_eq!(format_of("e"), Some(Format::Json));
    }
}
