//! Where a quoted template ends.

use super::Reader;
use super::chars::is_word_byte;
use super::interpolation::interpolation_end;

/// What was found out about a string.
#[derive(Clone, Copy, Debug)]
pub(super) struct StringEnd {
    /// The byte after it.
    pub(super) end: usize,
    pub(super) is_closed: bool,
    /// Only strings with interpolations can have several lines.
    pub(super) has_interpolation: bool,
}

impl Reader<'_> {
    /// Where the string that opens at `start` ends. It is read within its own line: otherwise an unclosed string would
    /// end at the next quote, which inverts the rest of the file.
    pub(super) fn string_end(&mut self, start: usize) -> StringEnd {
        let bytes = self.bytes;
        let mut at = start + 1;
        // Text up to here is part of the string for certain.
        let mut floor = at;
        loop {
            match bytes.get(at) {
                None | Some(b'\n') => {
                    let end = self.trim_unclosed(start, floor, at.min(bytes.len()));
                    return StringEnd { end, is_closed: false, has_interpolation: floor > start + 1 };
                }
                Some(b'"') => break,
                Some(b'\\') if bytes.get(at + 1).is_some_and(|&next| next != b'\n' && next != b'\r') => at += 2,
                Some(&mark @ (b'$' | b'%')) if bytes.get(at + 1) == Some(&b'{') && (at == start + 1 || bytes[at - 1] != mark) => {
                    match self.try_interpolation(at) {
                        Some(end) => {
                            at = end;
                            floor = end;
                        }
                        None => at += 2,
                    }
                }
                Some(_) => at += 1,
            }
        }
        let has_interpolation = floor > start + 1;
        let closed = StringEnd { end: at + 1, is_closed: true, has_interpolation };
        if !bytes.get(at + 1).is_some_and(|&byte| is_word_byte(byte) && byte != b'-') {
            return closed;
        }
        // `"connect:Cre, "connect:X"`: the closing quote is the next string's opening one. Cut before it.
        let text = &bytes[floor..at];
        let cut = text.iter().rposition(|byte| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'(' | b')'));
        let end = match cut {
            Some(cut) => self.trim_unclosed(start, floor, floor + cut),
            None if matches!(text.trim_ascii_end().last(), Some(b':' | b'=')) => self.trim_unclosed(start, floor, at),
            None => return closed,
        };
        StringEnd { end, is_closed: false, has_interpolation }
    }

    /// The end of the interpolation at `at`, while the reader has budget left for those without an end.
    pub(super) fn try_interpolation(&mut self, at: usize) -> Option<usize> {
        if self.scan_budget == 0 {
            return None;
        }
        match interpolation_end(self.bytes, at) {
            Ok(end) => Some(end),
            Err(looked_at) => {
                self.scan_budget = self.scan_budget.saturating_sub(looked_at - at);
                None
            }
        }
    }

    /// The end of an unclosed string that could reach up to `end`: what trails it and belongs to the file is not part of it.
    fn trim_unclosed(&self, start: usize, floor: usize, end: usize) -> usize {
        let bytes = self.bytes;
        let is_comment = |at: usize| matches!(bytes[at - 1], b' ' | b'\t') && (bytes[at] == b'#' || bytes[at..end].starts_with(b"//"));
        let mut end = (floor + 1..end).find(|&at| is_comment(at)).unwrap_or(end);
        while end > floor {
            match bytes[end - 1] {
                b',' | b']' | b'}' | b')' | b'[' | b'{' | b'(' | b' ' | b'\t' | b'\r' => end -= 1,
                b'=' if matches!(bytes.get(end), Some(b' ' | b'[' | b'{')) => end -= 1,
                // `"connect:` with nothing after it is a incomplete entry, `"Action: [` a key.
                b':' if matches!(bytes.get(end), Some(b' ' | b'[' | b'{')) && !bytes[start + 1].is_ascii_lowercase() => end -= 1,
                _ => break,
            }
        }
        end
    }
}
