//! Messages out of a stream of bytes, however badly they are framed.
//!
//! tower-lsp gives up at the first malformed header. Here a header may be in any letter case, end in LF alone and stand
//! beside others; and when a message cannot be taken out, the next one is looked for.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr, memmem};

/// Longer bodies are read past and dropped.
pub const MAX_BODY: usize = 64 << 20;
/// A length above this is noise rather than a long message, so nothing is skipped for it.
const MAX_LENGTH: u64 = 1 << 32;
/// Headers are short; in a longer line there is none but perhaps at its end.
const MAX_HEADER_LINE: usize = 64 << 10;
const NAME: &[u8] = b"content-length";

/// What stands next in the stream.
#[derive(PartialEq, Eq, Debug)]
pub enum Frame {
    /// A message's body.
    Body(Vec<u8>),
    /// A body that was read past.
    TooLong(u64),
    /// Headers without a usable length, or bytes that are no header.
    Lost,
}

/// The frames of a stream.
#[derive(Debug)]
pub struct Frames<R> {
    input: R,
    buffer: Vec<u8>,
    /// How much of the buffer is done with.
    done: usize,
}

impl<R: Read> Frames<R> {
    /// Frames of this stream.
    pub fn new(input: R) -> Frames<R> {
        Frames { input, buffer: Vec::new(), done: 0 }
    }

    /// The next frame; `None` at the end of the stream.
    pub fn next_frame(&mut self) -> io::Result<Option<Frame>> {
        let Some(length) = self.headers()? else { return Ok(None) };
        let Some(length) = length else { return Ok(Some(Frame::Lost)) };
        if length > MAX_BODY as u64 {
            return Ok(self.skip(length)?.then_some(Frame::TooLong(length)));
        }
        let length = usize::try_from(length).unwrap_or(MAX_BODY);
        while self.buffer.len() - self.done < length {
            if !self.fill()? {
                return Ok(None);
            }
        }
        let body = self.buffer[self.done..self.done + length].to_vec();
        self.done += length;
        Ok(Some(Frame::Body(body)))
    }

    /// Takes back the part of a useless body from where the next message seems to begin in it: its length was too long.
    pub fn give_back(&mut self, body: &[u8]) {
        if let Some(start) = header_inside(body) {
            self.done -= body.len() - start;
        }
    }

