//! The one place that knows how the client counts columns.
//!
//! Inside, a place is a byte offset. A client counts lines and columns, and columns in UTF-16 units unless both sides agreed
//! on bytes. What it sends is clamped: behind the end of a line means its end, inside a character means its start.

use std::ops::Range;

use connect_policy_project::line_index::{LineIndex, char_start};
use ropey::Rope;
use tower_lsp::lsp_types::{self as lsp, Position};

/// How columns are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
}

impl Encoding {
    /// The width of a text.
    fn width(self, text: &str, is_ascii: bool) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 if is_ascii => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }

    /// The byte offset of a column in a line.
    fn offset(self, line: &str, column: usize) -> usize {
        let mut left = column;
        for (offset, char) in line.char_indices() {
            let width = match self {
                Encoding::Utf8 => char.len_utf8(),
                Encoding::Utf16 => char.len_utf16(),
            };
            if left < width {
                return offset;
            }
            left -= width;
        }
        line.len()
    }
}

/// The byte offset of a client's position.
pub(crate) fn offset(text: &str, lines: &LineIndex, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= lines.count() {
        return text.len();
    }
    let range = lines.range(text, line);
    if lines.is_ascii() {
        return range.end.min(range.start.saturating_add(position.character as usize));
    }
    range.start + encoding.offset(&text[range], position.character as usize)
}

/// The byte range of a client's range, which may come turned round.
pub(crate) fn byte_range(text: &str, lines: &LineIndex, range: lsp::Range, encoding: Encoding) -> Range<usize> {
    let start = offset(text, lines, range.start, encoding);
    let end = offset(text, lines, range.end, encoding);
    start.min(end)..start.max(end)
}

/// The client's position of a byte offset.
pub(crate) fn position(text: &str, lines: &LineIndex, offset: usize, encoding: Encoding) -> Position {
    let offset = char_start(text, offset);
    let line = lines.line_at(offset);
    let content = lines.range(text, line);
    let before = &text[content.start..offset.min(content.end)];
    Position { line: narrow(line), character: narrow(encoding.width(before, lines.is_ascii())) }
}

/// The client's range of a byte range.
pub(crate) fn range(text: &str, lines: &LineIndex, range: &Range<usize>, encoding: Encoding) -> lsp::Range {
    lsp::Range { start: position(text, lines, range.start, encoding), end: position(text, lines, range.end, encoding) }
}

/// The range of a rope's characters that a client's range means. The same rules as for a text, without making one.
pub(crate) fn char_range(rope: &Rope, range: lsp::Range, encoding: Encoding) -> Range<usize> {
    let start = char_offset(rope, range.start, encoding);
    let end = char_offset(rope, range.end, encoding);
    start.min(end)..start.max(end)
}

fn char_offset(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_chars();
    }
    let start = rope.line_to_char(line);
    let mut content = rope.line(line);
    while content.len_chars() > 0 && matches!(content.char(content.len_chars() - 1), '\n' | '\r') {
        content = content.slice(..content.len_chars() - 1);
    }
    let column = position.character as usize;
    start
        + match encoding {
            Encoding::Utf8 => content.byte_to_char(column.min(content.len_bytes())),
            Encoding::Utf16 => content.utf16_cu_to_char(column.min(content.len_utf16_cu())),
        }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a😀b\r\né\u{2028}z\r\n";

    #[track_caller]
    fn check(encoding: Encoding, at: (u32, u32), expected: usize) {
        let lines = LineIndex::new(TEXT);
        let place = Position { line: at.0, character: at.1 };
        assert_eq!(offset(TEXT, &lines, place, encoding), expected);
        let rope = Rope::from_str(TEXT);
        assert_eq!(rope.char_to_byte(char_offset(&rope, place, encoding)), expected, "in the rope");
    }

    #[test]
    fn columns_are_utf16_units() {
        check(Encoding::Utf16, (0, 1), 1);
        check(Encoding::Utf16, (0, 3), 5);
        check(Encoding::Utf16, (0, 4), 6);
        check(Encoding::Utf16, (1, 1), 10);
        check(Encoding::Utf16, (1, 2), 13);
    }

    #[test]
    fn columns_are_bytes_where_agreed() {
        check(Encoding::Utf8, (0, 5), 5);
        check(Encoding::Utf8, (1, 2), 10);
    }

    #[test]
    fn inside_a_character_means_its_start() {
        check(Encoding::Utf16, (0, 2), 1);
        check(Encoding::Utf8, (0, 3), 1);
    }

    #[test]
    fn behind_the_end_means_the_end() {
        check(Encoding::Utf16, (0, 99), 6);
        check(Encoding::Utf16, (2, 5), TEXT.len());
        check(Encoding::Utf16, (99, 5), TEXT.len());
    }

    #[test]
    fn ascii_needs_no_counting() {
        let text = "ab\r\ncd";
        let lines = LineIndex::new(text);
        for (place, expected) in [((0, 9), 2), ((1, 1), 5), ((1, u32::MAX), 6)] {
            let place = Position { line: place.0, character: place.1 };
            assert_eq!(offset(text, &lines, place, Encoding::Utf16), expected);
        }
        assert_eq!(position(text, &lines, 5, Encoding::Utf16), Position { line: 1, character: 1 });
    }

    #[test]
    fn there_and_back() {
        let lines = LineIndex::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (place, _) in TEXT.char_indices().filter(|&(_, char)| char != '\n') {
                let there = position(TEXT, &lines, place, encoding);
                assert_eq!(offset(TEXT, &lines, there, encoding), place, "{encoding:?}");
            }
        }
    }
}
