//! The progress of a long run: one line that appears after a second and disappears at the end.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(100);

/// Works, and shows on a terminal how many of the files are done, unless it is to be quiet; the work counts them.
pub(crate) fn shown<T>(done_to_them: &str, steps: usize, is_quiet: bool, work: impl FnOnce(&AtomicUsize) -> T) -> T {
    let done = AtomicUsize::new(0);
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if is_quiet || is_dumb || !io::stderr().is_terminal() {
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
                let _ = write!(io::stderr().lock(), "\r{}", line(done_to_them, done.load(Ordering::Relaxed), steps));
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

fn line(done_to_them: &str, done: usize, steps: usize) -> String {
    let width = steps.to_string().len();
    format!("{done_to_them} {done:width$} of {steps} files")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_keeps_its_width() {
        assert_eq!(line("checked", 7, 1200), "checked    7 of 1200 files");
        assert_eq!(line("read", 1200, 1200).len(), line("read", 7, 1200).len());
        assert_eq!(shown("checked", 1, false, |done| done.fetch_add(1, Ordering::Relaxed)), 0);
    }
}
