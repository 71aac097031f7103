//! White space, comments and words at the reader's place.

use super::Reader;
use super::chars::{LineLookahead, ahead, blanks, is_sign};

impl Reader<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn starts_with(&self, text: &[u8]) -> bool {
        self.bytes[self.at..].starts_with(text)
    }

    /// Whether the current token is first on its line.
    pub(super) fn is_first(&self) -> bool {
        self.at == self.first_at
    }

    pub(super) fn char_len(&self) -> usize {
        self.text[self.at..].chars().next().map_or(0, char::len_utf8)
    }

    /// Skips white space and comments, and line breaks if they have no meaning.
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

    pub(super) fn ahead(&self) -> LineLookahead {
        ahead(self.bytes, self.at)
    }

    /// Whether the string at the current place is a key: a sign follows it.
    pub(super) fn is_string_key(&mut self) -> bool {
        let end = self.string_end(self.at).end;
        is_sign(self.bytes, end + blanks(self.bytes, end))
    }
}
