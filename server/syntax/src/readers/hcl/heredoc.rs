//! Where a heredoc ends.

use std::ops::Range;

use super::Reader;
use super::chars::{LineLookahead, ahead, blanks, name_end};
use super::heredoc_index::{HeredocIndex, line_end, marker};

/// What was found out about a heredoc.
#[derive(Clone, Debug)]
pub(super) struct HeredocEnd {
    pub(super) inner: Range<usize>,
    /// The byte after the end marker.
    pub(super) end: usize,
    pub(super) is_closed: bool,
}

impl Reader<'_> {
    /// Whether a heredoc, complete or incomplete, begins at the current place.
    pub(super) fn is_heredoc(&self) -> bool {
        self.starts_with(b"<<") && !marker(self.bytes, self.at).is_empty()
    }

    pub(super) fn heredoc_end(&mut self) -> HeredocEnd {
        let bytes = self.bytes;
        let start = self.at;
        let marker = &bytes[marker(bytes, start)];
        let header_end = line_end(bytes, start);
        let body = (header_end + 1).min(bytes.len());
        let index = self.heredocs.get_or_insert_with(|| HeredocIndex::new(bytes));
        let found = index.first_end(marker, body);
        // The same marker is opened again before it is closed: the end found is the other one's.
        let again = index.first_start(marker, body);
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
            // The end marker, incomplete or with brackets after it.
            let rest = &bytes[first + word.len()..end];
            let is_marker = !word.is_empty() && (word.starts_with(marker) || marker.starts_with(word));
            if is_marker && rest.iter().all(|&byte| matches!(byte, b')' | b']' | b'}' | b',') || byte.is_ascii_whitespace()) {
                return Some((line, first + word.len()));
            }
            let is_code = match ahead(bytes, first) {
                LineLookahead::Block => (indent == 0 && rest.contains(&b'"')) || indent <= self.indent && rest.trim_ascii() == b"{",
                LineLookahead::Pair => indent == self.indent && rest.starts_with(b" "),
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
                let (opened, closed) = count_brackets(&bytes[first..end]);
                depth = (depth + opened).saturating_sub(closed);
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

/// How many brackets a line of JSON opens, and how many it closes.
fn count_brackets(line: &[u8]) -> (usize, usize) {
    let mut in_string = false;
    let (mut opened, mut closed) = (0, 0);
    for &byte in line {
        match byte {
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => opened += 1,
            b'}' | b']' if !in_string => closed += 1,
            _ => {}
        }
    }
    (opened, closed)
}
