//! What a scalar's source text means, and which source byte each decoded byte came from.

use std::borrow::Cow;
use std::ops::Range;

use crate::{Document, Flags, Kind, NodeId, Style, Tree};

mod hcl;
mod json;
mod yaml;

/// A decoded text and the way back to its source.
#[derive(Clone, Debug)]
pub struct Decoded<'t> {
    text: Cow<'t, str>,
    map: OffsetMap,
}

impl<'t> Decoded<'t> {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, given away.
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// From decoded bytes to source bytes and back.
    pub fn map(&self) -> &OffsetMap {
        &self.map
    }

    /// The source bytes of a range of decoded bytes.
    pub fn source_of(&self, range: Range<usize>) -> Range<usize> {
        self.map.to_source(range.start)..self.map.to_source(range.end)
    }

    /// Text that stands in the source as it is.
    pub(crate) fn plain(text: &'t str, at: usize) -> Decoded<'t> {
        let end = at + text.len();
        Decoded {
            text: Cow::Borrowed(text),
            map: OffsetMap {
                points: vec![Point { decoded: 0, source: at as u32 }],
                decoded_end: text.len() as u32,
                source_end: end as u32,
            },
        }
    }
}

/// A monotone map between the bytes of a decoded text and the bytes of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OffsetMap {
    /// Where runs begin in which both sides advance alike; never empty, both sides ascending.
    points: Vec<Point>,
    decoded_end: u32,
    source_end: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Point {
    decoded: u32,
    source: u32,
}

impl OffsetMap {
    /// The source byte at which the decoded byte begins; inside an escape, the escape's first byte.
    pub fn to_source(&self, decoded: usize) -> usize {
        if decoded >= self.decoded_end as usize {
            return self.source_end as usize;
        }
        let index = self.points.partition_point(|point| point.decoded as usize <= decoded).saturating_sub(1);
        let point = self.points[index];
        let limit = self.points.get(index + 1).map_or(self.source_end, |next| next.source) as usize;
        (point.source as usize + (decoded.saturating_sub(point.decoded as usize))).min(limit)
    }

    /// The decoded byte that a source byte belongs to.
    pub fn to_decoded(&self, source: usize) -> usize {
        let index = self.points.partition_point(|point| point.source as usize <= source).saturating_sub(1);
        let point = self.points[index];
        let ahead = source.min(self.source_end as usize).saturating_sub(point.source as usize);
        let decoded = point.decoded as usize + ahead;
        decoded.min(self.points.get(index + 1).map_or(self.decoded_end, |next| next.decoded) as usize)
    }

    /// This map followed by `outer`: where this one's source is itself decoded text.
    fn through(self, outer: &OffsetMap) -> OffsetMap {
        let mut points: Vec<Point> = Vec::with_capacity(self.points.len() + outer.points.len());
        let mut breaks: Vec<u32> = self.points.iter().map(|point| point.decoded).collect();
        breaks.extend(
            outer
                .points
                .iter()
                .filter(|point| point.decoded >= self.points[0].source)
                .map(|point| self.to_decoded(point.decoded as usize) as u32),
        );
        breaks.sort_unstable();
        breaks.dedup();
        for decoded in breaks {
            let source = outer.to_source(self.to_source(decoded as usize)) as u32;
            points.push(Point { decoded, source });
        }
        OffsetMap { points, decoded_end: self.decoded_end, source_end: outer.to_source(self.source_end as usize) as u32 }
    }
}

/// Collects decoded text piece by piece. Source offsets are bytes of the raw text plus the base.
pub(crate) struct Decoding<'t> {
    raw: &'t str,
    base: usize,
    text: String,
    points: Vec<Point>,
}

impl<'t> Decoding<'t> {
    /// Starts on a raw text that begins at byte `base` of its source.
    pub(crate) fn new(raw: &'t str, base: usize) -> Decoding<'t> {
        Decoding { raw, base, text: String::with_capacity(raw.len()), points: Vec::new() }
    }

    /// Takes over raw bytes as they are.
    pub(crate) fn copy(&mut self, raw: Range<usize>) {
        if let Some(text) = self.raw.get(raw.clone()).filter(|text| !text.is_empty()) {
            self.point(raw.start);
            self.text.push_str(text);
        }
    }

    /// Puts `text` for the raw bytes that begin at `raw`; what follows is told by the next call.
    pub(crate) fn put(&mut self, raw: usize, text: &str) {
        self.point(raw);
        self.text.push_str(text);
    }

    /// As [`Decoding::put`], for one character.
    pub(crate) fn put_char(&mut self, raw: usize, text: char) {
        self.point(raw);
        self.text.push(text);
    }

    /// The text with its map.
    pub(crate) fn finish(mut self) -> Decoded<'t> {
        if self.points.is_empty() {
            self.point(0);
        }
        let map = OffsetMap { points: self.points, decoded_end: self.text.len() as u32, source_end: (self.base + self.raw.len()) as u32 };
        Decoded { text: Cow::Owned(self.text), map }
    }

    fn point(&mut self, raw: usize) {
        let point = Point { decoded: self.text.len() as u32, source: (self.base + raw) as u32 };
        if self.points.last().is_some_and(|last| last.decoded == point.decoded) {
            self.points.pop();
        }
        self.points.push(point);
    }
}

