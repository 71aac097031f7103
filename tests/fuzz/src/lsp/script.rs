//! Edits of a client, wrong ones included, against a plain string that is changed by the letter of the specification.

use connect_policy_project::LineIndex;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use ropey::Rope;
use tower_lsp::lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use super::{edits, model};
use crate::positions::{self, Encoding};

/// A text and what is done to it.
#[derive(Arbitrary, Debug)]
pub struct Script<'t> {
    start: &'t str,
    has_bytes: bool,
    changes: Vec<Change<'t>>,
}

#[derive(Arbitrary, Debug)]
struct Change<'t> {
    range: Option<(Place, Place)>,
    text: &'t str,
}

#[derive(Arbitrary, Debug)]
struct Place {
    line: u8,
    character: Option<u8>,
}

impl Place {
    fn position(&self) -> Position {
        Position { line: u32::from(self.line), character: self.character.map_or(u32::MAX, u32::from) }
    }
}

/// Makes the changes in a rope and in a string: both must be the same text all along, with the same lines and places.
pub fn edits_follow_the_specification(script: &Script<'_>) {
    let encoding = if script.has_bytes { Encoding::Utf8 } else { Encoding::Utf16 };
    let mut rope = Rope::from_str(script.start);
    let mut text = script.start.to_owned();
    for Change { range, text: new_text } in script.changes.iter().take(64) {
        let range = range.as_ref().map(|(start, end)| Range { start: start.position(), end: end.position() });
        let change = TextDocumentContentChangeEvent { range, range_length: None, text: (*new_text).to_owned() };
        edits::apply(&mut rope, &change, encoding);
        model::edit(&mut text, &change, encoding);
        assert_eq!(rope, text.as_str());
        let lines = LineIndex::new(&text);
        assert_eq!(lines.count(), rope.len_lines());
        for place in range.iter().flat_map(|range| [range.start, range.end]) {
            let offset = positions::offset(&text, &lines, place, encoding);
            assert_eq!(offset, model::offset(&text, place, encoding));
            let back = positions::position(&text, &lines, offset, encoding);
            assert_eq!(positions::offset(&text, &lines, back, encoding), offset);
        }
    }
}
