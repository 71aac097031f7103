//! The stack of open brackets, and recovery from missing and additional brackets.

use std::ops::Range;

use super::{Expect, Frame, Reader};
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle};

impl Reader<'_> {
    /// Opens a bracket's node and frame. `range` is the bracket, empty if it is missing.
    pub(super) fn push_frame(&mut self, kind: NodeKind, range: Range<usize>) {
        let is_virtual = range.is_empty();
        let is_map = kind == NodeKind::Map;
        let inner_start = range.end;
        let node = self.builder.open(kind, range, NodeFlags::FLOW);
        self.builder.node_mut(node).set_inner(inner_start..inner_start);
        *(if is_map { &mut self.open_maps } else { &mut self.open_seqs }) += 1;
        let expect = if is_map { Expect::Key } else { Expect::Value(inner_start) };
        self.frames.push(Frame { node, is_map, indent: self.indent, child_indent: None, is_virtual, expect });
    }

    /// Closes the innermost bracket. `range` is the closing bracket, empty if it is missing.
    pub(super) fn close_frame(&mut self, range: Range<usize>) {
        let inner_end = range.start;
        if let Some(Frame { is_map: true, expect, .. }) = self.frames.last() {
            match *expect {
                Expect::Colon => self.missing_value(inner_end, inner_end),
                Expect::Value(from) => self.missing_value(from, inner_end),
                Expect::Key | Expect::Comma => {}
            }
        }
        let Some(frame) = self.frames.pop() else { return };
        *(if frame.is_map { &mut self.open_maps } else { &mut self.open_seqs }) -= 1;
        self.builder.close(inner_end, range.end);
        if range.is_empty() {
            self.builder.node_mut(frame.node).add_flags(NodeFlags::OPEN);
        }
        match self.frames.last_mut() {
            Some(above) => above.expect = Expect::Comma,
            None => self.closed_root = Some((frame.node, frame.is_map)),
        }
    }

    /// Text after the document's end: a bracket too many closed it early, so it goes on.
    pub(super) fn resume_root(&mut self, range: &Range<usize>) {
        if !self.frames.is_empty() {
            return;
        }
        if let Some((node, is_map)) = self.closed_root.take_if(|(node, _)| *node != NodeId::STREAM) {
            // One document on each line, as programs log them, is not an error of the first.
            if matches!(self.bytes[range.start], b'{' | b'[') {
                self.errors_of_first.get_or_insert(self.builder.error_count());
            }
            self.unbalanced(range.clone(), "text after the end of the document");
            self.builder.reopen(node);
            *(if is_map { &mut self.open_maps } else { &mut self.open_seqs }) += 1;
            self.frames.push(Frame { node, is_map, indent: 0, child_indent: None, is_virtual: true, expect: Expect::Comma });
        }
    }

    pub(super) fn set_expect(&mut self, expect: Expect) {
        if let Some(frame) = self.frames.last_mut() {
            frame.expect = expect;
        }
    }

    pub(super) fn unbalanced(&mut self, range: Range<usize>, message: &'static str) {
        self.is_balanced = false;
        self.builder.error(range, message);
    }

    pub(super) fn parent_is_seq(&self) -> bool {
        self.frames.len() >= 2 && !self.frames[self.frames.len() - 2].is_map
    }

    pub(super) fn nearest_map(&self) -> Option<usize> {
        (self.open_maps > 0).then(|| self.frames.iter().rposition(|frame| frame.is_map)).flatten()
    }

    /// The map that a key inside unclosed lists belongs to.
    pub(super) fn map_for_key(&self) -> usize {
        let nearest = self.nearest_map().unwrap_or(0);
        if self.use_indentation && self.is_first_on_line {
            let fits = |frame: &Frame| frame.is_map && frame.child_indent == Some(self.indent);
            return self.frames.iter().rposition(fits).unwrap_or(nearest);
        }
        nearest
    }

    /// A key inside a list, deeper than the line that opened the list: the item's own `{` is missing.
    pub(super) fn starts_map_without_bracket(&self) -> bool {
        let Some(frame) = self.frames.last() else { return false };
        self.use_indentation && self.is_first_on_line && matches!(frame.expect, Expect::Value(_)) && self.indent > frame.indent
    }

    /// In a text whose brackets do not match, a key that is further left than its siblings belongs to a map around.
    pub(super) fn leave_maps_by_indent(&mut self, at: usize) {
        if !self.use_indentation || !self.is_first_on_line {
            return;
        }
        let Some(expected) = self.frames.last().and_then(|frame| frame.child_indent) else { return };
        if self.indent >= expected {
            return;
        }
        let fits = |frame: &Frame| frame.is_map && frame.child_indent == Some(self.indent);
        if let Some(index) = self.frames.iter().rposition(fits) {
            while self.frames.len() > index + 1 {
                self.close_frame(at..at);
            }
        }
    }

    pub(super) fn note_child(&mut self) {
        let indent = self.indent;
        if self.is_first_on_line
            && let Some(frame) = self.frames.last_mut()
        {
            frame.child_indent.get_or_insert(indent);
        }
    }

    /// `"Action": "a", "b" ]`: strings without colons up to a `]` that nothing opened.
    pub(super) fn is_list_without_bracket(&mut self, range: &Range<usize>) -> bool {
        const REACH: usize = 4096;
        let last = self.builder.node(self.builder.last_id());
        // Only a string that is itself the value before: not the last item of a list that is closed.
        if last.style() != ScalarStyle::JsonString || last.kind() != NodeKind::Scalar || last.parent != self.builder.current().0 {
            return false;
        }
        let mut at = range.end;
        let end = (range.end + REACH).min(self.bytes.len());
        while at < end {
            match self.bytes[at] {
                b'"' => at = self.string_end(at).0,
                b']' => return true,
                b'[' | b'{' | b'}' | b':' => return false,
                _ => at += 1,
            }
        }
        false
    }

    /// Turns the value that was added last into the first item of a list without opening bracket.
    pub(super) fn wrap_last_value(&mut self) {
        let node = self.builder.wrap_in_seq(self.builder.last_id());
        self.open_seqs += 1;
        let expect = Expect::Comma;
        self.frames.push(Frame { node, is_map: false, indent: self.indent, child_indent: None, is_virtual: true, expect });
    }

    pub(super) fn has_more(&self, from: usize) -> bool {
        self.bytes[from..].iter().any(|byte| !byte.is_ascii_whitespace())
    }

    pub(super) fn is_one_line(&self) -> bool {
        self.line_start == 0 || (self.line_start == '\u{feff}'.len_utf8() && self.text.starts_with('\u{feff}'))
    }
}
