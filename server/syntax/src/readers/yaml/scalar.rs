//! Where a scalar ends, and whether it is a key.

use std::ops::Range;

use super::Reader;
use super::lines::Line;
use crate::tree::{NodeFlags, ScalarStyle};

/// Where a token stands, which decides what a `:` in it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TokenContext {
    /// Where a key must be.
    Key,
    /// Where a value begins a line or follows a dash: a `: ` makes it the first key of a map.
    Own,
    /// Behind a key, on the key's line: a `: ` is text.
    Inline,
}

/// A scalar, key or alias as it stands in the text.
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) inner: Range<usize>,
    pub(super) style: ScalarStyle,
    pub(super) flags: NodeFlags,
    /// The `:` that makes it a key.
    pub(super) colon: Option<usize>,
    pub(super) is_alias: bool,
}

impl Token {
    pub(super) fn plain(range: Range<usize>, colon: Option<usize>) -> Token {
        Token { inner: range.clone(), range, style: ScalarStyle::YamlPlain, flags: NodeFlags::default(), colon, is_alias: false }
    }

    pub(super) fn alias(range: Range<usize>) -> Token {
        Token { is_alias: true, ..Token::plain(range, None) }
    }

    pub(super) fn quoted(range: Range<usize>, quote: u8, is_closed: bool, colon: Option<usize>) -> Token {
        let style = if quote == b'"' { ScalarStyle::YamlDouble } else { ScalarStyle::YamlSingle };
        let inner_start = range.start + 1;
        let inner_end = if is_closed { range.end - 1 } else { range.end.max(inner_start) };
        let flags = if is_closed { NodeFlags::default() } else { NodeFlags::OPEN };
        Token { inner: inner_start..inner_end, range, style, flags, colon, is_alias: false }
    }
}

