//! What comes from the client: sound frames between the thread that reads them and tower-lsp.
//!
//! They wait by their bytes and not by their number. A client that does not take its answers makes tower-lsp stand still;
//! the end of the input must be seen then too, else such a client leaves a server behind.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, ReadBuf};

/// As many bytes may wait before no more is read; a longer message waits alone.
const FULL: usize = 64 << 20;

/// The way from the reader to tower-lsp. Both ends hold one.
#[derive(Clone, Debug, Default)]
pub(super) struct Inbox(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    taken: Condvar,
}

#[derive(Debug, Default)]
struct State {
    frames: VecDeque<Vec<u8>>,
    /// How many bytes the frames have, and how many of the first are taken already.
    bytes: usize,
    taken: usize,
    has_ended: bool,
    waker: Option<Waker>,
}

impl Inbox {
    /// Puts a frame at the end, once there is room for it.
    pub(super) fn put(&self, frame: Vec<u8>) {
        let mut state = self.0.lock();
        while !state.frames.is_empty() && state.bytes + frame.len() > FULL {
            state = self.0.taken.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.bytes += frame.len();
        state.frames.push_back(frame);
        wake(state);
    }

    /// Says that nothing more will come.
    pub(super) fn end(&self) {
        let mut state = self.0.lock();
        state.has_ended = true;
        wake(state);
    }
}

fn wake(mut state: MutexGuard<'_, State>) {
    let waker = state.waker.take();
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AsyncRead for Inbox {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut guard = self.0.lock();
        let state = &mut *guard;
        let Some(frame) = state.frames.front() else {
            if state.has_ended {
                return Poll::Ready(Ok(()));
            }
            state.waker = Some(cx.waker().clone());
            return Poll::Pending;
        };
        let count = buffer.remaining().min(frame.len() - state.taken);
        buffer.put_slice(&frame[state.taken..state.taken + count]);
        state.taken += count;
        if state.taken == frame.len() {
            state.bytes -= frame.len();
            state.taken = 0;
            state.frames.pop_front();
            self.0.taken.notify_all();
        }
        Poll::Ready(Ok(()))
    }
}
