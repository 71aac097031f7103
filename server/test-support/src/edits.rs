//! Edits in a text.

use std::ops::Range;

use crate::positions::{Position, offset_at};

/// A text with edits made in it. Ranges are bytes of the text before; the edits ascend and do not overlap.
///
/// # Panics
///
/// If edits overlap, do not ascend, end behind the text or cut a character in half.
#[track_caller]
pub fn apply_edits<T: AsRef<str>>(text: &str, edits: impl IntoIterator<Item = (Range<usize>, T)>) -> String {
    let (mut changed, mut from) = (String::with_capacity(text.len()), 0);
    for (range, new_text) in edits {
        assert!(
            from <= range.start && range.start <= range.end,
            "the edit of {range:?} begins before the end of the one before it: {from}"
        );
        changed.push_str(&text[from..range.start]);
        changed.push_str(new_text.as_ref());
        from = range.end;
    }
    changed + &text[from..]
}

/// A text with the edits of a language server made in it: each has its start, its end, and the text that replaces what is
/// between. All are places of the text before, in any order.
///
/// # Panics
///
/// If edits overlap.
#[track_caller]
pub fn apply_utf16_edits<T: AsRef<str>>(text: &str, edits: impl IntoIterator<Item = ([Position; 2], T)>) -> String {
    let edits = edits.into_iter().map(|([start, end], new_text)| (offset_at(text, start)..offset_at(text, end), new_text));
    let mut edits: Vec<_> = edits.collect();
    // Insertions at one place keep their order, as the protocol wants it.
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    apply_edits(text, edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_the_text_before() {
        assert_eq!(apply_edits("abcdef", [(0..1, "x"), (1..1, "long"), (4..6, "")]), "xlongbcd");
        assert_eq!(apply_edits("abc", [(0..0, ""); 0]), "abc");
    }

    #[test]
    #[should_panic(expected = "the edit of 1..2 begins before the end of the one before it: 3")]
    fn overlapping_edits_are_no_fix() {
        apply_edits("abc", [(0..3, ""), (1..2, "")]);
    }

    #[test]
    fn an_editors_edits_count_utf16_units_and_come_in_any_order() {
        let edits = [([(1, 1), (1, 1)], "!"), ([(0, 2), (0, 3)], "y"), ([(1, 1), (1, 1)], "?")];
        assert_eq!(apply_utf16_edits("😀x\r\nz", edits), "😀y\r\nz!?");
    }
}