impl Reader<'_> {
    /// Reads the token at the current place, in block style.
    pub(super) fn token(&mut self, context: TokenContext) -> Token {
        let start = self.at;
        match self.bytes[start] {
            quote @ (b'"' | b'\'') => self.quoted_token(start, quote, context),
            b'*' if self.is_alias(start) => {
                let end = self.property_end(start);
                let colon = self.colon_behind(end, context);
                Token { is_alias: colon.is_none() && context != TokenContext::Key, ..Token::plain(start..end, colon) }
            }
            _ => self.plain_token(start, context),
        }
    }

    /// Whether a `*` names an anchor. A lone `*`, as in `Resource: *`, and `*:*` are text that somebody forgot to quote.
    pub(super) fn is_alias(&self, start: usize) -> bool {
        self.bytes.get(start + 1).is_some_and(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80)
    }

    fn colon_behind(&self, end: usize, context: TokenContext) -> Option<usize> {
        let at = self.blanks_end(end);
        (context != TokenContext::Inline && self.is_indicator(at, b':')).then_some(at)
    }

    // ---- plain

    fn plain_token(&self, start: usize, context: TokenContext) -> Token {
        let line = self.plain_line(start, context != TokenContext::Inline);
        if context == TokenContext::Key || line.colon.is_some() || line.ends_in_comment {
            return Token::plain(start..line.end, line.colon);
        }
        let indent = self.frames.last().map_or(-1, |frame| frame.indent);
        let mut end = line.end;
        // A list below a single word is a list, although YAML reads it as text.
        let mut may_precede_list = !self.bytes[start..end].iter().any(|byte| matches!(byte, b' ' | b'\t'));
        while let Some(next) = self.peek_line(end) {
            if next.column <= indent || self.bytes[next.content] == b'#' || self.is_any_marker(&next) {
                break;
            }
            if may_precede_list && self.is_indicator(next.content, b'-') {
                break;
            }
            let line = self.plain_line(next.content, true);
            if line.colon.is_some() || self.is_indicator(next.content, b'?') {
                break;
            }
            end = line.end;
            may_precede_list = false;
            if line.ends_in_comment {
                break;
            }
        }
        Token::plain(start..end, None)
    }

    /// The part of a plain scalar that lies on one line.
    fn plain_line(&self, start: usize, ends_at_colon: bool) -> PlainLine {
        let mut at = start;
        let mut line = PlainLine { end: self.bytes.len(), colon: None, ends_in_comment: false };
        while let Some(ahead) = memchr::memchr3(b':', b'#', b'\n', &self.bytes[at..]) {
            at += ahead;
            match self.bytes[at] {
                b':' if ends_at_colon && self.is_space(at + 1) => line.colon = Some(at),
                b'#' if at > start && self.is_blank_before(at) => line.ends_in_comment = true,
                b'\n' => {}
                _ => {
                    at += 1;
                    continue;
                }
            }
            line.end = at;
            break;
        }
        line.end = self.trim_end(start, line.end);
        line
    }

    /// The end of a text without the white space that trails it.
    pub(super) fn trim_end(&self, start: usize, end: usize) -> usize {
        let trailing = self.bytes[start..end].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        end - trailing
    }

    // ---- quoted

    fn quoted_token(&mut self, start: usize, quote: u8, context: TokenContext) -> Token {
        let indent = self.frames.last().map_or(-1, |frame| frame.indent);
        if let Some(close) = self.closing_quote(start, quote, indent) {
            let end = close + 1;
            if memchr::memchr(b'\n', &self.bytes[start..close]).is_none() {
                if let Some(colon) = self.colon_of_broken_key(start, close, context) {
                    return self.unclosed(start..self.trim_end(start + 1, colon), quote, Some(colon));
                }
                return Token::quoted(start..end, quote, true, self.colon_behind(end, context));
            }
            let after = self.blanks_end(end);
            if context != TokenContext::Key && (self.is_line_end(after) || (self.bytes[after] == b'#' && after > end)) {
                return Token::quoted(start..end, quote, true, None);
            }
        }
        let line_end = self.line_end(start);
        let comment = memchr::memmem::find(&self.bytes[start..line_end], b" #").map_or(line_end, |ahead| start + ahead);
        let end = self.trim_end(start + 1, comment.max(start + 1));
        match self.colon_of_unclosed_key(start, end, context) {
            Some(colon) => self.unclosed(start..self.trim_end(start + 1, colon), quote, Some(colon)),
            None => self.unclosed(start..end, quote, None),
        }
    }

    pub(super) fn unclosed(&mut self, range: Range<usize>, quote: u8, colon: Option<usize>) -> Token {
        self.builder.error(range.clone(), "the string is not closed");
        Token::quoted(range, quote, false, colon)
    }

    /// `"Action: "connect:X"`: what closes the string is the next one's opening quote. The `:` that ended the key.
    fn colon_of_broken_key(&self, start: usize, close: usize, context: TokenContext) -> Option<usize> {
        let text_end = self.trim_end(start + 1, close);
        let is_broken = context != TokenContext::Inline && self.runs_into_text(close + 1) && text_end < close;
        (is_broken && self.bytes[start + 1..text_end].ends_with(b":")).then(|| text_end - 1)
    }

    /// `"Action: connect:X`: the `:` that ended a key whose quote was not closed.
    fn colon_of_unclosed_key(&self, start: usize, end: usize, context: TokenContext) -> Option<usize> {
        if context == TokenContext::Inline {
            return None;
        }
        let colon =
            memchr::memchr_iter(b':', &self.bytes[start..end]).map(|ahead| start + ahead).find(|&colon| self.is_space(colon + 1))?;
        // `- "connect:` is half an action.
        let is_half_entry = colon + 1 == end && context == TokenContext::Own && self.bytes[start + 1].is_ascii_lowercase();
        (!is_half_entry).then_some(colon)
    }

    /// Whether text follows a closing quote at once, which in valid text nothing but punctuation does.
    pub(super) fn runs_into_text(&self, at: usize) -> bool {
        !self.is_space(at) && !matches!(self.bytes[at], b',' | b':' | b']' | b'}' | b'"' | b'\'' | b'#')
    }

    /// The closing quote, on the same line or on one that may continue the string: those are further right than `indent`.
    pub(super) fn closing_quote(&self, start: usize, quote: u8, indent: i32) -> Option<usize> {
        let mut at = start + 1;
        loop {
            let rest = self.bytes.get(at..)?;
            at += if quote == b'"' { memchr::memchr3(b'"', b'\\', b'\n', rest) } else { memchr::memchr2(b'\'', b'\n', rest) }?;
            match self.bytes[at] {
                b'\n' => {
                    let line = self.peek_line(at)?;
                    if line.column <= indent || self.is_any_marker(&line) {
                        return None;
                    }
                    at = line.content;
                }
                b'\\' => at += if self.bytes.get(at + 1) == Some(&b'\n') { 1 } else { 2 },
                b'\'' if self.bytes.get(at + 1) == Some(&b'\'') => at += 2,
                _ => return Some(at),
            }
        }
    }

    // ---- keys

    /// Whether the line goes on from `at` with a key.
    pub(super) fn looks_like_key(&self, at: usize) -> bool {
        let mut at = at;
        while matches!(self.bytes.get(at), Some(b'!' | b'&')) {
            at = self.blanks_end(self.property_end(at));
        }
        if self.is_line_end(at) {
            return false;
        }
        match self.bytes[at] {
            b'[' | b'{' | b'|' | b'>' | b'#' => false,
            b'?' | b':' if self.is_space(at + 1) => true,
            b'-' if self.is_space(at + 1) => false,
            quote @ (b'"' | b'\'') => {
                let line_end = self.line_end(at);
                match self.closing_quote(at, quote, i32::MAX) {
                    Some(close) => {
                        self.colon_behind(close + 1, TokenContext::Own).is_some()
                            || self.colon_of_broken_key(at, close, TokenContext::Own).is_some()
                    }
                    None => self.colon_of_unclosed_key(at, self.trim_end(at + 1, line_end), TokenContext::Own).is_some(),
                }
            }
            _ => self.plain_line(at, true).colon.is_some(),
        }
    }

    /// Whether a line cannot belong to a flow collection whose block stands at `indent`, so that a bracket must be missing.
    pub(super) fn ends_flow(&self, line: &Line, indent: i32) -> bool {
        self.is_any_marker(line) || (line.column <= indent && (self.is_indicator(line.content, b'-') || self.looks_like_key(line.content)))
    }
}

struct PlainLine {
    end: usize,
    colon: Option<usize>,
    ends_in_comment: bool,
}
