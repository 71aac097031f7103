//! What edits must do: a plain string, changed by the letter of the specification. Tests and fuzzing compare with it.

use tower_lsp::lsp_types::{Position, TextDocumentContentChangeEvent};

use crate::positions::Encoding;

/// The byte of a place in a text as the specification describes it: lines of units, where a unit is a byte or half a
/// surrogate pair.
pub(crate) fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let mut starts = vec![0];
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let is_crlf = char == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n');
        if (char == '\n' || char == '\r') && !is_crlf {
            starts.push(at + 1);
        }
    }
    let Some(&start) = starts.get(position.line as usize) else { return text.len() };
    let mut units = 0;
    for (at, char) in text[start..].char_indices() {
        let width = if encoding == Encoding::Utf8 { char.len_utf8() } else { char.len_utf16() };
        if char == '\n' || char == '\r' || units + width > position.character as usize {
            return start + at;
        }
        units += width;
    }
    text.len()
}

/// Makes one change in a text.
pub(crate) fn edit(text: &mut String, change: &TextDocumentContentChangeEvent, encoding: Encoding) {
    match change.range {
        Some(range) => {
            let start = offset(text, range.start, encoding);
            let end = offset(text, range.end, encoding);
            text.replace_range(start.min(end)..start.max(end), &change.text);
        }
        None => text.clone_from(&change.text),
    }
}
