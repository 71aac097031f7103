//! Nodes in block style: what stands behind an indicator or begins a line.

use super::scalar::{Token, TokenContext};
use super::{Expect, FrameKind, PendingScalar, Reader};
use crate::tree::{NodeFlags, NodeKind, ScalarStyle};

impl Reader<'_> {
    /// Reads the node that the innermost frame wants, up to the line's end or further if the node goes on.
    pub(super) fn node(&mut self) {
        self.node_in(TokenContext::Own);
    }

    fn node_in(&mut self, mut context: TokenContext) {
        let mut properties = Properties::default();
        while !self.is_at_line_end() {
            let start = self.at;
            let column = properties.column.unwrap_or(self.column_of(start));
            match self.bytes[start] {
                b'!' => {
                    properties.column = Some(column);
                    properties.tags += usize::from(self.tag());
                }
                b'&' if !self.is_space(start + 1) => {
                    properties.column = Some(column);
                    self.anchor();
                }
                b'-' if self.is_space(start + 1) => {
                    // Behind a key that is no valid YAML, yet nothing else can be meant.
                    self.open_block(FrameKind::Seq, start, column);
                    self.at += 1;
                    self.expect(Expect::Value(self.at));
                    self.last_end = self.last_end.max(self.at);
                    self.skip_blanks();
                    (context, properties) = (TokenContext::Own, Properties::default());
                }
                b'?' if context != TokenContext::Inline && self.is_space(start + 1) => {
                    self.drop_tags(properties.tags);
                    self.open_block(FrameKind::Map, start, column);
                    self.explicit_key();
                    properties = Properties::default();
                }
                b':' if context != TokenContext::Inline && self.is_space(start + 1) => {
                    self.drop_tags(properties.tags);
                    self.open_block(FrameKind::Map, start, column);
                    self.leaf(NodeKind::Key, ScalarStyle::YamlPlain, start..start, start..start, NodeFlags::default());
                    self.value_after_colon(start);
                    properties = Properties::default();
                }
                b'[' | b'{' => {
                    let node = self.builder.next_id();
                    let is_finished = self.flow();
                    self.skip_blanks();
                    if !is_finished || context == TokenContext::Inline || !self.is_indicator(self.at, b':') {
                        return self.close_tags();
                    }
                    // The collection is a key.
                    let range = self.builder.node(node).range();
                    self.builder.truncate(node);
                    self.drop_tags(properties.tags);
                    self.open_block(FrameKind::Map, range.start, column);
                    self.leaf(NodeKind::Key, ScalarStyle::YamlPlain, range.clone(), range, NodeFlags::default());
                    self.value_after_colon(self.at);
                    (context, properties) = (TokenContext::Inline, Properties::default());
                }
                _ => {
                    if let Some(header) = self.block_header(start) {
                        return self.block_scalar(start, &header);
                    }
                    let token = self.token(context);
                    if let Some(colon) = token.colon {
                        self.drop_tags(properties.tags);
                        self.open_block(FrameKind::Map, token.range.start, column);
                        self.key_token(token);
                        self.value_after_colon(colon);
                        (context, properties) = (TokenContext::Inline, Properties::default());
                    } else {
                        return self.value_token(token, column, context);
                    }
                }
            }
        }
    }

    fn value_token(&mut self, token: Token, column: i32, context: TokenContext) {
        self.expect(Expect::Done);
        self.at = token.range.end;
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
            let node = self.builder.next_id();
            let is_one_line = !self.bytes[token.range.clone()].contains(&b'\n');
            self.scalar(token);
            self.pending = is_one_line.then_some(PendingScalar { node, column, is_inline: context == TokenContext::Inline });
        }
        self.close_tags();
    }

    pub(super) fn scalar(&mut self, token: Token) {
        self.builder.leaf(NodeKind::Scalar, token.style, token.range, token.inner, token.flags);
    }

    fn key_token(&mut self, token: Token) {
        self.at = token.range.end;
        self.leaf(NodeKind::Key, token.style, token.range, token.inner, token.flags);
    }

    /// Goes after the colon of the key that was added last.
    fn value_after_colon(&mut self, colon: usize) {
        self.at = colon + 1;
        self.expect(Expect::Value(self.at));
        self.skip_blanks();
    }

    /// Reads a key of the innermost map, and its value on the same line.
    pub(super) fn key(&mut self) {
        // The key's own tag or anchor does not apply to the map.
        while matches!(self.bytes.get(self.at), Some(b'!' | b'&')) && !self.is_at_line_end() {
            self.at = self.property_end(self.at);
            self.skip_blanks();
        }
        if self.is_at_line_end() {
            return;
        }
        if self.is_indicator(self.at, b'?') {
            self.explicit_key();
            return self.node();
        }
        let mut colon = None;
        if matches!(self.bytes[self.at], b'[' | b'{') {
            let node = self.builder.next_id();
            let is_finished = self.flow();
            let range = self.builder.node(node).range();
            self.builder.truncate(node);
            self.leaf(NodeKind::Key, ScalarStyle::YamlPlain, range.clone(), range, NodeFlags::default());
            self.expect(Expect::Value(self.last_end));
            if !is_finished {
                return;
            }
            self.skip_blanks();
            if self.is_indicator(self.at, b':') {
                colon = Some(self.at);
            }
        } else {
            let token = self.token(TokenContext::Key);
            colon = token.colon;
            if colon.is_none() {
                self.builder.error(token.range.clone(), "a `:` is missing after this key");
            }
            self.key_token(token);
            self.expect(Expect::Value(self.at));
        }
        if let Some(colon) = colon {
            self.value_after_colon(colon);
            self.node_in(TokenContext::Inline);
        }
    }

    fn explicit_key(&mut self) {
        self.at += 1;
        self.last_end = self.last_end.max(self.at);
        let indent = self.frames.last().map_or(0, |frame| frame.indent);
        let first = self.builder.next_id();
        self.push_frame(FrameKind::ExplicitKey, first, indent, Expect::Value(self.at));
        self.skip_blanks();
    }

    // ---- properties

    /// Reads a tag. One of our own (`!Sub`) becomes a node around the value; returns whether it did.
    pub(super) fn tag(&mut self) -> bool {
        let start = self.at;
        let end = self.property_end(start);
        self.at = end;
        let text = &self.text[start..end];
        let is_core = text == "!" || text.starts_with("!!") || text.starts_with("!<tag:yaml.org,2002:");
        if is_core {
            self.expect(Expect::Value(end));
        } else {
            self.expect(Expect::Done);
            let node = self.builder.open(NodeKind::Call, start..end, NodeFlags::default());
            let indent = self.frames.last().map_or(-1, |frame| frame.indent);
            self.push_frame(FrameKind::Tag, node, indent, Expect::Value(end));
        }
        self.last_end = self.last_end.max(end);
        self.skip_blanks();
        !is_core
    }

    /// Reads an anchor.
    pub(super) fn anchor(&mut self) {
        let name = self.at + 1;
        self.at = self.property_end(self.at);
        self.builder.anchor(name..self.at);
        self.expect(Expect::Value(self.at));
        self.last_end = self.last_end.max(self.at);
        self.skip_blanks();
    }

    /// The end of a tag or anchor.
    pub(super) fn property_end(&self, start: usize) -> usize {
        if self.bytes[start..].starts_with(b"!<") {
            let line = &self.bytes[start..self.line_end(start)];
            if let Some(end) = memchr::memchr(b'>', line) {
                return start + end + 1;
            }
        }
        let is_end = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b']' | b'{' | b'}');
        start + 1 + self.bytes[start + 1..].iter().position(is_end).unwrap_or(self.bytes.len() - start - 1)
    }

    /// Gives up tags that belong to a key and not to the map that the key begins.
    pub(super) fn drop_tags(&mut self, count: usize) {
        for _ in 0..count {
            let Some(frame) = self.frames.pop() else { return };
            self.builder.close(0, 0);
            self.builder.truncate(frame.node);
        }
    }

    // ---- block scalars

    /// The header of a block scalar, if one begins here.
    fn block_header(&self, start: usize) -> Option<Header> {
        if !matches!(self.bytes[start], b'|' | b'>') {
            return None;
        }
        let mut header = Header { end: start + 1, width: None, keeps: false };
        loop {
            match self.bytes.get(header.end) {
                Some(digit @ b'1'..=b'9') if header.width.is_none() => header.width = Some(i32::from(digit - b'0')),
                Some(sign @ (b'+' | b'-')) => header.keeps = *sign == b'+',
                _ => break,
            }
            header.end += 1;
        }
        let after = self.blanks_end(header.end);
        let is_alone = self.is_line_end(after) || (self.bytes[after] == b'#' && after > header.end);
        is_alone.then_some(header)
    }

    /// Reads a block scalar: its header and the lines below.
    fn block_scalar(&mut self, start: usize, header: &Header) {
        let indent = self.frames.last().map_or(-1, |frame| frame.indent);
        let width = header.width.map(|width| indent.max(0) + width);
        let line_end = self.line_end(header.end);
        let body = self.after_line(line_end);
        let (body_end, next) = self.block_body(body, indent, width, header.keeps);
        // A body that is not written yet: the token ends with its header's line.
        let (inner, end) = if next > body { (body..body_end, body_end) } else { (line_end..line_end, line_end) };
        let style = if self.bytes[start] == b'|' { ScalarStyle::YamlLiteral } else { ScalarStyle::YamlFolded };
        self.expect(Expect::Done);
        self.builder.leaf(NodeKind::Scalar, style, start..end, inner, NodeFlags::default());
        self.last_end = self.last_end.max(end);
        self.close_tags();
        self.start_line(next);
    }

    /// The end of a block scalar's last line, without its break, and the start of the line behind.
    fn block_body(&self, start: usize, indent: i32, width: Option<i32>, keeps: bool) -> (usize, usize) {
        let mut width = width;
        let mut end = start;
        let mut next = start;
        let mut line = start;
        while line < self.bytes.len() {
            let spaces = self.bytes[line..].iter().take_while(|&&byte| byte == b' ').count();
            let column = spaces as i32;
            let content = line + spaces;
            let after = self.after_line(content);
            let is_blank = self.is_line_end(content);
            let is_text_of_spaces = width.is_some_and(|width| column > width);
            if is_blank && !is_text_of_spaces {
                if keeps {
                    (end, next) = (self.line_end(line), after);
                }
            } else {
                let first = self.bytes.get(content);
                let is_tabbed = first == Some(&b'\t') && column <= indent;
                if is_tabbed && self.is_line_end(self.blanks_end(content)) {
                    line = after;
                    continue;
                }
                if column <= indent && !is_tabbed {
                    break;
                }
                if width.is_some_and(|width| column < width) && first == Some(&b'#') {
                    break;
                }
                if column == 0 && (self.is_marker(line, b"---") || self.is_marker(line, b"...")) {
                    break;
                }
                width.get_or_insert(column);
                (end, next) = (self.line_end(content), after);
            }
            line = after;
        }
        (end, next)
    }
}

/// Tags and anchors read in front of a node.
#[derive(Default)]
struct Properties {
    /// Where the first of them begins, which is where the node begins as far as indentation goes.
    column: Option<i32>,
    /// How many frames they opened.
    tags: usize,
}

/// What stands behind `|` or `>`.
struct Header {
    end: usize,
    /// The body's additional indentation, if the header sets it.
    width: Option<i32>,
    /// Trailing blank lines belong to the text.
    keeps: bool,
}
