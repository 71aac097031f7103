//! The tree that every reader fills: a flat list of nodes in document order.
//!
//! A node is 28 bytes. Children follow their parent directly (pre-order), so a subtree is a contiguous run of nodes and
//! walking it needs no pointers. All ranges are byte ranges of the file, also for text embedded in a string.
//!
//! True of every tree:
//! - node 0 is the [`NodeKind::Stream`]; its children are the documents (JSON and HCL have exactly one);
//! - the children of a [`NodeKind::Map`] or [`NodeKind::Block`] alternate: a [`NodeKind::Key`], then its value, which is
//!   [`NodeKind::Missing`] if it is not written;
//! - a [`NodeKind::Scalar`] with a child is a string with an embedded document, such as policy JSON in a heredoc.

use std::ops::Range;

pub(crate) mod builder;
mod graft;

/// A node's place in its tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// The stream, root of every tree.
    pub const STREAM: NodeId = NodeId(0);

    /// The node's index in document order.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NodeKind {
    /// The whole file; its children are the documents.
    Stream,
    /// Keys with values: a JSON object, a YAML mapping, an HCL object literal, an HCL label.
    Map,
    /// An HCL body in braces, or an HCL file.
    Block,
    /// Items: a JSON array, a YAML sequence, an HCL tuple.
    Seq,
    /// A string, number, word or opaque expression.
    Scalar,
    /// A key of a map or block; the next node is its value.
    Key,
    /// A value that is not written yet: a key without value, a bare dash. Its range is the place of the value, which may be
    /// empty and has only white space.
    Missing,
    /// An HCL function call, or a YAML node with a tag (`!Sub`); `inner` is the name's range, the children are the arguments.
    Call,
    /// A YAML alias (`*name`); `inner` is the name.
    Alias,
    /// Alternatives, one of which applies: both branches of an HCL `?:`. Its children are the branches.
    Choice,
}

/// How a scalar or key is written, which decides how it is decoded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ScalarStyle {
    /// Not a scalar.
    None,
    /// A bare word or number in JSON or HCL.
    Bare,
    /// An HCL expression that is not a literal: `local.actions`, `var.x[0]`, `a == b`. Its value is unknown.
    Expression,
    /// `"…"` in JSON.
    JsonString,
    /// `"…"` in HCL, a template.
    HclString,
    /// `<<EOF`, `<<-EOF` in HCL; `inner` is the body, from the line after the marker up to the line of the end marker.
    Heredoc,
    /// A plain scalar in YAML.
    YamlPlain,
    /// `'…'` in YAML.
    YamlSingle,
    /// `"…"` in YAML.
    YamlDouble,
    /// `|` in YAML; `inner` is the body, from the line after the header.
    YamlLiteral,
    /// `>` in YAML; `inner` as for a literal.
    YamlFolded,
}

impl ScalarStyle {
    /// Whether the token has quotes around its text.
    pub fn is_quoted(self) -> bool {
        match self {
            ScalarStyle::JsonString | ScalarStyle::HclString | ScalarStyle::YamlSingle | ScalarStyle::YamlDouble => true,
            ScalarStyle::None | ScalarStyle::Bare | ScalarStyle::Expression | ScalarStyle::Heredoc => false,
            ScalarStyle::YamlPlain | ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => false,
        }
    }

    /// Whether the text consists of whole lines.
    pub fn is_block(self) -> bool {
        match self {
            ScalarStyle::Heredoc | ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => true,
            ScalarStyle::None | ScalarStyle::Bare | ScalarStyle::Expression | ScalarStyle::JsonString | ScalarStyle::HclString => false,
            ScalarStyle::YamlPlain | ScalarStyle::YamlSingle | ScalarStyle::YamlDouble => false,
        }
    }
}

/// Yes-or-no properties of a node.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct NodeFlags(u8);

