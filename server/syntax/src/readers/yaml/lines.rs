//! Lines, columns and white space.

use super::Reader;

/// A line that is not blank.
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) content: usize,
    pub(super) column: i32,
}

impl Reader<'_> {
    /// The column of a byte on the current line.
    pub(super) fn column_of(&self, at: usize) -> i32 {
        (at - self.line_start) as i32 + self.tab_shift
    }

    /// Begins a new line at this byte.
    pub(super) fn start_line(&mut self, at: usize) {
        self.at = at;
        self.line_start = at;
        self.tab_shift = 0;
    }

    /// The first byte at or behind `at` that is no blank, and its column if `at` begins a line and a tab fills `width` columns.
    pub(super) fn indentation(&self, at: usize, width: i32) -> (usize, i32) {
        let mut column = 0;
        let mut content = at;
        loop {
            match self.bytes.get(content) {
                Some(b' ') => column += 1,
                Some(b'\t') => column = (column / width + 1) * width,
                Some(b'\r') => {}
                _ => return (content, column),
            }
            content += 1;
        }
    }

    pub(super) fn skip_blanks(&mut self) {
        self.at = self.blanks_end(self.at);
    }

    pub(super) fn blanks_end(&self, at: usize) -> usize {
        at + self.bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    /// Whether the line holds nothing more, or a comment at the most.
    pub(super) fn is_at_line_end(&self) -> bool {
        self.is_line_end(self.at) || (self.bytes[self.at] == b'#' && self.is_blank_before(self.at))
    }

    pub(super) fn is_blank_before(&self, at: usize) -> bool {
        at == 0 || matches!(self.bytes[at - 1], b' ' | b'\t' | b'\n' | b'\r')
    }

    pub(super) fn is_line_end(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            None | Some(b'\n') => true,
            Some(b'\r') => matches!(self.bytes.get(at + 1), None | Some(b'\n')),
            Some(_) => false,
        }
    }

    /// The end of the line's text, in front of its break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let end = memchr::memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |ahead| at + ahead);
        if end > at && self.bytes[end - 1] == b'\r' { end - 1 } else { end }
    }

    /// The first byte of the next line.
    pub(super) fn after_line(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |ahead| at + ahead + 1)
    }

    pub(super) fn is_space(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
    }

    /// Whether a `-`, `?` or `:` stands alone, which makes it an indicator.
    pub(super) fn is_indicator(&self, at: usize, mark: u8) -> bool {
        self.bytes.get(at) == Some(&mark) && self.is_space(at + 1)
    }

    /// Whether `---` or `...` at a line's start parts documents.
    pub(super) fn is_marker(&self, at: usize, mark: &[u8; 3]) -> bool {
        self.bytes.get(at..at + 3) == Some(mark) && self.is_space(at + 3)
    }

    pub(super) fn is_any_marker(&self, line: &Line) -> bool {
        line.start == line.content && (self.is_marker(line.start, b"---") || self.is_marker(line.start, b"..."))
    }

    /// The next line that is not blank, seen from the end of another.
    pub(super) fn peek_line(&self, at: usize) -> Option<Line> {
        let mut start = self.after_line(at);
        loop {
            let (content, column) = self.indentation(start, 8);
            match self.bytes.get(content)? {
                b'\n' => start = content + 1,
                _ => return Some(Line { start, content, column }),
            }
        }
    }
}
