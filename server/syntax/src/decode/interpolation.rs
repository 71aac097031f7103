//! Interpolations: parts of a text that are only known at run time, `${…}`, `%{…}` and `&{…}`.

use std::borrow::Cow;

use crate::tree::ScalarStyle;

/// The first interpolation in a raw text: the byte of its `$`, `%` or `&`. `$${` and `%%{` are escapes in HCL, not interpolations.
pub(crate) fn first_interpolation(raw: &str, style: ScalarStyle) -> Option<usize> {
    let bytes = raw.as_bytes();
    let is_template = matches!(style, ScalarStyle::HclString | ScalarStyle::Heredoc);
    memchr::memchr_iter(b'{', bytes).find_map(|brace| {
        let at = brace.checked_sub(1)?;
        let mark = bytes[at];
        let is_mark = mark == b'$' || mark == b'%' || (mark == b'&' && !is_template);
        let is_escaped = is_template && at > 0 && bytes[at - 1] == mark;
        (is_mark && !is_escaped).then_some(at)
    })
}

/// The text with every interpolation replaced by digits, byte for byte, so that quotes and brackets in it are not read, and JSON
/// takes it as a value.
pub(crate) fn mask_interpolations(text: &str, style: ScalarStyle) -> Cow<'_, str> {
    if first_interpolation(text, style).is_none() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(start) = first_interpolation(&text[at..], style).map(|ahead| at + ahead) {
        let end = end_on_line(text, start);
        bytes[start..end].fill(b'1');
        at = end;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The byte after the interpolation that begins at `start`. One that is not closed on its line ends before the first quote,
/// comma or bracket on that line, or with the line.
fn end_on_line(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut in_string = false;
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => break,
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    let line_end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |ahead| start + ahead);
    memchr::memchr3(b'"', b',', b']', &bytes[start..line_end]).map_or(line_end, |ahead| start + ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolations_are_found_and_escaped_ones_are_not() {
        assert_eq!(first_interpolation("a${b}", ScalarStyle::HclString), Some(1));
        assert_eq!(first_interpolation("a$${b}", ScalarStyle::HclString), None);
        assert_eq!(first_interpolation("a&{b}", ScalarStyle::JsonString), Some(1));
        assert_eq!(first_interpolation("{}", ScalarStyle::JsonString), None);
    }
}
