//! White space, comments, words, and what a line begins with.

use super::Reader;

/// What a word at some place turns out to be when the rest of its line is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ahead {
    /// Part of an expression.
    Other,
    /// `name =`: an attribute, or a pair of an object.
    Pair,
    /// `name :` with white space behind.
    ColonPair,
    /// `name {`, `name "label" {`.
    Block,
}

/// How many labels a block may have; Terraform's have two.
pub(super) const MAX_LABELS: usize = 4;

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn starts_with(&self, text: &[u8]) -> bool {
        self.bytes[self.at..].starts_with(text)
    }

    /// Whether the current token stands first on its line.
    pub(super) fn is_first(&self) -> bool {
        self.at == self.first_at
    }

    pub(super) fn char_len(&self) -> usize {
        self.text[self.at..].chars().next().map_or(0, char::len_utf8)
    }

    /// Skips white space and comments, line breaks only where they mean nothing.
    pub(super) fn skip_space(&mut self, over_lines: bool) {
        let mut is_first = self.is_first();
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' if over_lines => {
                    self.at += 1;
                    self.line_start = self.at;
                    is_first = true;
                }
                b'\n' => break,
                0..=b' ' => self.at += 1,
                b'#' => self.skip_line(),
                b'/' if self.starts_with(b"//") => self.skip_line(),
                b'/' if self.starts_with(b"/*") => self.skip_block_comment(),
                0x80.. => match self.text[self.at..].chars().next() {
                    Some(space) if space.is_whitespace() || space == '\u{feff}' => self.at += space.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        if is_first {
            self.first_at = self.at;
            self.indent = (self.at - self.line_start) as u32;
        }
    }

    fn skip_line(&mut self) {
        self.at = memchr::memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |ahead| self.at + ahead);
    }

    fn skip_block_comment(&mut self) {
        let start = self.at;
        let end = if self.has_comment_end { memchr::memmem::find(&self.bytes[start + 2..], b"*/") } else { None };
        match end {
            Some(ahead) => self.at = start + 2 + ahead + 2,
            None => {
                // A comment that is being typed must not hide the rest of the file.
                self.has_comment_end = false;
                self.builder.error(start..start + 2, "the comment is not closed");
                self.skip_line();
            }
        }
        if let Some(line_break) = memchr::memrchr(b'\n', &self.bytes[start..self.at]) {
            self.line_start = start + line_break + 1;
        }
    }

    /// Brings the line's start up to date after a token that began at `start` and may have run over lines.
    pub(super) fn cross_lines(&mut self, start: usize) {
        if let Some(line_break) = memchr::memrchr(b'\n', &self.bytes[start..self.at]) {
            self.line_start = start + line_break + 1;
            self.indent = blanks(self.bytes, self.line_start) as u32;
        }
    }

    pub(super) fn ahead(&self) -> Ahead {
        ahead(self.bytes, self.at)
    }

    /// Whether the string at the current place is a key: a sign follows it.
    pub(super) fn is_string_key(&mut self) -> bool {
        let end = self.string_end(self.at).end;
        is_sign(self.bytes, end + blanks(self.bytes, end))
    }
}

pub(super) fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

pub(super) fn is_word_byte(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'-'
}

/// How many blanks stand at a place.
pub(super) fn blanks(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The end of the name that begins here; `at` itself where none does.
pub(super) fn name_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(&byte) if is_word_start(byte) => at + bytes[at..].iter().take_while(|&&byte| is_word_byte(byte)).count(),
        _ => at,
    }
}

/// Whether `=` or `:` stands here, which makes what is before it a key. `==`, `=>` and `::` are others.
pub(super) fn is_sign(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b'=') => !matches!(bytes.get(at + 1), Some(b'=' | b'>')),
        Some(b':') => bytes.get(at + 1) != Some(&b':'),
        _ => false,
    }
}

/// What the word at a place is. Looks no further than its line.
pub(super) fn ahead(bytes: &[u8], at: usize) -> Ahead {
    let end = name_end(bytes, at);
    if end == at {
        return Ahead::Other;
    }
    let mut at = end + blanks(bytes, end);
    let mut has_label = false;
    for _ in 0..=MAX_LABELS {
        match bytes.get(at) {
            Some(b'{') => return Ahead::Block,
            Some(b'=') if !has_label && is_sign(bytes, at) => return Ahead::Pair,
            Some(b':') if !has_label && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) => return Ahead::ColonPair,
            Some(b'"') => {
                let Some(len) = bytes[at + 1..].iter().position(|byte| matches!(byte, b'"' | b'\n' | b'{' | b'$')) else {
                    return Ahead::Other;
                };
                at += 1 + len + usize::from(bytes[at + 1 + len] == b'"');
            }
            Some(&byte) if is_word_start(byte) && at > end => at = name_end(bytes, at),
            _ => return Ahead::Other,
        }
        has_label = true;
        at += blanks(bytes, at);
    }
    Ahead::Other
}
