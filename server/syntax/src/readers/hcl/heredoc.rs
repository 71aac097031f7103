//! Where a heredoc ends.

use std::ops::Range;

use super::Reader;
use super::lexer::{Ahead, ahead, blanks, name_end};

/// What was found out about a heredoc.
#[derive(Clone, Debug)]
pub(super) struct HeredocEnd {
    pub(super) inner: Range<usize>,
    /// The byte behind the end marker.
    pub(super) end: usize,
    pub(super) is_closed: bool,
}

/// Lines that may end a heredoc and lines that begin one, by marker and place. Made once, so that many heredocs without end
/// do not each search the rest of the file.
#[derive(Debug)]
pub(super) struct Index<'t> {
    ends: Vec<(&'t [u8], usize)>,
    starts: Vec<(&'t [u8], usize)>,
}

impl<'t> Index<'t> {
    fn new(bytes: &'t [u8]) -> Index<'t> {
        let mut ends = Vec::new();
        let mut line = 0;
        while line < bytes.len() {
            let end = line_end(bytes, line);
            let word = line + blanks(bytes, line);
            let word_end = name_end(bytes, word);
            if word_end > word && bytes[word_end..end].trim_ascii().is_empty() {
                ends.push((&bytes[word..word_end], line));
            }
            line = end + 1;
        }
        let starts = memchr::memmem::find_iter(bytes, b"<<").map(|at| (&bytes[marker(bytes, at)], at)).collect();
        let mut index = Index { ends, starts };
        index.ends.sort_unstable();
        index.starts.sort_unstable();
        index
    }

    /// The first place of this marker at `from` or behind.
    fn first(places: &[(&'t [u8], usize)], marker: &[u8], from: usize) -> Option<usize> {
        let index = places.partition_point(|&(word, at)| (word, at) < (marker, from));
        places.get(index).filter(|(word, _)| *word == marker).map(|&(_, at)| at)
    }
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |ahead| from + ahead)
}

/// The marker of the heredoc whose `<<` stands at `at`.
fn marker(bytes: &[u8], at: usize) -> Range<usize> {
    let start = at + 2 + usize::from(bytes.get(at + 2) == Some(&b'-'));
    start..name_end(bytes, start)
}

impl Reader<'_> {
    /// Whether a heredoc, complete or half typed, begins at the current place.
    pub(super) fn is_heredoc(&self) -> bool {
        self.starts_with(b"<<") && !marker(self.bytes, self.at).is_empty()
    }

    pub(super) fn heredoc_end(&mut self) -> HeredocEnd {
        let bytes = self.bytes;
        let start = self.at;
        let marker = &bytes[marker(bytes, start)];
        let header_end = line_end(bytes, start);
        let body = (header_end + 1).min(bytes.len());
        let index = self.heredocs.get_or_insert_with(|| Index::new(bytes));
        let found = Index::first(&index.ends, marker, body);
        // The same marker is opened again before it is closed: the end found is the other one's.
        let again = Index::first(&index.starts, marker, body);
        let is_doubtful = found.is_none_or(|end| again.is_some_and(|again| again < end));
        if is_doubtful {
            let limit = again.or(found).unwrap_or(bytes.len());
            let cut = self.cut(marker, body, limit);
            if cut.is_some() || found.is_none() {
                let (inner_end, end) = cut.unwrap_or((bytes.len(), bytes.len()));
                let has_body = inner_end > body;
                let header = bytes[..header_end].trim_ascii_end().len();
                let end = if has_body { end } else { header.max(start + 2) };
                let inner = if has_body { body..inner_end } else { end..end };
                return HeredocEnd { inner, end, is_closed: false };
            }
        }
        let line = found.unwrap_or(bytes.len());
        let word = line + blanks(bytes, line);
        HeredocEnd { inner: body..line, end: word + marker.len(), is_closed: true }
    }

    /// Where a heredoc without end marker ends: the end of its body and of the whole. Looks at lines that begin before
    /// `limit`; what it has looked at belongs to the heredoc, so the search is paid for.
    fn cut(&self, marker: &[u8], body: usize, limit: usize) -> Option<(usize, usize)> {
        let bytes = self.bytes;
        let mut depth = 0usize;
        let mut has_depth = false;
        let mut line = body;
        while line < limit {
            let end = line_end(bytes, line);
            let next = (end + 1).min(bytes.len());
            let first = line + blanks(bytes, line);
            let indent = (first - line) as u32;
            let word = &bytes[first..name_end(bytes, first)];
            // The end marker, half typed or with brackets behind it.
            let rest = &bytes[first + word.len()..end];
            let is_marker = !word.is_empty() && (word.starts_with(marker) || marker.starts_with(word));
            if is_marker && rest.iter().all(|&byte| matches!(byte, b')' | b']' | b'}' | b',') || byte.is_ascii_whitespace()) {
                return Some((line, first + word.len()));
            }
            let is_code = match ahead(bytes, first) {
                Ahead::Block => (indent == 0 && rest.contains(&b'"')) || indent <= self.indent && rest.trim_ascii() == b"{",
                Ahead::Pair => indent == self.indent && rest.starts_with(b" "),
                _ => false,
            };
            let is_brace = depth == 0 && bytes.get(first) == Some(&b'}') && indent < self.indent.max(1);
            if is_code || is_brace {
                let end = bytes[..line].trim_ascii_end().len();
                return Some((end, end));
            }
            // JSON ends with its last bracket.
            if has_depth || matches!(bytes.get(first), Some(b'{' | b'[')) && bytes[body..line].trim_ascii().is_empty() {
                has_depth = true;
                depth = (depth + opened(&bytes[first..end], true)).saturating_sub(opened(&bytes[first..end], false));
                if depth == 0 {
                    let end = bytes[..end].trim_ascii_end().len();
                    return Some((end, end));
                }
            }
            line = next;
            if end == bytes.len() {
                break;
            }
        }
        None
    }
}

/// How many brackets a line of JSON opens, or closes.
fn opened(line: &[u8], wants_open: bool) -> usize {
    let mut in_string = false;
    let mut count = 0;
    for &byte in line {
        match byte {
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string && wants_open => count += 1,
            b'}' | b']' if !in_string && !wants_open => count += 1,
            _ => {}
        }
    }
    count
}
