//! A client's edits, made in a rope.

use ropey::Rope;
use tower_lsp::lsp_types::TextDocumentContentChangeEvent;

use crate::positions::{self, Encoding};

/// Makes one change; a range that is not there is clamped to what is.
pub(crate) fn apply(rope: &mut Rope, change: &TextDocumentContentChangeEvent, encoding: Encoding) {
    match change.range {
        Some(range) => {
            let range = positions::char_range(rope, range, encoding);
            rope.remove(range.clone());
            rope.insert(range.start, &change.text);
        }
        None => *rope = Rope::from_str(&change.text),
    }
}
