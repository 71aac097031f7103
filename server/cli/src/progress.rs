//! How far a long run has come: one line that comes after a second and goes at the end.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(100);

/// Works, and shows on a terminal how many of the steps are done; the work counts them.
pub(crate) fn shown<T>(steps: usize, work: impl FnOnce(&AtomicUsize) -> T) -> T {
    let done = AtomicUsize::new(0);
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if is_dumb || !io::stderr().is_terminal() {
        return work(&done);
    }
    thread::scope(|scope| {
        // Dropped with the work, even where it panics.
        let (working, ended) = mpsc::channel::<()>();
        let done = &done;
        scope.spawn(move || {
            let mut wait = PATIENCE;
            let mut is_shown = false;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                (wait, is_shown) = (PAUSE, true);
                let _ = write!(io::stderr().lock(), "\r{}", line(done.load(Ordering::Relaxed), steps));
            }
            if is_shown {
                let _ = write!(io::stderr().lock(), "\r\u{1b}[2K");
            }
        });
        let result = work(done);
        drop(working);
        result
    })
}

fn line(done: usize, steps: usize) -> String {
    let width = steps.to_string().len();
    format!("checked {done:width$} of {steps} files")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_keeps_its_width() {
        assert_eq!(line(7, 1200), "checked    7 of 1200 files");
        assert_eq!(line(1200, 1200).len(), line(7, 1200).len());
        assert_eq!(shown(1, |done| done.fetch_add(1, Ordering::Relaxed)), 0);
    }
}
