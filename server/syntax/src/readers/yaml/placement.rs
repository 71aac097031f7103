//! Where a line belongs.
//!
//! Valid text is placed by its column alone. The rest of this file is for lines that fit nowhere: keys and dashes indented too
//! far or not far enough, dashes left out, keys whose colon is not written yet.

use super::{Expect, Frame, FrameKind, PendingScalar, Reader};
use crate::tree::{NodeFlags, NodeKind, ScalarStyle};

/// How many frames around the fitting column are tried for a line that fits nowhere.
const REACH: usize = 4;

/// How a column fits what is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    None,
    /// Where a value is wanted.
    Deeper,
    /// Beside entries of its kind.
    Exact,
}

impl Reader<'_> {
    /// Gives the line at the current place to the map, sequence or value that it belongs to, and reads it.
    pub(super) fn place(&mut self) {
        let is_dash = self.is_indicator(self.at, b'-');
        self.guess_tabs(is_dash);
        loop {
            let column = self.column;
            let Some(index) = self.frames.iter().rposition(|frame| frame.indent <= column) else { return };
            let frame = &self.frames[index];
            let is_wanted = matches!(frame.expect, Expect::Value(_)) && (frame.indent < column || (is_dash && frame.takes_dash));
            if is_wanted {
                self.pop_to(index);
                return self.node();
            }
            let kind = if is_dash { FrameKind::Seq } else { FrameKind::Map };
            let alike = self.frames[..=index].iter().rev().take_while(|frame| frame.indent == column).position(|frame| frame.kind == kind);
            if let Some(below) = alike {
                self.pop_to(index - below);
                return if is_dash { self.item() } else { self.entry() };
            }
            let is_key = self.looks_like_key(if is_dash { self.blanks_end(self.at + 1) } else { self.at });
            if !self.adopt_pending(index, is_dash, is_key) {
                return self.place_misfit(index, is_dash, is_key);
            }
        }
    }

    /// A tab has no set width. The one that made an earlier line fit is taken, or one that makes this line fit what is open.
    fn guess_tabs(&mut self, is_dash: bool) {
        if !self.bytes[self.line_start..self.at].contains(&b'\t') {
            return;
        }
        let known = self.tab_width.filter(|&width| self.fits_tabs(width, is_dash) != Fit::None);
        let first = |fits: &dyn Fn(i32) -> bool| [2, 4, 8, 1].into_iter().find(|&width| fits(width));
        // Behind a key without a value, its value is likelier than one more entry further out.
        let as_value = || first(&|width| self.is_value_by_tabs(width, is_dash));
        let exact = || first(&|width| self.fits_tabs(width, is_dash) == Fit::Exact);
        let width = known.or_else(as_value).or_else(exact).or(self.tab_width).unwrap_or(8);
        self.tab_width = Some(width);
        self.column = self.indentation(self.line_start, width).1;
        self.tab_shift = self.column - (self.at - self.line_start) as i32;
    }

    /// Whether a line is the value of the innermost key if a tab has this width.
    fn is_value_by_tabs(&self, width: i32, is_dash: bool) -> bool {
        let column = self.indentation(self.line_start, width).1;
        self.frames.last().is_some_and(|frame| {
            matches!(frame.expect, Expect::Value(_)) && (frame.indent < column || (is_dash && frame.takes_dash && frame.indent == column))
        })
    }

    fn fits_tabs(&self, width: i32, is_dash: bool) -> Fit {
        let column = self.indentation(self.line_start, width).1;
        let after = self.frames.partition_point(|frame| frame.indent <= column);
        let kind = if is_dash { FrameKind::Seq } else { FrameKind::Map };
        let around = &self.frames[after.saturating_sub(2)..after];
        match around.last() {
            _ if around.iter().any(|frame| frame.indent == column && frame.kind == kind) => Fit::Exact,
            Some(Frame { expect: Expect::Value(_), .. }) => Fit::Deeper,
            _ => Fit::None,
        }
    }

    /// The line shows that the scalar before it was something else: a key whose colon is missing, a first item without its dash,
    /// or a word that a list is written below. Puts that right; the line is then placed anew.
    fn adopt_pending(&mut self, index: usize, is_dash: bool, is_key: bool) -> bool {
        let column = self.column;
        let frame = &self.frames[index];
        let Some(pending) = self.pending.take_if(|pending| pending.node == self.builder.last_id()) else { return false };
        let node = *self.builder.node(pending.node);
        let is_child = index + 1 == self.frames.len() && frame.expect == Expect::Done && node.parent == frame.node.0;
        let is_list_below = is_dash && !is_key && pending.is_inline && frame.kind == FrameKind::Map;
        if !is_child || (column <= frame.indent && !is_list_below) {
            return false;
        }
        match (is_dash, pending.is_inline) {
            (false, false) if is_key => self.pending_to_key(pending),
            (true, false) if column > pending.column => self.pending_to_key(pending),
            (true, false) if self.frames[index].kind != FrameKind::Seq => self.pending_to_item(pending),
            (true, true) if !is_key => {
                let end = node.range().end;
                self.builder.error(node.range(), "a list follows this value");
                self.builder.truncate(pending.node);
                self.expect(Expect::Value(end));
                self.open_block(FrameKind::Seq, self.at, column);
            }
            _ => return false,
        }
        true
    }

    fn pending_to_key(&mut self, pending: PendingScalar) {
        let node = *self.builder.node(pending.node);
        self.builder.error(node.range(), "a `:` is missing after this key");
        self.builder.truncate(pending.node);
        self.open_block(FrameKind::Map, node.range().start, pending.column);
        self.leaf(NodeKind::Key, node.style(), node.range(), node.inner(), node.flags());
        self.expect(Expect::Value(node.range().end));
    }

    fn pending_to_item(&mut self, pending: PendingScalar) {
        let node = *self.builder.node(pending.node);
        let has_dash = self.bytes[node.range().start] == b'-' && node.range().len() > 1;
        let start = node.range().start;
        let text = start + usize::from(has_dash);
        self.builder.error(start..text.max(start + 1), "a `- ` is missing before this item");
        self.builder.truncate(pending.node);
        self.open_block(FrameKind::Seq, start, self.column);
        if has_dash {
            self.leaf(NodeKind::Scalar, node.style(), text..node.range().end, text..node.inner().end, node.flags());
        } else {
            self.leaf(NodeKind::Scalar, node.style(), node.range(), node.inner(), node.flags());
        }
    }

    /// A line that fits nowhere. `index` is the innermost frame that does not are further right.
    fn place_misfit(&mut self, index: usize, is_dash: bool, is_key: bool) {
        if is_dash {
            if let Some(seq) = self.seq_for_misfit(index, is_key) {
                self.pop_to(seq);
                return self.item();
            }
            // A dash that nothing can take: what follows it may still be a key.
            self.builder.error(self.at..self.at + 1, "this `-` is in no list");
            self.at = self.blanks_end(self.at + 1);
            if self.is_at_line_end() {
                return;
            }
        }
        let holder = self.holder(index);
        let above = self
            .frames
            .get(index + 1..)
            .and_then(|above| above.iter().position(|frame| frame.kind != FrameKind::Tag))
            .map(|ahead| index + 1 + ahead);
        let kind_of = |index: usize| self.frames[index].kind;
        match above.map(kind_of) {
            Some(FrameKind::Map) => {
                self.pop_to(above.unwrap_or(index));
                return self.entry();
            }
            Some(FrameKind::Seq) if !is_key => {
                self.pop_to(above.unwrap_or(index));
                return self.item();
            }
            _ => {}
        }
        match kind_of(holder) {
            FrameKind::Map => {
                self.pop_to(holder);
                self.entry();
            }
            FrameKind::Seq => {
                self.pop_to(holder);
                self.item();
            }
            _ => {
                // Text after the document's end: the marker between the two is missing.
                self.close_document();
                self.open_document();
                self.node();
            }
        }
    }

    /// The frame below the tags on this one.
    fn holder(&self, index: usize) -> usize {
        self.frames[..=index].iter().rposition(|frame| frame.kind != FrameKind::Tag).unwrap_or(0)
    }

    /// The sequence that a dash in no sequence's column belongs to.
    fn seq_for_misfit(&self, index: usize, is_key: bool) -> Option<usize> {
        let is_seq = |frame: &Frame| frame.kind == FrameKind::Seq;
        let inner = self.frames[index + 1..].iter().take(REACH).position(is_seq).map(|ahead| index + 1 + ahead);
        let outer = self.frames[..=index].iter().rev().take(REACH).position(is_seq).map(|behind| index - behind);
        let is_in_seq = outer == Some(index);
        match (inner, outer) {
            // An entry with keys is an item of the outer list, a word of the inner one.
            (Some(inner), _) if !is_key || !is_in_seq => Some(inner),
            (_, Some(outer)) if is_in_seq || is_key => Some(outer),
            (inner, _) => inner,
        }
    }

    /// Reads an item of the innermost sequence.
    pub(super) fn item(&mut self) {
        self.fill_missing();
        let start = self.at;
        if self.bytes[start] == b'-' {
            if !self.is_space(start + 1) {
                self.builder.error(start..start + 1, "a space is missing after this `-`");
            }
            self.at += 1;
        } else {
            self.builder.error(start..start + 1, "a `- ` is missing before this item");
        }
        self.expect(Expect::Value(self.at));
        self.last_end = self.last_end.max(self.at);
        self.skip_blanks();
        self.node();
    }

    /// Reads an entry of the innermost map, from its key on.
    pub(super) fn entry(&mut self) {
        if self.is_indicator(self.at, b':') {
            if self.frames.last().is_some_and(|frame| frame.expect != Expect::Colon) {
                self.fill_missing();
                self.leaf(NodeKind::Key, ScalarStyle::YamlPlain, self.at..self.at, self.at..self.at, NodeFlags::default());
            }
            self.at += 1;
            self.expect(Expect::Value(self.at));
            self.skip_blanks();
            return self.node();
        }
        self.fill_missing();
        self.key();
    }
}
