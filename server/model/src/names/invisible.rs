//! Characters that cannot be seen, which come into names by copying from web pages and documents.

use std::borrow::Cow;

/// Whether a character has no shape of its own, or looks like a plain space and is not one.
pub fn is_invisible(letter: char) -> bool {
    let is_formatting = matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}');
    is_formatting || (letter.is_whitespace() && !letter.is_ascii()) || (letter.is_control() && !matches!(letter, '\t' | '\n' | '\r'))
}

/// A text without invisible characters and white space.
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|&letter| !letter.is_whitespace() && !is_invisible(letter)).collect()
}

/// The code point of a character: `U+200B`.
pub fn code_point(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// A text with the code points of invisible characters in their place: `List<U+200B>Users`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let shown = |letter: char| if is_invisible(letter) { format!("<{}>", code_point(letter)) } else { letter.to_string() };
    Cow::Owned(text.chars().map(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_told_from_letters_and_spaces() {
        for letter in ['\u{200b}', '\u{a0}', '\u{feff}', '\u{ad}', '\u{202e}', '\u{0}', '\u{3000}', '\u{7f}'] {
            assert!(is_invisible(letter), "{letter:?}");
        }
        for letter in ['a', 'é', ' ', '\t', '\n', '中', '😀', '·'] {
            assert!(!is_invisible(letter), "{letter:?}");
        }
        assert_eq!(visible("List\u{200b}Users\u{a0}é"), "List<U+200B>Users<U+00A0>é");
        assert_eq!(without_blanks("connect: List\u{200b}Users\u{a0}"), "connect:ListUsers");
    }
}
