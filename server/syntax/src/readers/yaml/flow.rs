//! Flow style: `[…]` and `{…}`, over any number of lines.
//!
//! A bracket that is never closed ends before a line that cannot belong to it: a key or dash no further right than the block
//! that the bracket stands in.

use super::scalar::Token;
use super::{Expect, Frame, FrameKind, Reader};
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle};

impl Reader<'_> {
    /// Reads the flow collection that opens at the current place; false if it was never closed.
    pub(super) fn flow(&mut self) -> bool {
        let start = self.at;
        self.expect(Expect::Done);
        self.open_bracket();
        while self.flow_maps + self.flow_seqs > 0 {
            if !self.flow_space() {
                self.builder.error(start..start + 1, "this bracket is not closed");
                self.abandon_flow();
                return false;
            }
            self.flow_token();
        }
        true
    }

    /// Skips white space, line breaks and comments; false where the collection cannot go on.
    fn flow_space(&mut self) -> bool {
        self.is_first_in_flow = false;
        loop {
            self.skip_blanks();
            if !self.is_at_line_end() {
                if self.bytes[self.at] == b'\r' {
                    self.at += 1;
                    continue;
                }
                return true;
            }
            let indent = self.frames.last().map_or(-1, |frame| frame.indent);
            self.at = self.line_end(self.at);
            match self.peek_line(self.at) {
                Some(line) if !self.ends_flow(&line, indent) => {
                    self.start_line(line.start);
                    self.at = line.content;
                    self.is_first_in_flow = true;
                }
                _ => return false,
            }
        }
    }

    fn flow_token(&mut self) {
        let start = self.at;
        match self.bytes[start] {
            b',' => self.comma(),
            bracket @ (b']' | b'}') => self.close_bracket(bracket == b'}'),
            b'[' | b'{' => {
                self.slot();
                self.open_bracket();
            }
            b':' if self.is_flow_colon(start) => self.colon(),
            b'-' | b'?' if self.is_space(start + 1) => self.at += 1,
            b'!' | b'&' => self.flow_property(),
            _ => self.flow_scalar(),
        }
    }

    // ---- brackets

    fn open_bracket(&mut self) {
        let start = self.at;
        let is_map = self.bytes[start] == b'{';
        let (node_kind, kind, expect) = if is_map {
            (NodeKind::Map, FrameKind::FlowMap, Expect::Key)
        } else {
            (NodeKind::Seq, FrameKind::FlowSeq, Expect::Value(start + 1))
        };
        let node = self.builder.open(node_kind, start..start + 1, NodeFlags::FLOW);
        self.builder.node_mut(node).set_inner(start + 1..start + 1);
        self.push_frame(kind, node, -1, expect);
        *(if is_map { &mut self.flow_maps } else { &mut self.flow_seqs }) += 1;
        self.at = start + 1;
        self.last_end = self.last_end.max(self.at);
    }

    fn close_bracket(&mut self, is_map: bool) {
        let start = self.at;
        self.at = start + 1;
        let kind = if is_map { FrameKind::FlowMap } else { FrameKind::FlowSeq };
        let open = if is_map { self.flow_maps } else { self.flow_seqs };
        if open == 0 {
            self.builder.error(start..start + 1, "this bracket closes nothing");
            return;
        }
        loop {
            self.close_pending();
            let is_match = self.frames.last().is_some_and(|frame| frame.kind == kind);
            if is_match {
                let node = self.close_collection(start, start + 1);
                return self.collection_done(node);
            }
            self.builder.error(start..start + 1, "another bracket is not closed before this one");
            let node = self.close_collection(start, start);
            self.builder.node_mut(node).add_flags(NodeFlags::OPEN);
            self.collection_done(node);
        }
    }

    /// Closes all that is open in flow style where the text cannot go on.
    fn abandon_flow(&mut self) {
        let indent = self.frames.last().map_or(-1, |frame| frame.indent);
        let end = self.place_end(self.at, indent);
        while self.flow_maps + self.flow_seqs > 0 {
            self.close_pending();
            let node = self.close_collection(end, end);
            self.builder.node_mut(node).add_flags(NodeFlags::OPEN);
            self.collection_done(node);
        }
    }

    fn close_collection(&mut self, inner_end: usize, end: usize) -> NodeId {
        self.fill_missing();
        let Some(frame) = self.frames.pop() else { return NodeId::STREAM };
        *(if frame.kind == FrameKind::FlowMap { &mut self.flow_maps } else { &mut self.flow_seqs }) -= 1;
        // A value that is missing at the end of an unclosed collection may reach over the blanks behind.
        let (inner_end, end) = if end == inner_end { (end.max(self.last_end), end.max(self.last_end)) } else { (inner_end, end) };
        self.last_end = self.last_end.max(end);
        self.builder.close(inner_end, end);
        frame.node
    }

    /// Closes pairs and tags on top of the innermost bracket.
    fn close_pending(&mut self) {
        while let Some(Frame { kind: kind @ (FrameKind::FlowPair | FrameKind::Tag), .. }) = self.frames.last() {
            let kind = *kind;
            self.fill_missing();
            let Some(frame) = self.frames.pop() else { return };
            if kind == FrameKind::FlowPair {
                self.flow_pairs -= 1;
                self.builder.close(self.last_end, self.last_end);
            } else {
                let name_end = self.builder.node(frame.node).inner().end;
                self.builder.close(name_end, self.last_end);
            }
        }
    }

    /// A collection was closed: where it stands in the place of a key, it becomes one.
    fn collection_done(&mut self, node: NodeId) {
        if self.flow_maps + self.flow_seqs == 0 {
            return;
        }
        let first = self.frames.iter().rev().take_while(|frame| frame.kind == FrameKind::Tag).last().map_or(node, |tag| tag.node);
        self.close_tags();
        let is_followed_by_colon = self.bytes.get(self.blanks_end(self.at)) == Some(&b':');
        match self.frames.last() {
            Some(Frame { kind: FrameKind::FlowMap, expect: Expect::Key, .. }) => {}
            Some(Frame { kind: FrameKind::FlowSeq, .. }) if is_followed_by_colon => {}
            _ => return,
        }
        let range = self.builder.node(node).range();
        self.builder.truncate(first);
        if self.frames.last().is_some_and(|frame| frame.kind == FrameKind::FlowSeq) {
            self.open_pair(range.start);
        }
        self.leaf(NodeKind::Key, ScalarStyle::YamlPlain, range.clone(), range, NodeFlags::default());
        self.expect(Expect::Colon);
    }

    fn open_pair(&mut self, start: usize) {
        self.expect(Expect::Done);
        let node = self.builder.open(NodeKind::Map, start..start, NodeFlags::default());
        self.push_frame(FrameKind::FlowPair, node, -1, Expect::Key);
        self.flow_pairs += 1;
    }

    // ---- punctuation

    fn comma(&mut self) {
        self.close_pending();
        self.fill_missing();
        self.at += 1;
        self.last_end = self.last_end.max(self.at);
        let is_map = self.frames.last().is_some_and(|frame| frame.kind == FrameKind::FlowMap);
        self.expect(if is_map { Expect::Key } else { Expect::Value(self.at) });
    }

    fn colon(&mut self) {
        let start = self.at;
        self.at = start + 1;
        match self.frames.last().map(|frame| (frame.kind, frame.expect)) {
            Some((_, Expect::Colon)) => {}
            Some((FrameKind::FlowMap, Expect::Key)) => {
                self.leaf(NodeKind::Key, ScalarStyle::YamlPlain, start..start, start..start, NodeFlags::default());
            }
            Some((FrameKind::FlowSeq, Expect::Value(_))) => {
                self.open_pair(start);
                self.leaf(NodeKind::Key, ScalarStyle::YamlPlain, start..start, start..start, NodeFlags::default());
            }
            _ => {
                self.builder.error(start..start + 1, "this `:` has no key");
                return;
            }
        }
        self.last_end = self.last_end.max(self.at);
        self.expect(Expect::Value(self.at));
    }

    fn is_flow_colon(&self, at: usize) -> bool {
        let is_due = self.frames.last().is_some_and(|frame| frame.expect == Expect::Colon);
        is_due || self.is_space(at + 1) || matches!(self.bytes[at + 1], b',' | b'[' | b']' | b'{' | b'}')
    }

    fn flow_property(&mut self) {
        if self.frames.last().is_some_and(|frame| frame.kind == FrameKind::FlowPair && frame.expect == Expect::Done) {
            self.close_pending();
        }
        let takes_value =
            self.frames.last().is_some_and(|frame| frame.kind == FrameKind::FlowSeq || matches!(frame.expect, Expect::Value(_)));
        match (takes_value, self.bytes[self.at]) {
            (true, b'!') => {
                self.tag();
            }
            (true, _) => self.anchor(),
            // The key's own tag or anchor.
            (false, _) => self.at = self.property_end(self.at),
        }
    }

    /// Makes sure that a collection may stand here.
    fn slot(&mut self) {
        if self.frames.last().is_some_and(|frame| frame.kind == FrameKind::FlowPair && frame.expect == Expect::Done) {
            self.close_pending();
        }
        let Some(frame) = self.top() else { return };
        match (frame.kind, frame.expect) {
            (FrameKind::FlowMap, Expect::Done | Expect::Key) => frame.expect = Expect::Key,
            _ => frame.expect = Expect::Done,
        }
    }

    // ---- scalars

    fn flow_scalar(&mut self) {
        let token = self.flow_text();
        self.at = token.range.end;
        let is_quoted = token.style != ScalarStyle::YamlPlain;
        let behind = self.blanks_end(self.at);
        let has_colon = self.bytes.get(behind) == Some(&b':')
            && (is_quoted || self.is_space(behind + 1) || matches!(self.bytes[behind + 1], b',' | b'[' | b']' | b'{' | b'}'));
        if self.frames.last().is_some_and(|frame| frame.kind == FrameKind::FlowPair && frame.expect == Expect::Done) {
            self.close_pending();
        }
        if has_colon && is_quoted && self.is_first_in_flow {
            self.leave_unclosed_list(token.range.start);
        }
        let Some(frame) = self.frames.last() else { return };
        let is_tagged_key = has_colon
            && frame.kind == FrameKind::Tag
            && self.frames.iter().rev().find(|frame| frame.kind != FrameKind::Tag).is_some_and(|frame| frame.kind == FrameKind::FlowSeq);
        let is_key = match (frame.kind, frame.expect) {
            (FrameKind::FlowMap, Expect::Key | Expect::Done) => true,
            (FrameKind::FlowMap, Expect::Colon | Expect::Value(_)) | (FrameKind::FlowSeq, _) => has_colon,
            _ => is_tagged_key,
        };
        if !is_key {
            return self.flow_value(token);
        }
        while is_tagged_key && self.frames.last().is_some_and(|frame| frame.kind == FrameKind::Tag) {
            self.drop_tags(1);
        }
        if self.frames.last().is_some_and(|frame| frame.kind == FrameKind::FlowMap) {
            self.fill_missing();
        } else {
            self.open_pair(token.range.start);
        }
        self.leaf(NodeKind::Key, token.style, token.range, token.inner, token.flags);
        self.expect(Expect::Colon);
    }

    fn flow_value(&mut self, token: Token) {
        self.expect(Expect::Done);
        self.last_end = self.last_end.max(token.range.end);
        if token.is_alias {
            self.leaf(
                NodeKind::Alias,
                ScalarStyle::None,
                token.range.clone(),
                token.range.start + 1..token.range.end,
                NodeFlags::default(),
            );
        } else {
            self.scalar(token);
        }
        self.close_tags();
    }

    /// `"Action": ["a" ⏎ "Resource": …`: a list in a map, and a quoted key that begins a line. The list was never closed.
    fn leave_unclosed_list(&mut self, start: usize) {
        let is_list_in_map = matches!(
            self.frames.as_slice(),
            [.., Frame { kind: FrameKind::FlowMap, expect: Expect::Done, .. }, Frame { kind: FrameKind::FlowSeq, .. }]
        );
        if is_list_in_map {
            self.builder.error(start..start + 1, "a `]` is missing before this key");
            let node = self.close_collection(self.last_end, self.last_end);
            self.builder.node_mut(node).add_flags(NodeFlags::OPEN);
        }
    }

    fn flow_text(&mut self) -> Token {
        let start = self.at;
        match self.bytes[start] {
            quote @ (b'"' | b'\'') => self.flow_quoted(start, quote),
            b'*' if self.is_alias(start) => Token::alias(start..self.property_end(start)),
            _ => Token::plain(start..self.flow_plain_end(start), None),
        }
    }

    fn flow_plain_end(&self, start: usize) -> usize {
        let Some(frame) = self.frames.last() else { return start };
        let wants_value = matches!(frame.expect, Expect::Value(_)) && frame.kind != FrameKind::FlowSeq;
        let mut end = start;
        let mut at = start;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b',' | b'[' | b']' | b'{' | b'}' => break,
                b':' if self.is_space(at + 1) || matches!(self.bytes[at + 1], b',' | b'[' | b']' | b'{' | b'}') => break,
                b'#' if at > start && self.is_blank_before(at) => break,
                b'\n' => match self.peek_line(at) {
                    Some(line) if self.bytes[line.content] == b'#' || self.ends_flow(&line, frame.indent) => break,
                    // `{Effect: Allow ⏎ Action: …`: the comma is missing.
                    Some(line) if wants_value && self.begins_flow_key(line.content) => break,
                    Some(line) => at = line.content,
                    None => break,
                },
                b' ' | b'\t' | b'\r' => at += 1,
                _ => {
                    at += 1;
                    end = at;
                }
            }
        }
        // A character that fits nowhere must still be consumed.
        let first = self.text[start..].chars().next().map_or(1, char::len_utf8);
        end.max(start + first)
    }

    /// Whether a word with a `: ` after it begins here.
    fn begins_flow_key(&self, at: usize) -> bool {
        let is_end = |&at: &usize| {
            matches!(self.bytes[at], b',' | b'[' | b']' | b'{' | b'}' | b'\n' | b':' | b'#')
                && (self.bytes[at] != b':' || self.is_space(at + 1))
        };
        (at..self.bytes.len()).find(is_end).is_some_and(|end| self.bytes[end] == b':')
    }

    fn flow_quoted(&mut self, start: usize, quote: u8) -> Token {
        let indent = self.frames.last().map_or(-1, |frame| frame.indent);
        let Some(close) = self.closing_quote(start, quote, indent) else {
            return self.unclosed_in_flow(start, self.line_end(start), quote);
        };
        let end = close + 1;
        if let Some(newline) = memchr::memchr(b'\n', &self.bytes[start..close]) {
            let after = self.blanks_end(end);
            let goes_on = self.is_line_end(after) || matches!(self.bytes[after], b',' | b']' | b'}' | b':' | b'#');
            return if goes_on {
                Token::quoted(start..end, quote, true, None)
            } else {
                self.unclosed_in_flow(start, start + newline, quote)
            };
        }
        if !self.runs_into_text(end) {
            return Token::quoted(start..end, quote, true, None);
        }
        // `"connect:Cre, "connect:X"`: the closing quote is the next string's opening one. Cut before it.
        let text = &self.bytes[start + 1..close];
        match text.iter().rposition(|byte| matches!(byte, b',' | b'[' | b']' | b'{' | b'}')) {
            Some(cut) => self.unclosed_in_flow(start, start + 1 + cut, quote),
            None if text.trim_ascii_end().ends_with(b":") => self.unclosed_in_flow(start, self.trim_end(start + 1, close) - 1, quote),
            None => Token::quoted(start..end, quote, true, None),
        }
    }

    /// An unclosed string that could reach up to `end`: what trails it and belongs to the collection is not part of it.
    fn unclosed_in_flow(&mut self, start: usize, end: usize, quote: u8) -> Token {
        let end = memchr::memmem::find(&self.bytes[start..end], b" #").map_or(end, |ahead| start + ahead);
        let is_trailing = |byte: &&u8| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b' ' | b'\t' | b'\r');
        let text = &self.bytes[start + 1..end.max(start + 1)];
        let trailing = text.iter().rev().take_while(is_trailing).count();
        self.unclosed(start..start + 1 + text.len() - trailing, quote, None)
    }
}
