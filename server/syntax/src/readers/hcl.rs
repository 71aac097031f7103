//! Reads HCL, also while it is being typed: Terraform's `.tf` and `.tfvars`.
//!
//! Recursive descent with a depth limit. A stack of [`Frame`]s, one for each open bracket, decides which of them a token belongs
//! to: a closing bracket, or `name =` at the start of a line after an unclosed list. The token's frame is stored in
//! [`Reader::unwind`], and every loop above that frame ends without consuming the token.
//!
//! If brackets do not match, the text is read again with the help of indentation: a closing bracket that is first on its line
//! belongs to the line with the same indentation, and a line further left than its siblings to an outer block. Valid text is
//! read only once.

mod body;
mod chars;
mod collection;
mod expression;
mod heredoc;
mod heredoc_index;
pub(crate) mod interpolation;
mod lexer;
mod opaque;
mod recovery;
mod template;

use std::ops::Range;

use heredoc_index::HeredocIndex;

use crate::tree::builder::Builder;
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle, Tree};

/// The largest depth of brackets. Deeper text is read as one opaque expression.
const MAX_DEPTH: usize = 128;

/// Reads a text into a tree. Linear in the text.
pub(crate) fn read(text: &str) -> Tree {
    let (tree, is_balanced) = Reader::new(text).run();
    if is_balanced { tree } else { Reader { use_indentation: true, ..Reader::new(text) }.run().0 }
}

/// The content of an open bracket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum FrameKind {
    /// The whole file, which no bracket closes.
    File,
    /// Attributes and blocks.
    Body,
    /// The pairs of an object literal.
    Pairs,
    /// The one pair of a `{for … }`.
    ForPair,
    /// The items of a tuple.
    Items,
    /// The arguments of a call, or an expression in parentheses.
    Group,
}

impl FrameKind {
    fn closer(self) -> u8 {
        match self {
            FrameKind::File => 0,
            FrameKind::Body | FrameKind::Pairs | FrameKind::ForPair => b'}',
            FrameKind::Items => b']',
            FrameKind::Group => b')',
        }
    }

    fn has_keys(self) -> bool {
        matches!(self, FrameKind::File | FrameKind::Body | FrameKind::Pairs)
    }

    fn is_body(self) -> bool {
        matches!(self, FrameKind::File | FrameKind::Body)
    }
}

/// An open bracket.
struct Frame {
    /// None for parentheses around an expression, which are not in the tree.
    node: Option<NodeId>,
    holds: FrameKind,
    /// Indentation of the line on which the bracket was opened.
    indent: u32,
    /// Indentation of the first child that is first on its line.
    child_indent: Option<u32>,
    /// An object whose opening bracket is missing, so that its line is not known.
    is_virtual: bool,
}

/// What comes next inside a bracket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Next {
    /// Something for this bracket.
    Item,
    /// Its closing bracket.
    Close,
    /// The file's end, or a token of a bracket around.
    End,
}

