//! Source text without what the checks must not see: comments, text in quotes, and parts that are compiled for tests only.

use std::ops::Range;

/// A Rust source file of a crate.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path below the crate's `src`, with `/`: `completion/actions.rs`.
    pub path: String,
    /// The modules that lead to it: `["completion", "actions"]`; empty for `lib.rs` and `main.rs`.
    pub module: Vec<String>,
    /// Its code; what stands in comments, in quotes and in test parts is blank, so that offsets stay those of the file.
    pub code: String,
    /// Its code with what stands in quotes.
    pub quoted: String,
    /// The modules that it declares for tests only.
    pub test_children: Vec<String>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let (mut code, mut quoted) = (blank(text, true), blank(text, false));
        let mut test_children = Vec::new();
        while let Some(range) = test_item(&code) {
            test_children.extend(declared(&code[range.clone()]));
            for view in [&mut code, &mut quoted] {
                let spaces: String = view[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
                view.replace_range(range.clone(), &spaces);
            }
        }
        let mut module: Vec<String> = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod") || matches!(path, "lib.rs" | "main.rs") {
            module.pop();
        }
        Source { path: path.to_owned(), module, test_children, code, quoted }
    }

    /// The line of an offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.code[..offset].matches('\n').count() + 1
    }
}

/// Blanks comments, and what stands in quotes if that is wanted. Every byte but line ends becomes a space.
fn blank(text: &str, with_quoted: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut hide = |range: Range<usize>| out[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let end = if rest.starts_with("//") {
            let end = at + rest.find('\n').unwrap_or(rest.len());
            hide(at..end);
            end
        } else if rest.starts_with("/*") {
            let end = at + comment_length(rest);
            hide(at..end);
            end
        } else if let Some((open, length)) = string_length(rest).filter(|_| !follows_word(bytes, at)) {
            if with_quoted {
                // The quotes stay.
                hide(at + open..at + length.saturating_sub(1).max(open));
            }
            at + length
        } else {
            at + rest.chars().next().map_or(1, char::len_utf8)
        };
        at = end;
    }
    String::from_utf8(out).expect("whole characters are blanked")
}

fn follows_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_') && bytes[at] != b'"'
}

fn comment_length(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// The length of what opens the string or character that a text begins with, and of the whole.
fn string_length(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let prefix = if text.starts_with("br") || text.starts_with("cr") { 2 } else { usize::from(matches!(bytes[0], b'b' | b'r' | b'c')) };
    let is_raw = text[..prefix].contains('r');
    let hashes = if is_raw { bytes[prefix..].iter().take_while(|byte| **byte == b'#').count() } else { 0 };
    let open = prefix + hashes + 1;
    match bytes.get(open - 1)? {
        b'"' if is_raw => {
            let close = format!("\"{}", "#".repeat(hashes));
            Some((open, open + text[open..].find(&close).map_or(text.len() - open, |at| at + close.len())))
        }
        b'"' => Some((open, open + quote_length(&bytes[open..], b'"'))),
        // A character, not a lifetime: it closes behind one character or an escape.
        b'\'' if !is_raw => {
            let mut chars = text[open..].char_indices();
            match chars.next()?.1 {
                '\\' => Some((open, open + quote_length(&bytes[open..], b'\''))),
                _ => chars.next().filter(|(_, next)| *next == '\'').map(|(at, _)| (open, open + at + 1)),
            }
        }
        _ => None,
    }
}

/// The length up to and with the closing quote.
fn quote_length(bytes: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The first item below `#[cfg(test)]`, the attribute included.
fn test_item(code: &str) -> Option<Range<usize>> {
    let start = code.find("#[cfg(test)]")?;
    let bytes = code.as_bytes();
    let mut at = start + "#[cfg(test)]".len();
    // Other attributes.
    while code[at..].trim_start().starts_with("#[") {
        at += code[at..].find(']')? + 1;
    }
    let word = code[at..].trim_start().trim_start_matches("pub").trim_start();
    let ends_with_sign = ["use ", "const ", "static ", "type "].iter().any(|keyword| word.starts_with(keyword));
    let mut depth = 0;
    for (index, byte) in bytes.iter().enumerate().skip(at) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => {
                depth -= 1;
                if depth < 0 {
                    return Some(start..index);
                }
                if depth == 0 && *byte == b'}' && !ends_with_sign {
                    return Some(start..index + 1);
                }
            }
            b';' if depth == 0 => return Some(start..index + 1),
            // A field or an arm.
            b',' if depth == 0 => return Some(start..index + 1),
            _ => {}
        }
    }
    Some(start..code.len())
}

/// The modules of their own files that code declares.
fn declared(code: &str) -> Vec<String> {
    let words = code.split_inclusive(';').filter_map(|part| part.strip_suffix(';'));
    let names = words.filter_map(|part| part.rsplit_once("mod ").filter(|(before, _)| !before.ends_with(char::is_alphanumeric)));
    let names = names.map(|(_, name)| name.trim()).filter(|name| !name.is_empty());
    names.filter(|name| name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')).map(str::to_owned).collect()
}

#[test]
fn comments_quotes_and_tests_are_blank() {
    let text = r##"
//! crate::doc
use crate::a::B; // crate::comment
/* crate::block /* nested */ */
const QUOTE: (&str, char, &str) = ("crate::\"text", '"', r#"crate::"raw""#);
fn f<'a>(x: &'a str) { x.split('\'') }
#[cfg(test)]
#[allow(unused)]
mod tests;
#[cfg(test)]
mod more { use crate::c::D; }
#[cfg(test)]
pub use crate::{e, f};
struct S { #[cfg(test)] field: crate::g::H, other: crate::i::J }
mod child;
"##;
    let source = Source::new("a/b.rs", text);
    assert_eq!(source.code.matches("crate::").count(), 2, "{}", source.code);
    assert_eq!(source.quoted.matches("crate::").count(), 4, "{}", source.quoted);
    assert_eq!(source.code.len(), text.len());
    assert_eq!(source.test_children, ["tests"]);
    assert_eq!(source.module, ["a", "b"]);
    assert!(Source::new("lib.rs", "").module.is_empty());
    assert_eq!(Source::new("a/mod.rs", "").module, ["a"]);
}
