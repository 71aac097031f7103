//! Cursors in a test's text.

/// The mark of a cursor.
pub const CURSOR: char = '¦';

/// A text without its only cursor, and the cursor's place in bytes.
///
/// # Panics
///
/// If the text has no cursor, or several.
#[track_caller]
pub fn split_cursor(marked: &str) -> (String, usize) {
    let (text, cursors) = split_cursors(marked);
    let [cursor] = cursors[..] else { panic!("one cursor is needed, found {}: {marked}", cursors.len()) };
    (text, cursor)
}

/// A text without its cursors, and their places in bytes, ascending.
pub fn split_cursors(marked: &str) -> (String, Vec<usize>) {
    let places = marked.match_indices(CURSOR).enumerate().map(|(index, (at, _))| at - index * CURSOR.len_utf8()).collect();
    (marked.replace(CURSOR, ""), places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text_without_marks() {
        assert_eq!(split_cursors("é¦b¦"), ("éb".to_owned(), vec![2, 3]));
        assert_eq!(split_cursors("ab"), ("ab".to_owned(), vec![]));
        assert_eq!(split_cursor("a¦b"), ("ab".to_owned(), 1));
    }

    #[test]
    #[should_panic(expected = "one cursor is needed, found 2")]
    fn one_cursor_is_one() {
        split_cursor("¦¦");
    }
}
