//! Tuples, object literals, and the `for` expressions that make them.

use super::chars::{LineLookahead, blanks, is_sign, is_word_byte, is_word_start, name_end};
use super::opaque::Skip;
use super::{FrameKind, Next, Reader};
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle};

impl Reader<'_> {
    pub(super) fn tuple(&mut self) {
        let colon_ends = std::mem::take(&mut self.colon_ends);
        let node = self.open_bracket(NodeKind::Seq, FrameKind::Items, 1);
        if self.skip_for_head() {
            self.builder.node_mut(node).add_flags(NodeFlags::FOR);
            self.for_value();
        }
        let end = self.items();
        self.close_bracket(end);
        self.colon_ends = colon_ends;
    }

    /// Reads the items of a tuple or the arguments of a call, up to the closing bracket.
    pub(super) fn items(&mut self) -> Next {
        loop {
            match self.next() {
                Next::Item if self.peek() == Some(b',') => self.at += 1,
                Next::Item => self.item(),
                end => return end,
            }
        }
    }

    fn item(&mut self) {
        if self.starts_object_without_brace() && matches!(self.ahead(), LineLookahead::Pair | LineLookahead::ColonPair) {
            self.object_without_brace();
            return;
        }
        let checkpoint = self.checkpoint();
        let mark = self.builder.next_id();
        self.value(false);
        if self.at == checkpoint.at && self.unwind.is_none() {
            self.builder.truncate(mark);
            self.skip_unexpected();
        }
        if self.unwind.is_some() {
            return;
        }
        if self.starts_with(b"...") {
            self.at += 3;
        }
        // A string with a sign after it is a key of an object around, so this list was never closed.
        if self.only_leaf(mark).is_some_and(|style| style == ScalarStyle::HclString) {
            let after = self.at + blanks(self.bytes, self.at);
            if is_sign(self.bytes, after) && (self.bytes[after] == b'=' || !self.colon_ends) {
                self.builder.truncate(mark);
                self.restore(checkpoint);
                self.unbalanced(checkpoint.at..checkpoint.at + 1, "a bracket is not closed before this key");
                if self.starts_object_without_brace() {
                    self.object_without_brace();
                } else {
                    self.unwind = Some(self.frame_of_key());
                }
            }
        }
    }

    /// The style of the scalar at `mark` if nothing else was added since.
    pub(super) fn only_leaf(&self, mark: NodeId) -> Option<ScalarStyle> {
        if self.builder.last_id() != mark {
            return None;
        }
        let node = self.builder.node(mark);
        (node.kind() == NodeKind::Scalar).then(|| node.style())
    }

    pub(super) fn object(&mut self) {
        let colon_ends = std::mem::take(&mut self.colon_ends);
        let node = self.open_bracket(NodeKind::Map, FrameKind::Pairs, 1);
        let end = if self.skip_for_head() {
            self.builder.node_mut(node).add_flags(NodeFlags::FOR);
            if let Some(frame) = self.frames.last_mut() {
                frame.holds = FrameKind::ForPair;
            }
            self.for_pair();
            self.rest_of_group()
        } else {
            self.pairs()
        };
        self.close_bracket(end);
        self.colon_ends = colon_ends;
    }

    /// An object whose `{` is missing, told by its indentation.
    pub(super) fn object_without_brace(&mut self) {
        self.unbalanced(self.at..self.at + self.char_len(), "a `{` is missing before this");
        let colon_ends = std::mem::take(&mut self.colon_ends);
        self.open_bracket(NodeKind::Map, FrameKind::Pairs, 0);
        let end = self.pairs();
        self.close_bracket(end);
        self.colon_ends = colon_ends;
    }

    fn pairs(&mut self) -> Next {
        loop {
            match self.next() {
                Next::Item => self.pair(),
                end => return end,
            }
        }
    }

    fn pair(&mut self) {
        let Some(byte) = self.peek() else { return };
        match byte {
            b',' => self.at += 1,
            b'"' => {
                self.string(Some(NodeFlags::default()));
                self.pair_value();
            }
            b'=' | b':' => {
                self.nameless_key();
                self.pair_value();
            }
            b'[' | b'{' => {
                self.nameless_key();
                self.value_here(self.at);
            }
            b'<' if self.is_heredoc() => {
                self.nameless_key();
                self.value_here(self.at);
            }
            _ if byte == b'(' || is_word_byte(byte) => {
                self.word_key();
                self.pair_value();
            }
            _ => self.skip_unexpected(),
        }
    }

    fn word_key(&mut self) {
        let start = self.at;
        let name = start..start + self.bytes[start..].iter().take_while(|&&byte| is_word_byte(byte)).count();
        let is_plain = name.end > start && !matches!(self.bytes.get(name.end), Some(b'.' | b'(' | b'['));
        if is_plain {
            self.at = name.end;
            self.builder.leaf(NodeKind::Key, ScalarStyle::Bare, name.clone(), name, NodeFlags::default());
            return;
        }
        let end = self.skip_expression(Skip::operand(true));
        let end = if end == start { start + 1 } else { end };
        self.at = end;
        let is_group = self.bytes[start] == b'(' && self.bytes[end - 1] == b')' && end > start + 1;
        let inner = if is_group { start + 1..end - 1 } else { start..end };
        self.builder.leaf(NodeKind::Key, ScalarStyle::Expression, start..end, inner, NodeFlags::default());
    }

    /// Reads the sign behind a key and the value after the sign.
    pub(super) fn pair_value(&mut self) {
        let from = self.at;
        self.skip_space(false);
        if self.starts_with(b"==") || self.starts_with(b"=>") || self.starts_with(b":=") {
            self.builder.error(self.at..self.at + 2, "this should be `=`");
            self.at += 2;
            self.value_here(self.at);
        } else if matches!(self.peek(), Some(b'=' | b':')) {
            self.at += 1;
            self.value_here(self.at);
        } else {
            match self.peek() {
                Some(b'"') if self.is_string_key() => {}
                Some(b'"' | b'[' | b'{') => {
                    self.builder.error(self.at..self.at + 1, "a `=` is missing before this");
                    self.value_here(from);
                    return;
                }
                _ => {}
            }
            self.missing(from);
        }
    }

    /// Reads the value that should follow the byte `from`.
    pub(super) fn value_here(&mut self, from: usize) {
        self.skip_space(false);
        match self.peek() {
            Some(b'\n') => match self.value_on_next_line() {
                Some(NodeKind::Map) => return self.object_without_brace(),
                Some(_) => self.builder.error(self.at..self.at + 1, "this should stand behind its name"),
                None => return self.missing(from),
            },
            None | Some(b'}' | b']' | b')' | b',') => return self.missing(from),
            Some(_) => {}
        }
        let mark = self.builder.next_id();
        self.value(true);
        self.after_value(mark);
    }

    /// Goes to the value of a key that has none on its line, if one follows that can be nothing else.
    fn value_on_next_line(&mut self) -> Option<NodeKind> {
        let checkpoint = self.checkpoint();
        let indent = self.indent;
        self.skip_space(true);
        if self.indent > indent {
            let byte = self.peek();
            match byte {
                Some(b'[' | b'{') => return Some(NodeKind::Scalar),
                Some(b'<') if self.is_heredoc() => return Some(NodeKind::Scalar),
                Some(b'"') if !self.is_string_key() => return Some(NodeKind::Scalar),
                Some(byte) if is_word_start(byte) && self.bytes.get(name_end(self.bytes, self.at)) == Some(&b'(') => {
                    return Some(NodeKind::Scalar);
                }
                Some(b'"') if self.use_indentation => return Some(NodeKind::Map),
                _ if self.use_indentation && matches!(self.ahead(), LineLookahead::Pair | LineLookahead::ColonPair) => {
                    return Some(NodeKind::Map);
                }
                _ => {}
            }
        }
        self.restore(checkpoint);
        None
    }

    /// What may follow a value before the next key: more values, where the list's `[` is missing, and text that fits nowhere.
    pub(super) fn after_value(&mut self, mark: NodeId) {
        if self.unwind.is_some() {
            return;
        }
        let is_literal = match self.builder.node(mark).kind() {
            NodeKind::Scalar => self.only_leaf(mark).is_some_and(|style| matches!(style, ScalarStyle::HclString | ScalarStyle::Bare)),
            kind => kind == NodeKind::Map,
        };
        if is_literal && self.is_list_without_bracket() {
            self.list_without_bracket(mark);
            return;
        }
        self.skip_tail();
    }

    fn is_list_without_bracket(&mut self) -> bool {
        let checkpoint = self.checkpoint();
        self.skip_space(false);
        let is_list = match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.skip_space(true);
                match self.peek() {
                    Some(b'"') => !self.is_string_key(),
                    Some(b'{' | b'[') => true,
                    Some(b']') => self.open_tuples == 0,
                    _ => false,
                }
            }
            Some(b'\n' | b']') if self.open_tuples == 0 => {
                self.skip_space(true);
                self.peek() == Some(b']')
            }
            _ => false,
        };
        self.restore(checkpoint);
        is_list
    }

    /// Turns the value `first`, which was added last, into the first item of a list without opening bracket.
    fn list_without_bracket(&mut self, first: NodeId) {
        let node = self.builder.wrap_in_seq(first);
        let start = self.builder.node(node).range().start;
        self.builder.error(start..self.at, "a `[` is missing before this list");
        self.push_frame(Some(node), FrameKind::Items);
        let end = self.items();
        self.close_bracket(end);
    }

    /// Skips what follows a value on its line and is neither key nor bracket.
    pub(super) fn skip_tail(&mut self) {
        loop {
            self.skip_space(false);
            let is_tail = match self.peek() {
                Some(b'"') => !self.is_string_key(),
                Some(byte) if is_word_byte(byte) => {
                    self.ahead() == LineLookahead::Other && !is_sign(self.bytes, name_end(self.bytes, self.at))
                }
                _ => false,
            };
            let start = self.at;
            if !is_tail || self.is_first() || self.skip_expression(Skip::tail()) == start {
                return;
            }
            self.builder.error(start..self.at, "this fits nowhere");
        }
    }

    // ---- for

    /// Skips `for x in src :` if it stands here.
    fn skip_for_head(&mut self) -> bool {
        let checkpoint = self.checkpoint();
        self.skip_space(true);
        let is_for = self.starts_with(b"for") && self.bytes.get(self.at + 3).is_some_and(|&byte| matches!(byte, b' ' | b'\t')) && {
            let after = self.at + 3 + blanks(self.bytes, self.at + 3);
            self.bytes.get(after).is_some_and(|&byte| is_word_start(byte))
        };
        if !is_for {
            self.restore(checkpoint);
            return false;
        }
        self.at += 3;
        self.skip_expression(Skip::for_head());
        self.skip_space(true);
        if self.peek() == Some(b':') {
            self.at += 1;
        }
        true
    }

    fn for_value(&mut self) {
        self.skip_space(true);
        let byte = self.peek();
        if !matches!(byte, None | Some(b']' | b'}' | b')' | b',')) && self.frame_of_item(byte.unwrap_or(0)) == self.frames.len() - 1 {
            self.value(false);
            self.for_condition();
        }
    }

    fn for_pair(&mut self) {
        self.skip_space(true);
        let start = self.at;
        let key_end = match self.peek() {
            Some(b'"') => self.string_end(start).end,
            _ => 0,
        };
        let end = self.skip_expression(Skip::operand(false));
        if end == start {
            return;
        }
        let range = start..end;
        let (style, inner) = if key_end == end && end > start + 1 && self.bytes[end - 1] == b'"' {
            (ScalarStyle::HclString, start + 1..end - 1)
        } else {
            (ScalarStyle::Expression, range.clone())
        };
        self.builder.leaf(NodeKind::Key, style, range, inner, NodeFlags::default());
        self.at = end;
        self.skip_space(true);
        if !self.starts_with(b"=>") {
            self.missing(end);
            return;
        }
        self.at += 2;
        let from = self.at;
        self.skip_space(true);
        match self.peek() {
            None | Some(b'}' | b']' | b')' | b',') => self.missing(from),
            _ => {
                self.value(false);
                self.for_condition();
            }
        }
    }

    /// Skips `... if c` after the value of a `for`.
    fn for_condition(&mut self) {
        if self.unwind.is_some() {
            return;
        }
        self.skip_space(true);
        if self.starts_with(b"...") {
            self.at += 3;
            self.skip_space(true);
        }
        if self.starts_with(b"if") && self.bytes.get(self.at + 2).is_none_or(|&byte| !is_word_byte(byte)) {
            self.at += 2;
            self.skip_expression(Skip::for_head());
        }
    }
}