impl NodeFlags {
    /// The closing quote or bracket is missing.
    pub const OPEN: NodeFlags = NodeFlags(1);
    /// The source text is the text: it has no escapes, folded lines or templates, so nothing needs decoding.
    pub(crate) const LITERAL: NodeFlags = NodeFlags(2);
    /// A key that is an HCL block's label.
    pub const LABEL: NodeFlags = NodeFlags(4);
    /// A `for` expression: its one item or pair represents many.
    pub const FOR: NodeFlags = NodeFlags(8);
    /// A collection in brackets, flow style in YAML: commas separate the items.
    pub const FLOW: NodeFlags = NodeFlags(16);
    /// The node is in a document embedded in a quoted string, so its source text has that string's escapes too.
    pub const ESCAPED: NodeFlags = NodeFlags(32);

    /// The properties of both.
    #[must_use]
    pub fn with(self, other: NodeFlags) -> NodeFlags {
        NodeFlags(self.0 | other.0)
    }

    /// Whether this has all properties of `other`.
    pub fn has(self, other: NodeFlags) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One node. Ranges are in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) inner_start: u32,
    pub(crate) inner_end: u32,
    pub(crate) parent: u32,
    pub(crate) subtree_end: u32,
    pub(crate) kind: NodeKind,
    pub(crate) style: ScalarStyle,
    pub(crate) flags: NodeFlags,
}

impl Node {
    /// What the node is.
    pub fn kind(&self) -> NodeKind {
        self.kind
    }

    /// How its text is written.
    pub fn style(&self) -> ScalarStyle {
        self.style
    }

    /// Its other properties.
    pub fn flags(&self) -> NodeFlags {
        self.flags
    }

    /// The whole token, quotes and brackets included, in bytes of the file.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The inside: without quotes or brackets; a call's name; a block scalar's body. In bytes of the file.
    pub fn inner(&self) -> Range<usize> {
        self.inner_start as usize..self.inner_end as usize
    }
}

/// Text that a reader could not parse.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// The wrong text, in bytes of the file; never empty unless the file is.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: &'static str,
    /// Whether it is in a document embedded in a string. Such a string may be other text that looks like a document.
    pub is_embedded: bool,
}

/// A file as nodes in document order.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) errors: Vec<SyntaxError>,
    /// The names of YAML's anchors, in bytes and document order.
    pub(crate) anchors: Vec<Range<u32>>,
}

impl Tree {
    /// The largest number of syntax errors that is kept for a file.
    pub const MAX_ERRORS: usize = 32;

    /// All nodes in document order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// What could not be parsed, in reading order; at most [`Tree::MAX_ERRORS`].
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// Makes every error at least one character long, from a character's first byte to a character's end. Readers record only the
    /// first byte of some places, and escapes of an embedded document can leave nothing of a range.
    pub(crate) fn widen_errors(&mut self, text: &str) {
        for SyntaxError { range, .. } in &mut self.errors {
            range.start = range.start.min(text.len().saturating_sub(1));
            while !text.is_char_boundary(range.start) {
                range.start -= 1;
            }
            range.end = range.end.max(range.start + 1).min(text.len());
            while !text.is_char_boundary(range.end) {
                range.end += 1;
            }
        }
    }

    /// The node itself.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The node around this one; `None` for the stream.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        (id != NodeId::STREAM).then(|| NodeId(self.node(id).parent))
    }

    /// The nodes directly below this one, in order.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        Children { tree: self, next: id.0 + 1, end: self.node(id).subtree_end }
    }

    /// This node and all below it, in document order.
    pub fn subtree(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0..self.node(id).subtree_end).map(NodeId)
    }

    /// The index after the last node of a subtree.
    pub fn subtree_end(&self, id: NodeId) -> usize {
        self.node(id).subtree_end as usize
    }

    /// The nodes around this one, the nearest first, without itself.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&above| self.parent(above))
    }

    /// Whether `inside` is `around` or below it.
    pub fn contains(&self, around: NodeId, inside: NodeId) -> bool {
        around.0 <= inside.0 && inside.0 < self.node(around).subtree_end
    }
}

/// The nodes directly below one node.
#[derive(Clone, Debug)]
pub struct Children<'t> {
    tree: &'t Tree,
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        (self.next < self.end).then(|| {
            let id = NodeId(self.next);
            self.next = self.tree.node(id).subtree_end;
            id
        })
    }
}
