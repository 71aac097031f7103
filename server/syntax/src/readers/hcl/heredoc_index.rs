//! The starts and possible ends of heredocs, by marker.

use std::ops::Range;

use super::chars::{blanks, name_end};

/// Lines that may end a heredoc and lines that begin one, by marker and place. Built once, so that heredocs without an end
/// do not each search the rest of the file.
#[derive(Debug)]
pub(super) struct HeredocIndex<'t> {
    ends: Vec<(&'t [u8], usize)>,
    starts: Vec<(&'t [u8], usize)>,
}

impl<'t> HeredocIndex<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> HeredocIndex<'t> {
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
        let mut index = HeredocIndex { ends, starts };
        index.ends.sort_unstable();
        index.starts.sort_unstable();
        index
    }

    /// The first line at `from` or behind that may end a heredoc of this marker.
    pub(super) fn first_end(&self, marker: &[u8], from: usize) -> Option<usize> {
        Self::first(&self.ends, marker, from)
    }

    /// The first heredoc of this marker that begins at `from` or behind.
    pub(super) fn first_start(&self, marker: &[u8], from: usize) -> Option<usize> {
        Self::first(&self.starts, marker, from)
    }

    /// The first place of this marker at `from` or behind.
    fn first(places: &[(&'t [u8], usize)], marker: &[u8], from: usize) -> Option<usize> {
        let index = places.partition_point(|&(word, at)| (word, at) < (marker, from));
        places.get(index).filter(|(word, _)| *word == marker).map(|&(_, at)| at)
    }
}

pub(super) fn line_end(bytes: &[u8], from: usize) -> usize {
    memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |ahead| from + ahead)
}

/// The marker of the heredoc whose `<<` stands at `at`.
pub(super) fn marker(bytes: &[u8], at: usize) -> Range<usize> {
    let start = at + 2 + usize::from(bytes.get(at + 2) == Some(&b'-'));
    start..name_end(bytes, start)
}
