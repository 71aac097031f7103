//! The guard of the wire: whatever bytes come, what passes is what tower-lsp can read.

use std::io::{self, Read};

use tower_lsp::jsonrpc::{Request, Response};

use super::framing::{Frame, Frames};
use super::validate;

/// Reads a stream to its end, in chunks of several sizes, all of which must give the same messages.
pub fn only_sound_messages_pass(stream: &[u8]) {
    let [small, middle, large] = [1, 7, 1 << 16].map(|size| passed(stream, size));
    assert!(small == middle && middle == large, "messages depend on how the pipe cuts them");
}

/// The messages that pass; refusals as empty ones.
fn passed(stream: &[u8], size: usize) -> Vec<Vec<u8>> {
    let mut frames = Frames::new(Chunks { stream, size });
    let mut found = Vec::new();
    while let Some(frame) = frames.next_frame().expect("a slice can be read") {
        let Frame::Body(body) = frame else {
            found.push(Vec::new());
            continue;
        };
        match validate::check(&body) {
            Ok(message) => {
                let is_read =
                    serde_json::from_slice::<Request>(&message.body).is_ok() || serde_json::from_slice::<Response>(&message.body).is_ok();
                assert!(is_read, "{}", String::from_utf8_lossy(&message.body));
                found.push(message.body.into_owned());
            }
            Err(refusal) => {
                if refusal.is_malformed {
                    frames.give_back(&body);
                }
                found.push(Vec::new());
            }
        }
        assert!(found.len() <= stream.len(), "a stream without end");
    }
    found
}

struct Chunks<'s> {
    stream: &'s [u8],
    size: usize,
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.size as u64;
        (&mut self.stream).take(size).read(buffer)
    }
}
