//! From bytes to lexemes. Strings and words are read here and not by the scanner; `json.rs` explains why.

use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

use super::{CURLY_LEN, Dialect, Expect, Lexeme, LexemeKind, Reader, is_curly};

impl<'t> Reader<'t> {
    pub(super) fn next_lexeme(&mut self) -> Option<Lexeme> {
        loop {
            self.skip_white_space();
            let &byte = self.bytes.get(self.at)?;
            let start = self.at;
            let kind = match byte {
                b'"' => {
                    let (end, is_closed) = self.string_end(start);
                    self.at = end;
                    LexemeKind::String { is_closed }
                }
                b'{' | b'}' | b'[' | b']' | b',' | b':' | b'0'..=b'9' | b'-' => match self.scan() {
                    Some(Token::OpenBrace) => LexemeKind::Open(true),
                    Some(Token::CloseBrace) => LexemeKind::Close(true),
                    Some(Token::OpenBracket) => LexemeKind::Open(false),
                    Some(Token::CloseBracket) => LexemeKind::Close(false),
                    Some(Token::Comma) => LexemeKind::Comma,
                    Some(Token::Colon) => LexemeKind::Colon,
                    _ => {
                        self.at = self.bare_end(start);
                        LexemeKind::Bare
                    }
                },
                b'/' if self.is_comment(start) => {
                    self.comment(start);
                    continue;
                }
                b'\'' if self.single_string_end(start).is_some() => {
                    self.at = self.single_string_end(start).unwrap_or(start + 1);
                    LexemeKind::WrongQuotes { is_closed: true }
                }
                _ if self.text[start..].starts_with(is_curly) => {
                    let (end, is_closed) = self.curly_string_end(start);
                    self.at = end;
                    LexemeKind::WrongQuotes { is_closed }
                }
                _ => {
                    self.at = self.bare_end(start);
                    LexemeKind::Bare
                }
            };
            return Some(Lexeme { range: start..self.at, kind });
        }
    }

    /// The scanner's token at the current byte. Only called for characters that it does not reject.
    fn scan(&mut self) -> Option<Token<'t>> {
        let options = ScannerOptions {
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        // A number may run into letters (`12ab`): such a token is a word, read whole by `bare_end`.
        let end = if matches!(self.bytes[self.at], b'0'..=b'9' | b'-') { self.bare_end(self.at) } else { self.at + 1 };
        let mut scanner = Scanner::new(&self.text[self.at..end], &options);
        let token = scanner.scan().ok().flatten()?;
        if matches!(token, Token::Number(_)) {
            return None;
        }
        self.at += scanner.token_end();
        Some(token)
    }

    fn skip_white_space(&mut self) {
        self.is_first_on_line = self.is_first_on_line && self.at == self.line_start;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line_start = self.at;
                    self.is_first_on_line = true;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                0..=0x1f => self.at += 1,
                0x80.. => match self.text[self.at..].chars().next() {
                    Some(space) if space.is_whitespace() || space == '\u{feff}' => self.at += space.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        if self.is_first_on_line {
            self.indent = (self.at - self.line_start) as u32;
        }
    }

    fn is_comment(&self, at: usize) -> bool {
        matches!(self.bytes.get(at + 1), Some(b'/' | b'*'))
    }

    fn comment(&mut self, start: usize) {
        let rest = &self.bytes[start..];
        let was_first = self.is_first_on_line;
        if self.dialect == Dialect::Strict {
            self.builder.error(start..start + 2, "comments are not allowed in JSON");
        }
        if rest[1] == b'/' {
            self.at = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |ahead| start + ahead);
            return;
        }
        match memchr::memmem::find(&rest[2..], b"*/") {
            Some(ahead) => self.at = start + 2 + ahead + 2,
            None => {
                self.builder.error(start..start + 2, "unclosed comment");
                self.at = self.bytes.len();
            }
        }
        if let Some(newline) = memchr::memrchr(b'\n', &self.bytes[start..self.at]) {
            self.line_start = start + newline + 1;
        }
        // What follows a comment at the line's start still counts as first on the line.
        self.is_first_on_line = was_first;
    }

