//! Expressions: literals, calls and conditionals; anything else is opaque.

use super::chars::{LineLookahead, is_word_byte, is_word_start};
use super::opaque::Skip;
use super::{FrameKind, MAX_DEPTH, Next, Reader};
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle};

/// Functions that are taken for a call even where their `(` is missing: their arguments are what people type here.
const LIST_FUNCTIONS: &[&str] =
    &["jsonencode", "concat", "flatten", "distinct", "compact", "sort", "reverse", "setunion", "tolist", "toset", "try", "coalescelist"];

impl Reader<'_> {
    /// Reads a value and adds exactly one node for it. `ends_with_line` where a line break ends it.
    pub(super) fn value(&mut self, ends_with_line: bool) {
        if self.depth >= MAX_DEPTH {
            self.opaque();
            return;
        }
        self.depth += 1;
        let start = self.at;
        let mark = self.builder.next_id();
        self.operand();
        self.operators(start, mark, ends_with_line);
        self.depth -= 1;
    }

    /// What follows an operand makes the whole opaque, or a choice. The nodes of the operand are given up then: they are
    /// part of a computation or of a predicate, so their strings are no values.
    fn operators(&mut self, start: usize, mark: NodeId, ends_with_line: bool) {
        loop {
            if self.unwind.is_some() {
                return;
            }
            let after = self.checkpoint();
            self.skip_space(!ends_with_line);
            if self.peek() == Some(b'\n') && self.starts_choice_on_next_line() {
                self.skip_space(true);
            }
            if self.peek() == Some(b'?') {
                self.builder.truncate(mark);
                self.choice(start, ends_with_line);
                return;
            }
            if !self.is_operator() {
                self.restore(after);
                return;
            }
            self.builder.truncate(mark);
            let end = self.skip_expression(Skip::operator(ends_with_line));
            if end <= after.at {
                self.skip_unexpected();
            }
            let end = self.at;
            self.bare(start..end, ScalarStyle::Expression);
        }
    }

    fn is_operator(&self) -> bool {
        let next = self.bytes.get(self.at + 1);
        match self.peek() {
            Some(b'.') => next != Some(&b'.'),
            Some(b'[') => !self.is_first(),
            Some(b'=' | b'!') => next == Some(&b'='),
            Some(b'<') => next != Some(&b'<'),
            Some(b'+' | b'-' | b'*' | b'/' | b'%' | b'>') => true,
            Some(byte @ (b'&' | b'|')) => next == Some(&byte),
            _ => false,
        }
    }

    fn starts_choice_on_next_line(&mut self) -> bool {
        self.bytes[self.at..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'?')
    }

    /// Reads both branches from the `?` on.
    fn choice(&mut self, start: usize, ends_with_line: bool) {
        self.builder.open(NodeKind::Choice, start..self.at, NodeFlags::default());
        self.at += 1;
        let colon_ends = std::mem::replace(&mut self.colon_ends, true);
        let mut end = self.branch(ends_with_line);
        self.colon_ends = colon_ends;
        if self.unwind.is_none() {
            let after = self.checkpoint();
            self.skip_space(true);
            if self.peek() == Some(b':') {
                self.at += 1;
                end = self.branch(ends_with_line);
            } else {
                self.restore(after);
                self.builder.error(start..start + 1, "this condition has only one branch");
            }
        }
        self.builder.close(end, end);
    }

    /// Reads a branch and returns where it ends.
    fn branch(&mut self, ends_with_line: bool) -> usize {
        let from = self.at;
        let node = self.builder.next_id();
        let checkpoint = self.checkpoint();
        self.skip_space(true);
        let is_on_next_line = self.line_start != checkpoint.line_start;
        let is_absent = match self.peek() {
            None | Some(b'}' | b']' | b')' | b',' | b':' | b'=') => true,
            Some(_) => is_on_next_line && matches!(self.ahead(), LineLookahead::Pair | LineLookahead::Block),
        };
        if is_absent {
            self.restore(checkpoint);
            self.missing(from);
        } else {
            self.value(ends_with_line);
        }
        self.builder.node(node).range().end.max(from)
    }

    fn operand(&mut self) {
        let Some(byte) = self.peek() else {
            self.missing(self.at);
            return;
        };
        match byte {
            b'"' => self.string(None),
            b'[' => self.tuple(),
            b'{' => self.object(),
            b'(' => self.group(),
            b'<' if self.is_heredoc() => self.heredoc(),
            b'0'..=b'9' => self.word(),
            b'-' if self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) => self.word(),
            b'-' | b'!' => self.unary(),
            b'$' if self.starts_with(b"${") => self.template_without_quote(),
            _ if is_word_start(byte) => self.word(),
            b'}' | b']' | b')' | b',' | b'\n' => {
                self.missing(self.at);
            }
            _ => self.unknown(),
        }
    }

    fn unary(&mut self) {
        let start = self.at;
        let end = self.skip_expression(Skip::operand(true));
        self.bare(start..end, ScalarStyle::Expression);
    }

    /// Parentheses around an expression are transparent.
    fn group(&mut self) {
        let start = self.at;
        let colon_ends = std::mem::take(&mut self.colon_ends);
        self.at += 1;
        self.push_frame(None, FrameKind::Group);
        let mut end = self.next();
        if end == Next::Item {
            self.value(false);
            if self.unwind.is_none() && self.at == start + 1 {
                self.skip_unexpected();
            }
            end = self.rest_of_group();
        } else {
            self.missing(start + 1);
        }
        self.close_bracket(end);
        self.colon_ends = colon_ends;
    }

    /// Skips to the end of a bracket that holds one thing, which was read.
    pub(super) fn rest_of_group(&mut self) -> Next {
        loop {
            match self.next() {
                Next::Item => {
                    let start = self.at;
                    if self.skip_expression(Skip::for_head()) == start {
                        self.skip_unexpected();
                    } else {
                        self.builder.error(start..self.at, "this fits nowhere");
                    }
                }
                end => return end,
            }
        }
    }

    /// A word: a literal, a call, a reference, or an entry whose quotes are missing.
    fn word(&mut self) {
        let start = self.at;
        let first = start + usize::from(self.bytes[start] == b'-');
        let end = self.word_end(first);
        let text = &self.text[start..end];
        if is_number(text) || matches!(text, "true" | "false" | "null") {
            self.bare(start..end, ScalarStyle::Bare);
            return;
        }
        let after = end + super::chars::blanks(self.bytes, end);
        let next = self.bytes.get(end).copied();
        match next {
            _ if self.bytes.get(after) == Some(&b'(') && !text.contains('.') => self.call(start..end, after, 1),
            _ if matches!(self.bytes.get(after), Some(b'{' | b'[' | b'"')) && LIST_FUNCTIONS.contains(&text) => {
                self.builder.error(start..end, "a `(` is missing behind this");
                self.call(start..end, after, 0);
            }
            Some(b':') if !self.colon_ends && !text.contains('.') => {
                // `connect:Cre` without its quotes.
                let len =
                    self.bytes[end..].iter().take_while(|&&byte| is_word_byte(byte) || matches!(byte, b':' | b'*' | b'?' | b'.')).count();
                let end = self.with_closing_quote(end + len);
                self.bare(start..end, ScalarStyle::Bare);
            }
            // `connect*"`, `Users.View"`: only the opening quote is missing.
            Some(b'"' | b'*') if self.with_closing_quote(end + usize::from(next == Some(b'*'))) > end + usize::from(next == Some(b'*')) => {
                let end = self.with_closing_quote(end + usize::from(next == Some(b'*')));
                self.bare(start..end, ScalarStyle::Bare);
            }
            _ => self.bare(start..end, ScalarStyle::Expression),
        }
    }

    /// The end of a word with the closing quote that stands after it, if that quote opens nothing.
    fn with_closing_quote(&self, end: usize) -> usize {
        if self.bytes.get(end) != Some(&b'"') {
            return end;
        }
        let after = end + 1 + super::chars::blanks(self.bytes, end + 1);
        let closes = matches!(self.bytes.get(after), None | Some(b',' | b']' | b'}' | b')' | b'\n' | b'\r' | b'#' | b'/'));
        end + usize::from(closes)
    }

    /// The end of a word from a byte inside it on: a name, a number, a path of names.
    pub(super) fn word_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'.' if self.bytes.get(at + 1) != Some(&b'.') => at += 1,
                b'*' if self.bytes[..at].ends_with(b".") => at += 1,
                b':' if self.bytes.get(at + 1) == Some(&b':') && self.bytes.get(at + 2).is_some_and(|&byte| is_word_start(byte)) => at += 2,
                b'+' if at > from && matches!(self.bytes[at - 1], b'e' | b'E') && is_number(&self.text[from..at - 1]) => at += 1,
                _ if is_word_byte(byte) => at += 1,
                _ => break,
            }
        }
        at
    }

    fn call(&mut self, name: std::ops::Range<usize>, bracket: usize, len: usize) {
        let colon_ends = std::mem::take(&mut self.colon_ends);
        let node = self.builder.open(NodeKind::Call, name.clone(), NodeFlags::FLOW);
        self.at = bracket + len;
        self.push_frame(Some(node), FrameKind::Group);
        let end = self.items();
        self.close_bracket(end);
        self.builder.node_mut(node).set_inner(name);
        self.colon_ends = colon_ends;
    }

    fn heredoc(&mut self) {
        let start = self.at;
        let heredoc = self.heredoc_end();
        let flags = if heredoc.is_closed { NodeFlags::default() } else { NodeFlags::OPEN };
        if !heredoc.is_closed {
            self.builder.error(start..heredoc.inner.start.max(start + 2), "the heredoc is not closed");
        }
        self.at = heredoc.end;
        self.cross_lines(start);
        self.builder.leaf(NodeKind::Scalar, ScalarStyle::Heredoc, start..heredoc.end, heredoc.inner, flags);
    }

    /// `${x.arn}/*"`: a string whose opening quote is missing.
    fn template_without_quote(&mut self) {
        let start = self.at;
        let mut end = self.try_interpolation(start).unwrap_or(start + 2);
        end += self.bytes[end..]
            .iter()
            .take_while(|byte| !matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'(' | b')' | b'"' | b' ' | b'\t' | b'\r' | b'\n'))
            .count();
        let end = self.with_closing_quote(end);
        self.builder.error(start..end, "a `\"` is missing before this");
        self.bare(start..end, ScalarStyle::Bare);
        self.cross_lines(start);
    }

    /// Text that begins no expression, up to the next bracket, comma or blank.
    fn unknown(&mut self) {
        let start = self.at;
        let first = self.char_len();
        let rest = &self.bytes[start + first..];
        let quote = self.bytes[start] == b'\'';
        let len = rest.iter().take_while(|byte| {
            !matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'(' | b')' | b'"' | b'=' | b' ' | b'\t' | b'\r' | b'\n')
        });
        let mut end = start + first + len.count();
        if quote && let Some(close) = rest.iter().take_while(|&&byte| byte != b'\n').position(|&byte| byte == b'\'') {
            end = start + first + close + 1;
        }
        self.builder.error(start..end, "this begins no value");
        self.bare(start..end, ScalarStyle::Bare);
    }
}

fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    text.starts_with(|first: char| first.is_ascii_digit()) && text.parse::<f64>().is_ok()
}
