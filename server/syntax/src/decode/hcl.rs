//! HCL templates and heredocs. Interpolations (`${…}`, `%{…}`) are kept as they are.

use super::offset_map::{Decoded, Decoding};
use crate::readers::hcl::interpolation::interpolation_end;

/// A quoted template. A wrong escape is kept as it is, so that incomplete text keeps its meaning.
pub(super) fn string(raw: &str, base: usize) -> Decoded<'_> {
    if memchr::memchr2(b'\\', b'{', raw.as_bytes()).is_none() {
        return Decoded::plain(raw, base);
    }
    template(raw, base, true, &[])
}

/// A heredoc's body. With `<<-` (`is_indented`) the white space that all its lines begin with is left out.
pub(super) fn heredoc(raw: &str, base: usize, is_indented: bool) -> Decoded<'_> {
    let margins = if is_indented { margins(raw) } else { Vec::new() };
    if margins.is_empty() && memchr::memchr(b'{', raw.as_bytes()).is_none() {
        return Decoded::plain(raw, base);
    }
    template(raw, base, false, &margins)
}

/// Decodes raw text, without the bytes of `margins`. The text is borrowed if nothing changes.
fn template<'t>(raw: &'t str, base: usize, has_escapes: bool, margins: &[(usize, usize)]) -> Decoded<'t> {
    let bytes = raw.as_bytes();
    let mut out: Option<Decoding<'t>> = None;
    let mut margins = margins.iter().copied().peekable();
    let mut seeks_interpolations = true;
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        let (len, text) = match bytes[at] {
            _ if margins.peek().is_some_and(|&(start, _)| start <= at) => {
                let (start, end) = margins.next().unwrap_or((at, at));
                if start < at {
                    continue;
                }
                (end - start, Some(None))
            }
            b'\\' if has_escapes => match escape(&raw[at..]) {
                (len, Some(text)) => (len, Some(Some(text))),
                (len, None) => (len, None),
            },
            mark @ (b'$' | b'%') if bytes.get(at + 1) == Some(&mark) && bytes.get(at + 2) == Some(&b'{') => (2, Some(Some(mark as char))),
            b'$' | b'%' if bytes.get(at + 1) == Some(&b'{') && seeks_interpolations => match interpolation_end(bytes, at) {
                Ok(end) => (end - at, None),
                Err(_) => {
                    // A second search would look at the same text again.
                    seeks_interpolations = false;
                    (2, None)
                }
            },
            _ => (1, None),
        };
        if let Some(text) = text {
            let out = out.get_or_insert_with(|| Decoding::new(raw, base));
            out.copy(copied..at);
            if let Some(text) = text {
                out.put_char(at, text);
            }
            copied = at + len;
        }
        at += len;
    }
    match out {
        None => Decoded::plain(raw, base),
        Some(mut out) => {
            out.copy(copied..bytes.len());
            out.finish()
        }
    }
}

/// The length of the escape at the front, and the character that it stands for.
fn escape(raw: &str) -> (usize, Option<char>) {
    let mark = raw[1..].chars().next();
    let simple = match mark {
        Some(mark @ ('"' | '\\')) => Some(mark),
        Some('n') => Some('\n'),
        Some('r') => Some('\r'),
        Some('t') => Some('\t'),
        _ => None,
    };
    let digits = match mark {
        Some('u') => 4,
        Some('U') => 8,
        _ => return if simple.is_some() { (2, simple) } else { (1, None) },
    };
    let code = raw.get(2..2 + digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    match code.and_then(|code| u32::from_str_radix(code, 16).ok()) {
        // A surrogate names no character.
        Some(code) => (2 + digits, Some(char::from_u32(code).unwrap_or('\u{fffd}'))),
        None => (1, None),
    }
}

/// The bytes in front of each line that `<<-` leaves out: as many characters of white space as all lines but blank ones
/// begin with.
fn margins(raw: &str) -> Vec<(usize, usize)> {
    let indent = |line: &str| line.chars().take_while(|space| space.is_whitespace()).count();
    let lines = || raw.split_inclusive('\n').filter(|line| !line.trim().is_empty());
    let common = lines().map(indent).min().unwrap_or(0);
    if common == 0 {
        return Vec::new();
    }
    let mut start = 0;
    let mut margins = Vec::new();
    for line in raw.split_inclusive('\n') {
        if !line.trim().is_empty() {
            let len: usize = line.chars().take(common).map(char::len_utf8).sum();
            margins.push((start, start + len));
        }
        start += line.len();
    }
    margins
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn escapes_are_resolved_and_holes_are_kept() {
        let decoded = string(r#"a\"b\\\u00e4\U0001f600$${x}%%{y}${join("\n", z)}\q"#, 10);
        assert_eq!(decoded.text(), "a\"b\\ä😀${x}%{y}${join(\"\\n\", z)}\\q");
        assert_eq!(decoded.source_of(1..2), 11..13, "an escape");
        let interpolation = decoded.text().find("${join").expect("the interpolation");
        assert_eq!(decoded.map().to_source(interpolation), 10 + r#"a\"b\\\u00e4\U0001f600$${x}%%{y}"#.len());
    }

    #[test]
    fn text_without_escapes_is_borrowed() {
        for text in ["connect:ListUsers", "${var.a}/*", "{ }", "arn:${x[\"k\"]}"] {
            assert!(matches!(string(text, 0).into_text(), Cow::Borrowed(_)), "{text}");
            assert!(matches!(heredoc(text, 0, true).into_text(), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn an_indented_heredoc_loses_its_margin() {
        let decoded = heredoc("    {\n\n      \"a\": \"$${b}\\n\"\n    }\n", 100, true);
        assert_eq!(decoded.text(), "{\n\n  \"a\": \"${b}\\n\"\n}\n");
        assert_eq!(decoded.map().to_source(0), 104);
        assert_eq!(decoded.map().to_source(3), 111, "behind the second line's margin");
        assert_eq!(heredoc("  a\n", 0, false).text(), "  a\n");
    }
}
