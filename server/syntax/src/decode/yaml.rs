//! YAML scalars: line folding, escapes, and the bodies of block scalars.

use std::ops::Range;

use super::offset_map::{Decoded, Decoding};
use crate::tree::{NodeId, NodeKind, ScalarStyle, Tree};

/// A plain scalar: only its line breaks change.
pub(super) fn plain(raw: &str, base: usize) -> Decoded<'_> {
    match memchr::memchr(b'\n', raw.as_bytes()) {
        None => Decoded::plain(raw, base),
        Some(_) => fold(raw, base, ScalarStyle::YamlPlain),
    }
}

/// A scalar in single quotes, where `''` stands for one.
pub(super) fn single(raw: &str, base: usize) -> Decoded<'_> {
    match memchr::memchr2(b'\n', b'\'', raw.as_bytes()) {
        None => Decoded::plain(raw, base),
        Some(_) => fold(raw, base, ScalarStyle::YamlSingle),
    }
}

/// A scalar in double quotes. A wrong escape is kept as it is, so that incomplete text keeps its meaning.
pub(super) fn double(raw: &str, base: usize) -> Decoded<'_> {
    match memchr::memchr2(b'\n', b'\\', raw.as_bytes()) {
        None => Decoded::plain(raw, base),
        Some(_) => fold(raw, base, ScalarStyle::YamlDouble),
    }
}

/// A block scalar's body on its own, without its header.
pub(super) fn body(raw: &str, base: usize, style: ScalarStyle) -> Decoded<'_> {
    Body { raw, base, style, width: None, chomping: Chomping::Clip }.decode()
}

/// A block scalar of a text's tree.
pub(super) fn block<'t>(tree: &Tree, text: &'t str, id: NodeId) -> Decoded<'t> {
    let node = tree.node(id);
    let (range, inner) = (node.range(), node.inner());
    let raw = text.get(inner.clone()).unwrap_or("");
    let header = text.get(range.start..inner.start).unwrap_or("");
    if !header.ends_with('\n') {
        return Decoded::plain(raw, inner.start);
    }
    let marks = &header[1..];
    let marks = &marks[..marks.bytes().position(|byte| !matches!(byte, b'1'..=b'9' | b'+' | b'-')).unwrap_or(0)];
    let chomping = match marks.bytes().rfind(|byte| matches!(byte, b'+' | b'-')) {
        Some(b'+') => Chomping::Keep,
        Some(_) => Chomping::Strip,
        None => Chomping::Clip,
    };
    let digit = marks.bytes().find(u8::is_ascii_digit);
    let width = digit.map(|digit| indent_around(tree, text, id) + usize::from(digit - b'0'));
    Body { raw, base: inner.start, style: node.style(), width, chomping }.decode()
}

/// The column of the map or sequence around a scalar, which an indentation indicator counts from.
fn indent_around(tree: &Tree, text: &str, id: NodeId) -> usize {
    let around = tree.ancestors(id).find(|&above| tree.node(above).kind() != NodeKind::Call);
    match around.filter(|&above| above != NodeId::STREAM) {
        Some(above) => {
            let start = tree.node(above).range().start;
            let line = memchr::memrchr(b'\n', &text.as_bytes()[..start]).map_or(0, |newline| newline + 1);
            start - line
        }
        None => 0,
    }
}

/// What happens to the line breaks at a block scalar's end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Clip,
    Strip,
    Keep,
}

/// The lines of a block scalar.
struct Body<'t> {
    raw: &'t str,
    base: usize,
    style: ScalarStyle,
    /// The indentation, if the header sets it.
    width: Option<usize>,
    chomping: Chomping,
}