/// A state of the reader that it can return to.
#[derive(Clone, Copy)]
struct Checkpoint {
    at: usize,
    line_start: usize,
    first_at: usize,
    indent: u32,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line_start: usize,
    /// The first token of the current line.
    first_at: usize,
    /// Indentation of the current line.
    indent: u32,
    use_indentation: bool,
    is_balanced: bool,
    /// A colon ends the expression: it belongs to a `?`.
    colon_ends: bool,
    depth: usize,
    builder: Builder,
    frames: Vec<Frame>,
    open_tuples: usize,
    /// The frame that the next token belongs to, while the loops above it end.
    unwind: Option<usize>,
    /// How many more bytes may be searched for ends of interpolations without finding them, in the whole text. Keeps reading
    /// linear.
    scan_budget: usize,
    /// Whether a `*/` may follow.
    has_comment_end: bool,
    heredocs: Option<HeredocIndex<'t>>,
    /// Indentation of the line after the one that begins at this byte.
    next_indent: Option<(usize, u32)>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Reader {
            text,
            bytes: text.as_bytes(),
            at,
            line_start: at,
            first_at: at,
            indent: 0,
            use_indentation: false,
            is_balanced: true,
            colon_ends: false,
            depth: 0,
            builder: Builder::new(text.len()),
            frames: Vec::new(),
            open_tuples: 0,
            unwind: None,
            scan_budget: text.len().saturating_mul(4) + 4096,
            has_comment_end: true,
            heredocs: None,
            next_indent: None,
        }
    }

    fn run(mut self) -> (Tree, bool) {
        let len = self.text.len();
        let node = self.builder.open(NodeKind::Block, 0..len, NodeFlags::default());
        self.push_frame(Some(node), FrameKind::File);
        self.body_items();
        self.builder.close(len, len);
        (self.builder.finish(len), self.is_balanced)
    }

    // ---- frames

    fn push_frame(&mut self, node: Option<NodeId>, holds: FrameKind) {
        self.open_tuples += usize::from(holds == FrameKind::Items);
        self.frames.push(Frame { node, holds, indent: self.indent, child_indent: None, is_virtual: false });
    }

    /// Opens a bracket's node and frame. `len` is 0 for a missing bracket.
    fn open_bracket(&mut self, kind: NodeKind, holds: FrameKind, len: usize) -> NodeId {
        let range = self.at..self.at + len;
        let flags = if len == 0 { NodeFlags::FLOW.with(NodeFlags::OPEN) } else { NodeFlags::FLOW };
        let node = self.builder.open(kind, range.clone(), flags);
        self.builder.node_mut(node).set_inner(range.end..range.end);
        self.at += len;
        self.push_frame(Some(node), holds);
        if len == 0 && holds == FrameKind::Pairs {
            // The line with the bracket is missing; what is known is that it was further right than the line around.
            let (around, child) = (self.frames.iter().rev().nth(1).map_or(0, |frame| frame.indent), self.indent);
            if let Some(frame) = self.frames.last_mut() {
                frame.is_virtual = true;
                frame.indent = around;
                frame.child_indent = Some(child);
            }
        }
        node
    }

    /// Leaves the innermost bracket, and consumes its closing bracket if `next` is [`Next::Close`].
    fn close_bracket(&mut self, next: Next) {
        let Some(frame) = self.frames.pop() else { return };
        self.open_tuples -= usize::from(frame.holds == FrameKind::Items);
        let (inner_end, end) = if next == Next::Close { (self.at, self.at + 1) } else { (self.open_end(), self.open_end()) };
        if next == Next::Close {
            self.at = end;
        }
        if let Some(node) = frame.node {
            self.builder.close(inner_end, end);
            if next != Next::Close {
                self.builder.node_mut(node).add_flags(NodeFlags::OPEN);
            }
        }
    }

    /// Where something that is not closed ends when the current token is no longer part of it: with the line before, so
    /// that a cursor on an empty line is still inside and one on the token is not.
    fn open_end(&self) -> usize {
        if self.at >= self.bytes.len() || !self.is_first() || self.line_start == 0 {
            return self.at;
        }
        let line_break = self.line_start - 1;
        if line_break > 0 && self.bytes[line_break - 1] == b'\r' { line_break - 1 } else { line_break }
    }

    /// Goes to the next token, and returns whether it belongs to the innermost bracket.
    fn next(&mut self) -> Next {
        loop {
            self.skip_space(true);
            let here = self.frames.len().saturating_sub(1);
            let byte = self.bytes.get(self.at).copied();
            let is_closer = matches!(byte, Some(b'}' | b']' | b')'));
            if let Some(target) = self.unwind {
                if target < here {
                    return Next::End;
                }
                self.unwind = None;
                self.note_child(is_closer);
                return if is_closer { Next::Close } else { Next::Item };
            }
            let Some(byte) = byte else {
                if here > 0 {
                    self.is_balanced = false;
                    let end = self.text.trim_end().len();
                    let last = self.text[..end].chars().next_back().map_or(0, char::len_utf8);
                    self.builder.error(end - last..end, "a bracket is not closed before the file's end");
                }
                return Next::End;
            };
            let target = if is_closer { self.frame_to_close(byte) } else { Some(self.frame_of_item(byte)) };
            match target {
                None => {
                    self.unbalanced(self.at..self.at + 1, "this bracket closes nothing");
                    self.at += 1;
                }
                Some(target) if target < here => {
                    self.unbalanced(self.at..self.at + self.char_len(), "a bracket is not closed before this");
                    self.unwind = Some(target);
                    return Next::End;
                }
                Some(_) => {
                    self.note_child(is_closer);
                    return if is_closer { Next::Close } else { Next::Item };
                }
            }
        }
    }

    fn note_child(&mut self, is_closer: bool) {
        let (is_first, indent) = (self.is_first(), self.indent);
        if let Some(frame) = self.frames.last_mut().filter(|_| is_first && !is_closer) {
            frame.child_indent.get_or_insert(indent);
        }
    }

    fn unbalanced(&mut self, range: Range<usize>, message: &'static str) {
        self.is_balanced = false;
        self.builder.error(range, message);
    }

    // ---- leaves

    fn bare(&mut self, range: Range<usize>, style: ScalarStyle) {
        self.at = range.end;
        self.builder.leaf(NodeKind::Scalar, style, range.clone(), range, NodeFlags::default());
    }

    /// Takes the string at the current place as a scalar, or as a key with these flags besides.
    fn string(&mut self, key: Option<NodeFlags>) {
        let start = self.at;
        let string = self.string_end(start);
        let range = start..string.end;
        let inner_end = if string.is_closed { string.end - 1 } else { string.end };
        let inner = start + 1..inner_end.max(start + 1);
        let mut flags = key.unwrap_or_default();
        if !string.is_closed {
            flags = flags.with(NodeFlags::OPEN);
            self.builder.error(range.clone(), "the string is not closed");
        }
        self.at = string.end;
        if string.has_interpolation {
            self.cross_lines(start);
        }
        match key {
            Some(_) => {
                self.builder.leaf(NodeKind::Key, ScalarStyle::HclString, range, inner, flags);
            }
            None => {
                self.builder.leaf(NodeKind::Scalar, ScalarStyle::HclString, range, inner, flags);
            }
        }
    }

    /// Adds the place of a value that should follow the byte `from`: the white space there, within its line.
    fn missing(&mut self, from: usize) {
        let blanks = self.bytes[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        self.builder.missing(from..from + blanks);
    }

    /// A key without a name, for a value whose name is missing.
    fn nameless_key(&mut self) {
        self.builder.error(self.at..self.at + self.char_len(), "a name is missing before this");
        self.builder.leaf(NodeKind::Key, ScalarStyle::Bare, self.at..self.at, self.at..self.at, NodeFlags::default());
    }

    /// Skips one character that fits nowhere.
    fn skip_unexpected(&mut self) {
        let end = self.at + self.char_len();
        self.builder.error(self.at..end, "this fits nowhere");
        self.at = end;
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint { at: self.at, line_start: self.line_start, first_at: self.first_at, indent: self.indent }
    }

    fn restore(&mut self, checkpoint: Checkpoint) {
        Checkpoint { at: self.at, line_start: self.line_start, first_at: self.first_at, indent: self.indent } = checkpoint;
    }
}
