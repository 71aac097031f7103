//! What an editor makes of a snippet.

use std::ops::Range;

/// A snippet as it stands in a document, with its tab stops in the order in which they are reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expanded {
    /// The text, with what stands at the stops.
    pub text: String,
    /// The stops, in bytes of the text. One that occurs several times is reached at its first place.
    pub stops: Vec<Range<usize>>,
}

/// Expands a snippet of LSP. Lines after the first get `indent`, the white space of the line that the snippet is written in,
/// as in VS Code, Neovim and Helix.
pub fn expand_snippet(snippet: &str, indent: &str) -> Expanded {
    let mut text = String::new();
    let mut stops: Vec<(usize, Range<usize>)> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut letters = snippet.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(|next| matches!(next, '$' | '}' | '\\')) => text.extend(letters.next()),
            '$' if letters.peek().is_some_and(|next| next.is_ascii_digit() || *next == '{') => {
                let has_brace = letters.next_if_eq(&'{').is_some();
                let mut number = 0;
                while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                    number = 10 * number + digit.to_digit(10).expect("a digit") as usize;
                }
                let start = text.len();
                if !has_brace {
                    stops.push((number, start..start));
                } else if letters.next_if_eq(&':').is_some() {
                    open.push((number, start));
                } else if letters.next_if_eq(&'|').is_some() {
                    // The first choice stands there.
                    let choices: String = letters.by_ref().take_while(|letter| *letter != '|').collect();
                    text.push_str(choices.split(',').next().unwrap_or(""));
                    stops.push((number, start..text.len()));
                    letters.next_if_eq(&'}');
                } else {
                    stops.push((number, start..start));
                    letters.next_if_eq(&'}');
                }
            }
            '}' if !open.is_empty() => {
                let (number, start) = open.pop().expect("an open stop");
                stops.push((number, start..text.len()));
            }
            '\n' => {
                text.push('\n');
                let is_blank = matches!(letters.peek(), Some('\n' | '\r'));
                text.push_str(if is_blank { "" } else { indent });
            }
            letter => text.push(letter),
        }
    }
    // The stop 0 comes last.
    stops.sort_by_key(|(number, range)| (if *number == 0 { usize::MAX } else { *number }, range.start));
    stops.dedup_by_key(|(number, _)| *number);
    Expanded { text, stops: stops.into_iter().map(|(_, range)| range).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_found_in_their_order() {
        let expanded = expand_snippet("a: ${2:b \\$c\\}}\n  ${1|x,y|} $3", "  ");
        assert_eq!(expanded.text, "a: b $c}\n    x ");
        assert_eq!(expanded.stops, [13..14, 3..8, 15..15]);
    }
}
