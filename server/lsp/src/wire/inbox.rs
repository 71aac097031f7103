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
pub(crate) struct Inbox(Arc<Shared>);

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
    pub(crate) fn put(&self, frame: Vec<u8>) {
        let mut state = self.0.lock();
        while !state.frames.is_empty() && state.bytes + frame.len() > FULL {
            state = self.0.taken.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.bytes += frame.len();
        state.frames.push_back(frame);
        wake(state);
    }

    /// Says that nothing more will come.
    pub(crate) fn end(&self) {
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// What can be read at once; nothing where one has to wait.
    fn read(inbox: &mut Inbox) -> Option<Vec<u8>> {
        let mut bytes = vec![0; 1 << 20];
        let mut buffer = ReadBuf::new(&mut bytes);
        let poll = Pin::new(inbox).poll_read(&mut Context::from_waker(Waker::noop()), &mut buffer);
        poll.is_ready().then(|| buffer.filled().to_vec())
    }

    #[test]
    fn frames_come_out_in_order_and_wait_for_room() {
        let mut inbox = Inbox::default();
        let filling = inbox.clone();
        // Twice what may wait: the thread is done only when the other end has taken half.
        let thread = std::thread::spawn(move || {
            (0..128u8).for_each(|frame| filling.put(vec![frame; 1 << 20]));
            filling.end();
        });
        std::thread::sleep(Duration::from_millis(50));
        assert!(inbox.0.lock().bytes <= FULL);
        let mut next = 0;
        loop {
            match read(&mut inbox) {
                Some(bytes) if bytes.is_empty() => break,
                Some(bytes) => {
                    assert!(bytes.len() == 1 << 20 && bytes.iter().all(|&byte| byte == next));
                    next += 1;
                }
                None => std::thread::yield_now(),
            }
        }
        assert_eq!(next, 128);
        thread.join().unwrap();
    }
}
