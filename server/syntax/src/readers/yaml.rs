//! Reads YAML, also while it is being typed.
//!
//! The reader goes line by line with a stack of open nodes, each with the column at which its lines begin. The column of a line
//! decides where it belongs. A line that fits nowhere goes to the nearest map or sequence that could contain it, so that a wrong
//! line affects only that line and not the rest of the file.
//!
//! There is no recursion, and no text is read many times: every look ahead ends at the next quote, or at the next line that is
//! too far left.

use std::ops::Range;

use crate::tree::builder::Builder;
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle, Tree};

mod block;
mod flow;
mod lines;
mod placement;
mod scalar;

/// Reads a text into a tree. Linear in the text, without recursion.
pub(crate) fn read(text: &str) -> Tree {
    Reader::new(text).run()
}

/// A kind of open node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum FrameKind {
    /// A document of the stream. It has no node of its own: its root is a child of the stream.
    Document,
    Map,
    Seq,
    FlowMap,
    FlowSeq,
    /// `[key: value]`: a map of one pair, without brackets of its own.
    FlowPair,
    /// A tag that waits for its value.
    Tag,
    /// What follows a `?`. It is read like any node and becomes a key when it is closed.
    ExplicitKey,
}

/// What valid text would bring next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expect {
    Key,
    Colon,
    /// A value or item; the byte after the colon, dash or bracket that asks for it.
    Value(usize),
    Done,
}

#[derive(Debug)]
struct Frame {
    kind: FrameKind,
    /// The node; for an explicit key, the first node that belongs to it.
    node: NodeId,
    /// The column of a map's keys or a sequence's dashes. What lies inside and begins a line is further right.
    indent: i32,
    /// Whether a sequence may be the value although its dashes are no further right.
    takes_dash: bool,
    expect: Expect,
}