    /// Where the string that opens at `start` ends, and whether it is closed there.
    pub(super) fn string_end(&self, start: usize) -> (usize, bool) {
        let mut at = start + 1;
        loop {
            let Some(ahead) = memchr::memchr3(b'"', b'\\', b'\n', &self.bytes[at..]) else {
                return (self.trim_unclosed(start, self.bytes.len()), false);
            };
            at += ahead;
            match self.bytes[at] {
                b'\\' if self.bytes.get(at + 1).is_some_and(|&next| next != b'\n') => at += 2,
                b'\\' => at += 1,
                b'"' => break,
                _ => return (self.trim_unclosed(start, at), false),
            }
        }
        let end = at + 1;
        if !self.runs_into_text(end) {
            return (end, true);
        }
        // `"connect:Cre, "connect:X"`: the closing quote is the next string's opening one. Cut before it.
        let text = &self.bytes[start + 1..at];
        let cut = text.iter().rposition(|byte| matches!(byte, b',' | b'[' | b']' | b'{' | b'}'));
        let is_key = || text.trim_ascii_end().ends_with(b":");
        match cut {
            Some(cut) => (self.trim_unclosed(start, start + 1 + cut), false),
            None if is_key() => (self.trim_unclosed(start, at), false),
            None => (end, true),
        }
    }

    /// Where the string that opens at `start` with a curly quote ends, and whether it is closed there: at the next quote of any
    /// kind on its line.
    fn curly_string_end(&self, start: usize) -> (usize, bool) {
        let inner = start + CURLY_LEN;
        let line_end = memchr::memchr(b'\n', &self.bytes[inner..]).map_or(self.bytes.len(), |ahead| inner + ahead);
        let mut letters = self.text[inner..line_end].char_indices();
        match letters.find(|&(_, letter)| is_curly(letter) || letter == '"') {
            Some((ahead, quote)) => (inner + ahead + quote.len_utf8(), true),
            None => (self.trim_unclosed(inner - 1, line_end), false),
        }
    }

    /// Where a string in single quotes ends, if nothing but punctuation follows it: an apostrophe is not a quote.
    fn single_string_end(&self, start: usize) -> Option<usize> {
        let rest = &self.bytes[start + 1..];
        let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
        let end = start + 1 + memchr::memchr(b'\'', line)? + 1;
        let next = self.bytes[end..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        next.is_none_or(|byte| matches!(byte, b',' | b':' | b']' | b'}' | b'\n')).then_some(end)
    }

    /// Whether text follows a closing quote at once, which in valid JSON nothing but punctuation does.
    fn runs_into_text(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            None | Some(b',' | b':' | b']' | b'}' | b'"' | b'/' | b'#') => false,
            Some(byte) => !byte.is_ascii_whitespace(),
        }
    }

    /// The end of an unclosed string that could reach up to `end`: what trails it and belongs to the document is not part of it.
    fn trim_unclosed(&self, start: usize, end: usize) -> usize {
        let mut end = end;
        while end > start + 1 {
            match self.bytes[end - 1] {
                b',' | b']' | b'}' | b'[' | b'{' | b' ' | b'\t' | b'\r' => end -= 1,
                b':' if self.bytes.get(end).is_some_and(|&next| next == b' ' || next == b'[' || next == b'{')
                    && !self.ends_entry(start, end) =>
                {
                    end -= 1
                }
                _ => break,
            }
        }
        end
    }

    /// `"connect:` with nothing after it: a incomplete entry, not a key.
    fn ends_entry(&self, start: usize, end: usize) -> bool {
        self.bytes[start + 1..end - 1].first().is_some_and(u8::is_ascii_lowercase)
    }

    /// Where the word that begins at `start` ends. In the place of a value a word takes its colons along (`connect:Cre`).
    pub(super) fn bare_end(&self, start: usize) -> usize {
        let takes_colons = !self.frames.last().is_some_and(|frame| matches!(frame.expect, Expect::Key | Expect::Comma if frame.is_map));
        let mut at = start;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b',' | b'[' | b']' | b'{' | b'}' | b' ' | b'\t' | b'\r' | b'\n' => break,
                b':' if !takes_colons || self.bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) => break,
                b'/' if self.is_comment(at) => break,
                // `connect:Cre"`: the opening quote was lost, the closing one is part of the word.
                b'"' if at > start && !self.runs_into_text(at + 1) => return at + 1,
                b'"' if at > start => break,
                _ => at += 1,
            }
        }
        // A character that fits nowhere must still be consumed.
        let first = self.text[start..].chars().next().map_or(1, char::len_utf8);
        at.max(start + first)
    }

    pub(super) fn is_followed_by_colon(&self, from: usize) -> bool {
        self.bytes[from..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
    }
}
