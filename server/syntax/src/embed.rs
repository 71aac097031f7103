//! JSON documents inside strings: read in place where the source shows the text as it is, through the offset map where it
//! carries escapes.

use std::borrow::Cow;
use std::ops::Range;

use crate::readers::json;
use crate::{Builder, Flags, Kind, Style, Tree, decode};

/// How many strings deep documents are looked for.
const MAX_NESTING: usize = 3;

/// Adds a scalar, with the JSON document that its text holds as a child where it holds one.
/// `nesting` is how many strings lie around the text that is being read.
pub(crate) fn scalar(
    builder: &mut Builder,
    text: &str,
    style: Style,
    range: Range<usize>,
    inner: Range<usize>,
    flags: Flags,
    nesting: usize,
) {
    let raw = text.get(inner.clone()).unwrap_or("");
    if nesting >= MAX_NESTING || !looks_like_json(raw, style) {
        builder.leaf(Kind::Scalar, style, range, inner, flags);
        return;
    }
    let in_place = style.is_block() || !decode_changes(raw, style);
    let (tree, map) = if in_place {
        (json::read_nested(&mask_holes(raw, style), nesting + 1), None)
    } else {
        let decoded = decode::style(style, raw, inner.start);
        (json::read_nested(&mask_holes(decoded.text(), Style::HclString), nesting + 1), Some(decoded))
    };
    if !holds_document(&tree) {
        builder.leaf(Kind::Scalar, style, range, inner, flags);
        return;
    }
    let end = range.end;
    let inner_end = inner.end;
    let base = inner.start as u32;
    builder.open_scalar(style, range, inner, flags);
    match map {
        None => builder.graft(&tree, Flags::default(), |offset| base + offset),
        Some(decoded) => builder.graft(&tree, Flags::ESCAPED, |offset| decoded.map().to_source(offset as usize) as u32),
    }
    builder.close(inner_end, end);
}

/// A cheap look before any reading: a bracket in front, and a string somewhere.
fn looks_like_json(raw: &str, style: Style) -> bool {
    // Nearly every string says no with its first byte.
    if raw.as_bytes().first().is_none_or(|first| first.is_ascii_alphanumeric()) {
        return false;
    }
    let start = raw.trim_start().trim_start_matches("\\n").trim_start();
    if raw.len() < 4 || !(start.starts_with('{') || start.starts_with('[')) {
        return false;
    }
    match style {
        Style::JsonString | Style::HclString | Style::YamlDouble => memchr::memmem::find(raw.as_bytes(), b"\\\"").is_some(),
        Style::YamlSingle => memchr::memchr(b'"', raw.as_bytes()).is_some(),
        Style::Heredoc | Style::YamlLiteral | Style::YamlFolded => memchr::memchr(b'"', raw.as_bytes()).is_some(),
        Style::None | Style::Bare | Style::Expression | Style::YamlPlain => false,
    }
}

/// Whether the escapes of the style occur in the text at all.
fn decode_changes(raw: &str, style: Style) -> bool {
    match style {
        Style::YamlSingle => raw.contains("''") || raw.contains('\n'),
        _ => true,
    }
}

/// A nested text counts as a document if something was read from it: `[optional]` in prose is none.
fn holds_document(tree: &Tree) -> bool {
    tree.nodes().iter().any(|node| node.kind() == Kind::Key || (node.kind() == Kind::Scalar && node.style() == Style::JsonString))
}

/// The text with every template hole replaced by letters, byte for byte, so that quotes and brackets in holes are not read.
fn mask_holes(text: &str, style: Style) -> Cow<'_, str> {
    if decode::first_hole(text, style).is_none() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(start) = decode::first_hole(&text[at..], style).map(|ahead| at + ahead) {
        let end = hole_end(text, start);
        bytes[start..end].fill(b'x');
        at = end;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The byte after the hole that begins at `start`. A hole that does not close on its line ends before the line's first
/// quote or bracket that could not be part of it, at the latest with the line.
fn hole_end(text: &str, start: usize) -> usize {
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
    let line_end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |ahead| start + ahead);
    memchr::memchr3(b'"', b',', b']', &bytes[start..line_end]).map_or(line_end, |ahead| start + ahead)
}
