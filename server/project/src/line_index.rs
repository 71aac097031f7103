//! Where the lines of a text begin, as LSP counts lines: they end at `\n`, `\r\n` or a lone `\r`, and nowhere else.

use std::ops::Range;

/// The starts of a text's lines, in bytes. Belongs to exactly one text, which its callers pass along.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Whether all characters count one, in bytes as in anything else. Then no column needs counting, which matters where a
    /// whole template stands on one line.
    is_ascii: bool,
}

impl LineIndex {
    /// Finds the lines of a text.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for place in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_half = bytes[place] == b'\r' && bytes.get(place + 1) == Some(&b'\n');
            if !is_first_half {
                starts.push(narrow(place + 1));
            }
        }
        LineIndex { starts, is_ascii: text.is_ascii() }
    }

    /// Whether the text is ASCII throughout.
    pub fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// How many lines there are; a text that ends with a line break has an empty last one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line that a byte offset lies on, from 0.
    pub fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset) - 1
    }

    /// The range of a line without its line break; the last line's for a line behind the end.
    pub fn range(&self, text: &str, line: usize) -> Range<usize> {
        let line = line.min(self.count() - 1);
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(text.len(), |&next| next as usize);
        let content = text[start..end].trim_end_matches(['\n', '\r']);
        start..start + content.len()
    }

    /// Line and column of a byte offset as people count: both from 1, columns in characters. A byte order mark does not count.
    pub fn line_and_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.line_at(offset);
        let start = self.starts[line] as usize;
        let before = text.get(start..offset.min(text.len())).unwrap_or("").trim_start_matches('\u{feff}');
        let column = if self.is_ascii { before.len() } else { before.chars().count() };
        (line + 1, column + 1)
    }
}

/// The start of the character that an offset lies in or at; the end of the text for an offset behind it.
pub fn char_start(text: &str, offset: usize) -> usize {
    let mut start = offset.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    start
}

/// Texts over 4 GiB never get here: messages are at most 64 MiB, files in folders 50 MB, and reading stops at 1 GiB.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<&str> {
        let lines = LineIndex::new(text);
        (0..lines.count()).map(|line| &text[lines.range(text, line)]).collect()
    }

    #[test]
    fn lines_end_where_lsp_says() {
        assert_eq!(contents(""), [""]);
        assert_eq!(contents("a\nb"), ["a", "b"]);
        assert_eq!(contents("a\r\nb\rc\n"), ["a", "b", "c", ""]);
        assert_eq!(contents("\r\r\n\n"), ["", "", "", ""]);
    }

    #[test]
    fn other_separators_are_plain_characters() {
        assert_eq!(contents("a\u{2028}b\u{85}c\u{b}d\u{c}e"), ["a\u{2028}b\u{85}c\u{b}d\u{c}e"]);
    }

    #[test]
    fn columns_count_characters() {
        let text = "x\nä😀y";
        assert_eq!(LineIndex::new(text).line_and_column(text, 0), (1, 1));
        assert_eq!(LineIndex::new(text).line_and_column(text, text.len() - 1), (2, 3));
        let marked = "\u{feff}xy";
        assert_eq!(LineIndex::new(marked).line_and_column(marked, marked.len() - 1), (1, 2));
    }
}