/// Decodes raw text of one style; `base` is its first byte in the file.
pub(crate) fn style(style: Style, raw: &str, base: usize) -> Decoded<'_> {
    match style {
        Style::JsonString => json::string(raw, base),
        Style::HclString => hcl::string(raw, base),
        Style::Heredoc => hcl::heredoc(raw, base, false),
        Style::YamlPlain => yaml::plain(raw, base),
        Style::YamlSingle => yaml::single(raw, base),
        Style::YamlDouble => yaml::double(raw, base),
        Style::YamlLiteral | Style::YamlFolded => yaml::body(raw, base, style),
        Style::None | Style::Bare | Style::Expression => Decoded::plain(raw, base),
    }
}

/// Marks the nodes whose text certainly means what is written, letter by letter. Nearly all do and are asked for their text
/// again and again: looking for escapes each time took a tenth of an analysis.
pub(crate) fn mark_literals(tree: &mut Tree, text: &str) {
    for node in &mut tree.nodes {
        let raw = text.as_bytes().get(node.inner()).unwrap_or_default();
        let is_literal = match node.style {
            Style::None | Style::Bare | Style::Expression => true,
            Style::JsonString => lacks(raw, [b'\\']),
            Style::HclString => lacks(raw, [b'\\', b'{']),
            Style::YamlPlain => lacks(raw, [b'\n']),
            Style::YamlSingle => lacks(raw, [b'\n', b'\'']),
            Style::YamlDouble => lacks(raw, [b'\n', b'\\']),
            Style::Heredoc | Style::YamlLiteral | Style::YamlFolded => false,
        };
        let is_text = matches!(node.kind, Kind::Scalar | Kind::Key | Kind::Call | Kind::Alias);
        if is_text && is_literal && !node.flags.has(Flags::ESCAPED) {
            node.flags = node.flags.with(Flags::LITERAL);
        }
    }
}

/// Whether none of some bytes occurs. Texts are short, so going through all of it is quicker than a search that can stop.
fn lacks<const N: usize>(raw: &[u8], unwanted: [u8; N]) -> bool {
    !raw.iter().fold(false, |has, byte| has | unwanted.contains(byte))
}

/// Decodes a node of a document, through the strings around it where it lies in a nested document.
pub(crate) fn node(document: &Document, id: NodeId) -> Decoded<'_> {
    let tree = document.tree();
    let node = tree.node(id);
    let inner = node.inner();
    if !matches!(node.kind(), Kind::Scalar | Kind::Key | Kind::Call | Kind::Alias) {
        return Decoded::plain("", inner.start);
    }
    let raw = document.text().get(inner.clone()).unwrap_or("");
    if node.style() == Style::Heredoc {
        return hcl::heredoc(raw, inner.start, document.raw(id).starts_with("<<-"));
    }
    if matches!(node.style(), Style::YamlLiteral | Style::YamlFolded) {
        return yaml::block(document, id);
    }
    if !node.flags().has(Flags::ESCAPED) {
        return style(node.style(), raw, inner.start);
    }
    // The escapes of each string around the node apply to its text first, the outermost string's first of all. They work on
    // a part as on the whole, so only the node's own bytes are decoded.
    let mut styles: Vec<Style> = tree
        .ancestors(id)
        .filter(|&above| document.kind(above) == Kind::Scalar)
        .map(|above| tree.node(above).style())
        .filter(|style| style.is_quoted())
        .collect();
    styles.reverse();
    styles.push(node.style());
    let mut text = raw.to_owned();
    let mut map: Option<OffsetMap> = None;
    for layer in styles {
        let base = if map.is_none() { inner.start } else { 0 };
        let decoded = style(layer, &text, base);
        let next = match &map {
            None => decoded.map.clone(),
            Some(outer) => decoded.map.clone().through(outer),
        };
        text = decoded.into_text().into_owned();
        map = Some(next);
    }
    match map {
        Some(map) => Decoded { text: Cow::Owned(text), map },
        None => Decoded::plain(raw, inner.start),
    }
}

/// The first hole in a raw text: the byte of its `$`, `%` or `&`. `$${` and `%%{` are HCL's escapes and are none there.
pub(crate) fn first_hole(raw: &str, style: Style) -> Option<usize> {
    let bytes = raw.as_bytes();
    let is_template = matches!(style, Style::HclString | Style::Heredoc);
    memchr::memchr_iter(b'{', bytes).find_map(|brace| {
        let at = brace.checked_sub(1)?;
        let mark = bytes[at];
        let is_mark = mark == b'$' || mark == b'%' || (mark == b'&' && !is_template);
        let is_escaped = is_template && at > 0 && bytes[at - 1] == mark;
        (is_mark && !is_escaped).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_maps_back_to_its_first_byte() {
        let decoded = style(Style::JsonString, r"a\u003ab\n", 10);
        assert_eq!(decoded.text(), "a:b\n");
        assert_eq!(decoded.source_of(0..1), 10..11);
        assert_eq!(decoded.source_of(1..2), 11..17);
        assert_eq!(decoded.source_of(2..3), 17..18);
        assert_eq!(decoded.source_of(3..4), 18..20);
        for at in 0..=4 {
            assert_eq!(decoded.map().to_decoded(decoded.map().to_source(at)), at);
        }
        assert_eq!(decoded.map().to_decoded(13), 2, "inside the escape");
    }

    #[test]
    fn holes_are_found_and_escaped_ones_are_not() {
        assert_eq!(first_hole("a${b}", Style::HclString), Some(1));
        assert_eq!(first_hole("a$${b}", Style::HclString), None);
        assert_eq!(first_hole("a&{b}", Style::JsonString), Some(1));
        assert_eq!(first_hole("{}", Style::JsonString), None);
    }
}