/// The scalar that was read last, which may turn out to be something else once the next line is known.
#[derive(Clone, Copy, Debug)]
struct PendingScalar {
    node: NodeId,
    column: i32,
    /// It stands behind a key, on the key's line.
    is_inline: bool,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line_start: usize,
    /// The column of the line's first character, and what tabs add to it over the number of bytes.
    column: i32,
    tab_shift: i32,
    /// How many columns a tab fills, once a line has decided it.
    tab_width: Option<i32>,
    builder: Builder,
    /// What is open, the innermost last; indentation never falls from one to the next.
    frames: Vec<Frame>,
    /// How many flow collections of either kind are open.
    flow_maps: usize,
    flow_seqs: usize,
    flow_pairs: usize,
    /// Blank lines in front of the current line, as indentation and end. Of lines that are indented no deeper than a later one
    /// only the later is kept, so indentation falls.
    gap: Vec<(i32, usize)>,
    /// The end of what was read so far.
    last_end: usize,
    /// The token at hand is the first of its line, inside a flow collection.
    is_first_in_flow: bool,
    pending: Option<PendingScalar>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Reader {
            text,
            bytes: text.as_bytes(),
            at,
            line_start: at,
            column: 0,
            tab_shift: 0,
            tab_width: None,
            builder: Builder::new(text.len()),
            frames: Vec::new(),
            flow_maps: 0,
            flow_seqs: 0,
            flow_pairs: 0,
            gap: Vec::new(),
            last_end: at,
            is_first_in_flow: false,
            pending: None,
        }
    }

    fn run(mut self) -> Tree {
        while self.next_line() {
            let start = self.at;
            self.line();
            if self.at == start {
                self.at = self.line_end(start);
            }
            self.end_line();
        }
        self.close_document();
        self.builder.finish(self.text.len())
    }

    // ---- lines and documents

    /// Goes to the next line that holds more than a comment, and notes the blank lines on the way.
    fn next_line(&mut self) -> bool {
        self.gap.clear();
        loop {
            let (content, column) = self.indentation(self.at, 8);
            match self.bytes.get(content) {
                None => {
                    self.note_blank_line(column, content);
                    self.at = content;
                    return false;
                }
                Some(b'\n') => {
                    let has_return = content > self.at && self.bytes[content - 1] == b'\r';
                    self.note_blank_line(column, content - usize::from(has_return));
                    self.start_line(content + 1);
                }
                Some(b'#') => self.start_line(self.after_line(content)),
                Some(_) => {
                    self.at = content;
                    self.column = column;
                    self.tab_shift = column - (content - self.line_start) as i32;
                    return true;
                }
            }
        }
    }

    fn note_blank_line(&mut self, column: i32, end: usize) {
        while self.gap.last().is_some_and(|&(before, _)| before <= column) {
            self.gap.pop();
        }
        self.gap.push((column, end));
    }

    fn line(&mut self) {
        if self.at == self.line_start {
            if self.is_marker(self.at, b"---") {
                self.close_document();
                self.at += 3;
                self.open_document();
                self.skip_blanks();
                return self.node();
            }
            if self.is_marker(self.at, b"...") {
                self.close_document();
                self.at += 3;
                return;
            }
            if self.bytes[self.at] == b'%' && self.frames.is_empty() {
                self.at = self.line_end(self.at);
                return;
            }
        }
        if self.frames.is_empty() {
            self.open_document();
        }
        self.place();
    }

    /// Leaves the current line, unless a token that takes whole lines has left it already.
    fn end_line(&mut self) {
        if self.at == self.line_start {
            return;
        }
        self.skip_blanks();
        if !self.is_at_line_end() {
            let end = self.line_end(self.at);
            self.builder.error(self.at..end, "this follows a finished value");
        }
        self.start_line(self.after_line(self.at));
    }

    fn open_document(&mut self) {
        let expect = Expect::Value(self.at);
        self.frames.push(Frame { kind: FrameKind::Document, node: NodeId::STREAM, indent: -1, takes_dash: true, expect });
    }

    fn close_document(&mut self) {
        self.pop_to(0);
        self.fill_missing();
        self.frames.clear();
        self.pending = None;
    }

    // ---- frames

    /// The innermost frame. There is one whenever a line is read.
    fn top(&mut self) -> Option<&mut Frame> {
        self.frames.last_mut()
    }

    fn expect(&mut self, expect: Expect) {
        if let Some(frame) = self.frames.last_mut() {
            frame.expect = expect;
        }
    }

    fn push_frame(&mut self, kind: FrameKind, node: NodeId, column: i32, expect: Expect) {
        let above = self.frames.last();
        let indent = above.map_or(column, |above| column.max(above.indent));
        let takes_dash = match kind {
            FrameKind::Seq => false,
            FrameKind::Tag => above.is_some_and(|above| above.takes_dash),
            _ => true,
        };
        self.frames.push(Frame { kind, node, indent, takes_dash, expect });
    }

    /// Opens a block map or sequence in the place of the wanted value.
    fn open_block(&mut self, kind: FrameKind, start: usize, column: i32) {
        self.expect(Expect::Done);
        let node_kind = if kind == FrameKind::Map { NodeKind::Map } else { NodeKind::Seq };
        let node = self.builder.open(node_kind, start..start, NodeFlags::default());
        self.push_frame(kind, node, column, Expect::Done);
    }

    /// Closes all frames but those up to this one.
    fn pop_to(&mut self, index: usize) {
        while self.frames.len() > index + 1 {
            self.close_frame();
        }
    }

    /// Closes the innermost frame that indentation ends.
    fn close_frame(&mut self) {
        self.fill_missing();
        let Some(frame) = self.frames.pop() else { return };
        match frame.kind {
            FrameKind::Document => {}
            FrameKind::ExplicitKey => self.close_explicit_key(frame.node),
            FrameKind::Tag => {
                let name_end = self.builder.node(frame.node).inner().end;
                self.builder.close(name_end, self.last_end);
            }
            _ => {
                // Blank lines that are indented as deep belong to the collection: a cursor there asks for its next entry.
                let blank = self.gap.partition_point(|&(column, _)| column >= frame.indent);
                let end = if blank > 0 { self.gap[blank - 1].1.max(self.last_end) } else { self.last_end };
                self.last_end = end;
                self.builder.close(end, end);
            }
        }
        self.close_tags();
    }

    /// Closes the tags whose value is complete.
    fn close_tags(&mut self) {
        while let Some(Frame { kind: FrameKind::Tag, expect: Expect::Done, node, .. }) = self.frames.last() {
            let name_end = self.builder.node(*node).inner().end;
            self.builder.close(name_end, self.last_end);
            self.frames.pop();
        }
    }

    /// Puts a missing value where the innermost frame still wants one.
    fn fill_missing(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        let from = match frame.expect {
            Expect::Value(from) => from,
            Expect::Colon => self.last_end,
            Expect::Key | Expect::Done => return,
        };
        frame.expect = Expect::Done;
        if matches!(frame.kind, FrameKind::FlowSeq | FrameKind::ExplicitKey) {
            return;
        }
        let indent = frame.indent;
        let range = if self.is_in_flow() { from..self.blanks_end(from) } else { from..self.place_end(from, indent) };
        self.last_end = self.last_end.max(range.end);
        self.builder.missing(range);
    }

    /// How far the place of a value reaches that would begin at `from`: over white space to the line's end, and on over blank
    /// lines that are indented deep enough for it.
    fn place_end(&self, from: usize, indent: i32) -> usize {
        let mut end = self.blanks_end(from);
        let mut next = end;
        while self.is_line_end(next) && next < self.bytes.len() {
            let start = self.after_line(next);
            let (content, column) = self.indentation(start, 8);
            if !matches!(self.bytes.get(content), None | Some(b'\n')) {
                break;
            }
            next = content;
            if column > indent.max(0) {
                end = if content > start && self.bytes[content - 1] == b'\r' { content - 1 } else { content };
            }
        }
        end
    }

    fn close_explicit_key(&mut self, first: NodeId) {
        let is_empty = first == self.builder.next_id();
        let (style, range, inner, flags) = if is_empty {
            (ScalarStyle::YamlPlain, self.last_end..self.last_end, self.last_end..self.last_end, NodeFlags::default())
        } else {
            let node = *self.builder.node(first);
            if node.kind() == NodeKind::Scalar {
                (node.style(), node.range(), node.inner(), node.flags())
            } else {
                let range = node.range().start..self.last_end;
                (ScalarStyle::YamlPlain, range.clone(), range, NodeFlags::default())
            }
        };
        if !is_empty {
            self.builder.truncate(first);
        }
        self.builder.leaf(NodeKind::Key, style, range, inner, flags);
        self.expect(Expect::Colon);
    }

    /// Adds a leaf that takes part in the ends of what is around it.
    fn leaf(&mut self, kind: NodeKind, style: ScalarStyle, range: Range<usize>, inner: Range<usize>, flags: NodeFlags) -> NodeId {
        self.last_end = self.last_end.max(range.end);
        self.builder.leaf(kind, style, range, inner, flags)
    }

    fn is_in_flow(&self) -> bool {
        self.flow_maps + self.flow_seqs + self.flow_pairs > 0
    }
}