impl<'t> Body<'t> {
    fn decode(self) -> Decoded<'t> {
        let spaces = |line: &str| line.bytes().take_while(|&byte| byte == b' ').count();
        let first = self.raw.lines().find(|line| !line.trim_matches([' ', '\r']).is_empty());
        let width = self.width.unwrap_or_else(|| first.map_or(usize::MAX, spaces));
        let mut out = Decoding::new(self.raw, self.base);
        let mut before: Option<Before> = None;
        let mut breaks: Vec<usize> = Vec::new();
        let mut start = 0;
        for line in self.raw.split('\n') {
            let text = line.strip_suffix('\r').unwrap_or(line);
            let indent = spaces(text).min(width);
            let range = start + indent..start + text.len();
            if !range.is_empty() {
                let is_deeper = matches!(self.raw.as_bytes()[range.start], b' ' | b'\t');
                let is_folded = self.style == ScalarStyle::YamlFolded && !is_deeper && before.is_some_and(|before| !before.is_deeper);
                match (is_folded, breaks.as_slice()) {
                    (true, &[only]) => out.put(only, " "),
                    (true, [_, rest @ ..]) => rest.iter().for_each(|&at| out.put(at, "\n")),
                    (_, all) => all.iter().for_each(|&at| out.put(at, "\n")),
                }
                breaks.clear();
                out.copy(range.clone());
                before = Some(Before { is_deeper });
            }
            breaks.push(start + text.len());
            start += line.len() + 1;
        }
        match self.chomping {
            Chomping::Keep => breaks.iter().for_each(|&at| out.put(at, "\n")),
            Chomping::Clip if before.is_some() => breaks.iter().take(1).for_each(|&at| out.put(at, "\n")),
            _ => {}
        }
        out.finish()
    }
}

/// The text line before the current one.
#[derive(Clone, Copy)]
struct Before {
    /// It is indented deeper than the body, so its line break stays.
    is_deeper: bool,
}

/// Resolves line breaks and the escapes of a style. White space around a break is dropped.
fn fold(raw: &str, base: usize, style: ScalarStyle) -> Decoded<'_> {
    let bytes = raw.as_bytes();
    let mut out = Decoding::new(raw, base);
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' => {
                let (end, breaks) = white_space(bytes, at);
                if breaks > 0 {
                    out.copy(copied..at);
                    let text = if breaks == 1 { " ".to_owned() } else { "\n".repeat(breaks - 1) };
                    out.put(at, &text);
                    copied = end;
                }
                at = end;
            }
            b'\'' if style == ScalarStyle::YamlSingle && bytes.get(at + 1) == Some(&b'\'') => {
                out.copy(copied..at);
                out.put(at, "'");
                at += 2;
                copied = at;
            }
            b'\\' if style == ScalarStyle::YamlDouble => {
                out.copy(copied..at);
                (copied, at) = double_escape(raw, at, &mut out);
            }
            _ => at += 1,
        }
    }
    out.copy(copied..bytes.len());
    out.finish()
}

/// The end of a run of white space, and how many lines break in it.
fn white_space(bytes: &[u8], start: usize) -> (usize, usize) {
    let run = &bytes[start..];
    let len = run.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
    (start + len, memchr::memchr_iter(b'\n', &run[..len]).count())
}

/// Resolves the escape at `at`; returns the byte up to which the source was decoded, and the byte at which reading continues.
fn double_escape(raw: &str, at: usize, out: &mut Decoding<'_>) -> (usize, usize) {
    let bytes = raw.as_bytes();
    let after = |len: usize| (at + len, at + len);
    let break_len = match &bytes[at + 1..] {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        _ => 0,
    };
    if break_len > 0 {
        // An escaped line break joins the lines; blank lines after it still count.
        let (end, breaks) = white_space(bytes, at + 1 + break_len);
        if breaks > 0 {
            out.put(at, &"\n".repeat(breaks));
        }
        return (end, end);
    }
    let Some(mark) = raw[at + 1..].chars().next() else { return (at, at + 1) };
    let digits = match mark {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => {
            return match simple_escape(mark) {
                Some(text) => {
                    out.put_char(at, text);
                    after(1 + mark.len_utf8())
                }
                None => (at, at + 1 + mark.len_utf8()),
            };
        }
    };
    let Some(code) = hex(raw, at + 2..at + 2 + digits) else { return (at, at + 2) };
    if (0xd800..0xdc00).contains(&code)
        && raw.get(at + 6..at + 8) == Some("\\u")
        && let Some(low) = hex(raw, at + 8..at + 12).filter(|low| (0xdc00..0xe000).contains(low))
    {
        // A surrogate pair as in JSON, which YAML readers accept too.
        out.put_char(at, char::from_u32(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)).unwrap_or('\u{fffd}'));
        return after(12);
    }
    out.put_char(at, char::from_u32(code).unwrap_or('\u{fffd}'));
    after(2 + digits)
}

fn simple_escape(mark: char) -> Option<char> {
    Some(match mark {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => mark,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        _ => return None,
    })
}

fn hex(raw: &str, range: Range<usize>) -> Option<u32> {
    let digits = raw.get(range)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}
