//! Standard input, output and error.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use connect_policy_project::files::reason::reason;

/// Ends a command that could not run.
pub(crate) fn fail(message: &str) -> ExitCode {
    eprint_line(message);
    ExitCode::from(2)
}

/// Writes a line to standard error.
pub(crate) fn eprint_line(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "connect-policy: {line}");
}

/// Writes to standard output and gives the exit code. A reader that has seen enough (`| head`) is not a failure.
pub(crate) fn print(text: &str, code: ExitCode) -> ExitCode {
    let mut output = anstream::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => fail(&format!("cannot write output: {}", reason(&error))),
        _ => code,
    }
}

/// A file's name may hold a line break, and what follows it may look like a command to whoever reads the log.
pub(crate) fn one_line(text: &str) -> String {
    text.replace('\r', "\\r").replace('\n', "\\n")
}

/// All of standard input.
pub(crate) fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes)?;
    Ok(bytes)
}