    /// Reads headers up to the empty line behind them: the length, if it is usable; `None` at the end of the stream.
    fn headers(&mut self) -> io::Result<Option<Option<u64>>> {
        let mut length = None;
        let mut is_empty = true;
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if line.is_empty() {
                // Line breaks between messages are no harm.
                if is_empty {
                    continue;
                }
                return Ok(Some(length));
            }
            is_empty = false;
            if let Some(value) = header_value(&line) {
                length = parse_length(value);
            }
        }
    }

    /// The next line without its line break; of an endless one the end.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut searched = 0;
        loop {
            let pending = &self.buffer[self.done..];
            if let Some(end) = memchr(b'\n', &pending[searched..]) {
                let line = pending[..searched + end].strip_suffix(b"\r").unwrap_or(&pending[..searched + end]).to_vec();
                self.done += searched + end + 1;
                return Ok(Some(line));
            }
            searched = pending.len();
            if searched > MAX_HEADER_LINE {
                let dropped = searched - 128;
                self.done += dropped;
                searched -= dropped;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    fn skip(&mut self, length: u64) -> io::Result<bool> {
        let mut left = length;
        loop {
            let here = usize::try_from(left).unwrap_or(usize::MAX).min(self.buffer.len() - self.done);
            self.done += here;
            left -= here as u64;
            if left == 0 {
                return Ok(true);
            }
            if !self.fill()? {
                return Ok(false);
            }
        }
    }

    /// Reads on; `false` at the end of the stream.
    fn fill(&mut self) -> io::Result<bool> {
        const CHUNK: usize = 64 << 10;
        self.buffer.drain(..self.done);
        self.done = 0;
        if self.buffer.is_empty() {
            // A long message is no reason to keep its memory.
            self.buffer.shrink_to(CHUNK);
        }
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        let count = loop {
            match self.input.read(&mut self.buffer[filled..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        self.buffer.truncate(filled + *count.as_ref().unwrap_or(&0));
        Ok(count? > 0)
    }
}

/// What follows the name of the length's header, if the line has it; in front of it there may be the rest of a lost body.
fn header_value(line: &[u8]) -> Option<&[u8]> {
    let start = rfind_name(line)? + NAME.len();
    line[start..].trim_ascii_start().strip_prefix(b":")
}

fn rfind_name(line: &[u8]) -> Option<usize> {
    line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))
}

fn parse_length(value: &[u8]) -> Option<u64> {
    let digits = str::from_utf8(value.trim_ascii()).ok()?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|&length| is_number && length <= MAX_LENGTH)
}

/// Where a header begins inside a body. Inside a sound message it cannot: JSON has no bare line break in a string.
fn header_inside(body: &[u8]) -> Option<usize> {
    memmem::find_iter(body, b"\n").find_map(|end| {
        let line_start = body[..end].iter().rposition(|&byte| byte == b'\n').map_or(0, |before| before + 1);
        let line = &body[line_start..end];
        header_value(line).and_then(parse_length)?;
        Some(line_start + rfind_name(line)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bodies as text, other frames by their name. Read in chunks of every small size, as pipes cut where they like.
    #[track_caller]
    fn check(input: &[u8], expected: &[&str]) {
        for size in [1, 2, 7, 1 << 16] {
            let mut frames = Frames::new(Chunks { input, size });
            let mut found = Vec::new();
            while let Some(frame) = frames.next_frame().unwrap() {
                found.push(match frame {
                    Frame::Body(body) => {
                        if serde_json::from_slice::<serde_json::Value>(&body).is_err() {
                            frames.give_back(&body);
                        }
                        String::from_utf8_lossy(&body).into_owned()
                    }
                    Frame::TooLong(_) => "too long".to_owned(),
                    Frame::Lost => "lost".to_owned(),
                });
            }
            assert_eq!(found, expected, "in chunks of {size}");
        }
    }

    struct Chunks<'i> {
        input: &'i [u8],
        size: usize,
    }

    impl Read for Chunks<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let size = self.size;
            (&mut self.input).take(size as u64).read(buffer)
        }
    }

    #[test]
    fn headers_come_in_every_dress() {
        check(b"Content-Length: 2\r\n\r\n{}content-length:3\n\n[1]", &["{}", "[1]"]);
        check(b"X: y\r\nCONTENT-LENGTH : 2 \r\nContent-Type: a\r\nZ: z\r\n\r\n{}", &["{}"]);
        check(b"\r\n\nContent-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}\r\n", &["", "{}"]);
    }

    #[test]
    fn the_next_message_is_found_behind_an_unusable_length() {
        for length in ["", "abc", "-2", "+2", "2 3", "99999999999999999999", "99999999999"] {
            let input = format!("Content-Length: {length}\r\n\r\n{{}}Content-Length: 3\r\n\r\n[1]");
            check(input.as_bytes(), &["lost", "[1]"]);
        }
        check(b"Content-Type: x\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", &["lost", "[1]"]);
    }

    #[test]
    fn the_next_message_is_found_behind_a_wrong_length() {
        check(b"Content-Length: 1\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", &["{", "[1]"]);
        check(b"Content-Length: 9\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", &["{}Content", "lost"]);
        check(b"Content-Length: 25\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", &["{}Content-Length: 3\r\n\r\n[1", "[1]"]);
    }

    #[test]
    fn long_bodies_are_read_past() {
        let mut input = format!("Content-Length: {}\r\n\r\n", MAX_BODY + 1).into_bytes();
        input.resize(input.len() + MAX_BODY + 1, b'x');
        input.extend_from_slice(b"Content-Length: 2\r\n\r\n{}");
        let mut frames = Frames::new(input.as_slice());
        assert_eq!(frames.next_frame().unwrap(), Some(Frame::TooLong(MAX_BODY as u64 + 1)));
        assert_eq!(frames.next_frame().unwrap(), Some(Frame::Body(b"{}".to_vec())));
    }

    #[test]
    fn noise_without_end_takes_no_memory() {
        let mut input = vec![b'x'; 1 << 20];
        input.extend_from_slice(b"Content-Length: 2\r\n\r\n{}");
        let mut frames = Frames::new(input.as_slice());
        assert_eq!(frames.next_frame().unwrap(), Some(Frame::Body(b"{}".to_vec())));
        assert!(frames.buffer.capacity() <= 4 * MAX_HEADER_LINE);
        assert_eq!(frames.next_frame().unwrap(), None);
    }
}
