//! A decoded text, and which source byte each of its bytes came from.

use std::borrow::Cow;
use std::ops::Range;

/// A decoded text and the way back to its source.
#[derive(Clone, Debug)]
pub struct Decoded<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) map: OffsetMap,
}

impl<'t> Decoded<'t> {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text without its map.
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// The map from decoded bytes to source bytes and back.
    pub fn map(&self) -> &OffsetMap {
        &self.map
    }

    /// The source bytes of a range of decoded bytes.
    pub fn source_of(&self, range: Range<usize>) -> Range<usize> {
        self.map.to_source(range.start)..self.map.to_source(range.end)
    }

    /// Text without escapes that begins at byte `at` of the source.
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
    /// The starts of runs in which both sides advance byte for byte; never empty, both sides ascending.
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

    /// This map followed by `outer`, for a source that is itself decoded text.
    pub(super) fn through(self, outer: &OffsetMap) -> OffsetMap {
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

/// Collects decoded text and its map. Source offsets are bytes of the raw text plus the base.
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

    /// Copies raw bytes.
    pub(crate) fn copy(&mut self, raw: Range<usize>) {
        if let Some(text) = self.raw.get(raw.clone()).filter(|text| !text.is_empty()) {
            self.point(raw.start);
            self.text.push_str(text);
        }
    }

    /// Puts `text` in place of the raw bytes from `raw` to the byte that the next call names.
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
