//! What the server writes to its standard error.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use connect_policy_project::line_index::char_start;

/// So many bytes of log are written. A pipe holds 64 KiB on most systems, and less than half is ours: panics are told there too.
const MAX_LOGGED: usize = 20 << 10;

/// Writes a line for whoever looks at the server's standard error; nobody may, which is no failure. Nobody may even take it
/// off the pipe, and a full one would stop the server, so there is an end to it.
pub(crate) fn log(line: &str) {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    let before = WRITTEN.fetch_add(line.len(), Ordering::Relaxed);
    if before <= MAX_LOGGED {
        let cut = char_start(line, MAX_LOGGED);
        let rest = if before + line.len() > MAX_LOGGED { " (truncated)" } else { "" };
        let _ = writeln!(io::stderr().lock(), "connect-policy: {}{rest}", &line[..cut]);
    }
}
