//! Attributes and blocks.

use std::ops::Range;

use super::chars::{LineLookahead, MAX_LABELS, is_sign, is_word_byte, is_word_start, name_end};
use super::{FrameKind, MAX_DEPTH, Next, Reader};
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle};

impl Reader<'_> {
    /// Reads what stands in a body, up to its closing brace.
    pub(super) fn body_items(&mut self) -> Next {
        loop {
            match self.next() {
                Next::Item => self.body_item(),
                end => return end,
            }
        }
    }

    fn body_item(&mut self) {
        let Some(byte) = self.peek() else { return };
        match byte {
            b'"' if self.is_string_key() => {
                self.string(Some(NodeFlags::default()));
                self.pair_value();
            }
            b'{' => {
                self.nameless_key();
                self.block(&[], 1);
            }
            b'=' => {
                self.nameless_key();
                self.pair_value();
            }
            b'"' | b'[' | b'(' | b'0'..=b'9' => self.nameless_value(),
            b'<' if self.is_heredoc() => self.nameless_value(),
            _ if is_word_start(byte) => self.named_item(),
            _ => self.skip_unexpected(),
        }
    }

    fn nameless_value(&mut self) {
        self.nameless_key();
        let mark = self.builder.next_id();
        self.value(true);
        self.after_value(mark);
    }

    fn named_item(&mut self) {
        let start = self.checkpoint();
        let name = self.at..name_end(self.bytes, self.at);
        self.at = name.end;
        self.skip_space(false);
        match self.peek() {
            _ if is_sign(self.bytes, self.at) => {
                self.name_key(name);
                self.pair_value();
            }
            Some(b'{') => {
                self.name_key(name);
                self.block(&[], 1);
            }
            // `concat(…)`, `local.x`: the attribute's name is missing.
            Some(b'(' | b'.') if name.end == self.at => {
                self.restore(start);
                self.nameless_value();
            }
            Some(b'[' | b'<' | b'0'..=b'9') => {
                self.builder.error(self.at..self.at + 1, "a `=` is missing before this");
                self.name_key(name);
                self.value_here(self.at);
            }
            Some(byte) if byte == b'"' || is_word_start(byte) => self.labelled_item(name),
            Some(b'=' | b':') => {
                self.name_key(name);
                self.pair_value();
            }
            _ => self.header_without_brace(name, &[]),
        }
    }

    fn name_key(&mut self, name: Range<usize>) {
        self.builder.leaf(NodeKind::Key, ScalarStyle::Bare, name.clone(), name, NodeFlags::default());
    }

    /// `resource "a" "b" {`, or what is there of it.
    fn labelled_item(&mut self, name: Range<usize>) {
        let after_name = self.checkpoint();
        let mut labels: Vec<Label> = Vec::new();
        while labels.len() < MAX_LABELS
            && let Some(label) = self.label()
        {
            self.at = label.range.end;
            labels.push(label);
            self.skip_space(false);
        }
        match self.peek() {
            Some(b'{') => {
                self.name_key(name);
                self.block(&labels, 1);
            }
            Some(b'=' | b':') => {
                self.name_key(name);
                self.open_labels(&labels);
                let value = self.builder.next_id();
                self.pair_value();
                self.close_labels(&labels, value);
            }
            // `effect "Allow"`: more likely a missing `=` than half a block, except where labelled blocks stand.
            _ if labels.len() == 1 && !self.may_have_label(&name) && !self.opens_on_next_line() => {
                self.restore(after_name);
                self.builder.error(self.at..self.at + 1, "a `=` is missing before this");
                self.name_key(name);
                self.value_here(after_name.at);
            }
            _ => self.header_without_brace(name, &labels),
        }
    }

    fn may_have_label(&self, name: &Range<usize>) -> bool {
        self.frames.last().is_some_and(|frame| frame.holds == FrameKind::File)
            || matches!(&self.text[name.clone()], "dynamic" | "provisioner" | "backend")
    }

    fn label(&mut self) -> Option<Label> {
        let start = self.at;
        let byte = self.peek()?;
        if is_word_start(byte) {
            return Some(Label { range: start..name_end(self.bytes, start), style: ScalarStyle::Bare, is_closed: true });
        }
        if byte != b'"' {
            return None;
        }
        let string = self.string_end(start);
        let mut range = start..string.end;
        let mut is_closed = string.is_closed;
        if !is_closed || self.bytes.get(string.end).is_some_and(|&byte| is_word_byte(byte)) {
            // `resource "aws_iam_policy "p" {`: a label has no blanks, so one ends it.
            is_closed = false;
            self.builder.error(range.clone(), "the string is not closed");
            if let Some(blank) = self.bytes[start..string.end].iter().position(|byte| matches!(byte, b' ' | b'\t')) {
                range.end = start + blank;
            }
        }
        Some(Label { range, style: ScalarStyle::HclString, is_closed })
    }

    /// A header without `{`: a block whose brace is on the next line or missing, or something incomplete.
    fn header_without_brace(&mut self, name: Range<usize>, labels: &[Label]) {
        self.name_key(name.clone());
        let after = self.checkpoint();
        if self.opens_on_next_line() {
            self.skip_space(true);
            if self.peek() == Some(b'{') {
                self.block(labels, 1);
            } else {
                self.builder.error(name, "a `{` is missing behind this");
                self.restore(after);
                self.block(labels, 0);
            }
            return;
        }
        self.builder.error(name.clone(), "this is not finished");
        self.open_labels(labels);
        let value = self.builder.next_id();
        self.missing(labels.last().map_or(name.end, |label| label.range.end));
        self.close_labels(labels, value);
        self.skip_tail();
    }

    /// Whether the body of a header without `{` begins on the next line: with its brace, or, where brackets do not match
    /// anyway, with a line that is indented deeper.
    fn opens_on_next_line(&mut self) -> bool {
        if !matches!(self.peek(), Some(b'\n')) {
            return false;
        }
        let checkpoint = self.checkpoint();
        let header = self.indent;
        self.skip_space(true);
        let opens = match self.peek() {
            Some(b'{') => true,
            Some(b'"') => self.use_indentation && self.indent > header && self.is_string_key(),
            _ => self.use_indentation && self.indent > header && self.ahead() != LineLookahead::Other,
        };
        self.restore(checkpoint);
        opens
    }

    /// A block from its labels on; `brace` is 1 where its `{` stands here and 0 where it is missing.
    fn block(&mut self, labels: &[Label], brace: usize) {
        self.open_labels(labels);
        let value = self.builder.next_id();
        if self.depth >= MAX_DEPTH {
            self.opaque();
        } else {
            self.depth += 1;
            self.open_bracket(NodeKind::Block, FrameKind::Body, brace);
            let end = self.body_items();
            self.close_bracket(end);
            self.depth -= 1;
        }
        self.close_labels(labels, value);
    }

    /// Labels are consecutive keys, each with a map as value.
    fn open_labels(&mut self, labels: &[Label]) {
        for label in labels {
            let range = label.range.clone();
            self.builder.open(NodeKind::Map, range.clone(), NodeFlags::default());
            let flags = if label.is_closed { NodeFlags::LABEL } else { NodeFlags::LABEL.with(NodeFlags::OPEN) };
            let inner = match label.style {
                ScalarStyle::HclString => range.start + 1..(range.end - usize::from(label.is_closed)).max(range.start + 1),
                _ => range.clone(),
            };
            self.builder.leaf(NodeKind::Key, label.style, range, inner, flags);
        }
    }

    /// The labels' maps end with the value of the last one.
    fn close_labels(&mut self, labels: &[Label], value: NodeId) {
        let end = self.builder.node(value).range().end;
        for _ in labels {
            self.builder.close(end, end);
        }
    }
}

/// A block's label.
struct Label {
    range: Range<usize>,
    style: ScalarStyle,
    is_closed: bool,
}
