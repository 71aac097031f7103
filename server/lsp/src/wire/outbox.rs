//! What goes to the client: whole messages in one buffer, written by a thread of its own.
//!
//! Two parties write: tower-lsp, and the framing guard with its refusals. Each hands over whole messages, so none is torn.
//! A client that has closed its end gets no more; the process ends then, without a word, as there is nobody to tell.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use tokio::io::AsyncWrite;

use crate::wire::framing::{Frame, Frames};
use crate::wire::raw_json;

/// As much may wait before tower-lsp is made to wait.
const FULL: usize = 1 << 20;

/// The way to the client. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outbox(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: Vec<u8>,
    /// Whether the thread is writing what it took.
    is_writing: bool,
    waker: Option<Waker>,
}

impl Outbox {
    /// Starts the thread that writes.
    pub(crate) fn start(output: impl Write + Send + 'static) -> io::Result<Outbox> {
        let outbox = Outbox::default();
        let writing = outbox.clone();
        std::thread::Builder::new().name("writer".to_owned()).spawn(move || writing.write_all_to(output))?;
        Ok(outbox)
    }

    /// Sends one message.
    pub(crate) fn send(&self, body: &[u8]) {
        let mut state = self.0.lock();
        write_frame(&mut state.waiting, body);
        self.0.changed.notify_all();
    }

    /// Waits until everything is written, but no longer than this.
    pub(crate) fn drain(&self, limit: Duration) {
        let end = Instant::now() + limit;
        let mut state = self.0.lock();
        while !state.waiting.is_empty() || state.is_writing {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            state = self.0.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn write_all_to(&self, mut output: impl Write) {
        let mut batch = Vec::new();
        loop {
            let mut state = self.0.lock();
            state.is_writing = false;
            self.0.changed.notify_all();
            while state.waiting.is_empty() {
                state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            std::mem::swap(&mut batch, &mut state.waiting);
            state.is_writing = true;
            let waker = state.waker.take();
            drop(state);
            if let Some(waker) = waker {
                waker.wake();
            }
            if output.write_all(&batch).and_then(|()| output.flush()).is_err() {
                std::process::exit(1);
            }
            batch.clear();
            // One long list of completions is no reason to keep its memory.
            batch.shrink_to(64 << 10);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Messages with their long answers put in, see `raw_json`.
fn unpack(messages: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::with_capacity(messages.len());
    let mut frames = Frames::new(messages);
    while let Ok(Some(Frame::Body(body))) = frames.next_frame() {
        let body = str::from_utf8(&body).ok().and_then(raw_json::decoded).map_or(body, String::into_bytes);
        write_frame(&mut unpacked, &body);
    }
    unpacked
}

fn write_frame(output: &mut Vec<u8>, body: &[u8]) {
    output.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
    output.extend_from_slice(body);
}

/// tower-lsp encodes whole messages into its buffer and offers all of it; taking all of it keeps messages whole.
impl AsyncWrite for Outbox {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut state = self.0.lock();
        if state.waiting.len() >= FULL {
            state.waker = Some(cx.waker().clone());
            return Poll::Pending;
        }
        if raw_json::may_be_in(bytes) {
            state.waiting.extend_from_slice(&unpack(bytes));
        } else {
            state.waiting.extend_from_slice(bytes);
        }
        self.0.changed.notify_all();
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
