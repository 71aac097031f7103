//! The program, run to its end.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::Value;

/// The program under test: the one that cargo built, or another that the environment names.
pub(crate) fn program() -> OsString {
    std::env::var_os("CONNECT_POLICY_TEST_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_connect-policy").into())
}

/// Whether another program that a test needs is installed. Where it is not, this says so; in CI it has to be.
pub(crate) fn is_installed(name: &str) -> bool {
    let is_installed = Command::new(name).arg("--version").output().is_ok_and(|run| run.status.success());
    assert!(is_installed || std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{name} is missing, and CI needs it");
    if !is_installed {
        let mut told = std::io::stderr();
        let _ = writeln!(told, "skipped: {name} is not installed");
    }
    is_installed
}

/// The program with these arguments.
pub(crate) fn connect_policy(args: &[impl AsRef<OsStr>]) -> Run {
    let mut command = Command::new(program());
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Run { command, input: Vec::new(), has_reader: true }
}

/// A program that is about to run.
pub(crate) struct Run {
    command: Command,
    input: Vec<u8>,
    has_reader: bool,
}

/// What a program left.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Run {
    /// In this folder.
    pub(crate) fn in_folder(mut self, folder: impl AsRef<Path>) -> Run {
        self.command.current_dir(folder);
        self
    }

    /// With this variable in its environment.
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Run {
        self.command.env(name, value);
        self
    }

    /// With this on its standard input.
    pub(crate) fn input(mut self, input: impl AsRef<[u8]>) -> Run {
        self.command.stdin(Stdio::piped());
        self.input = input.as_ref().to_vec();
        self
    }

    /// With an output that nobody reads.
    pub(crate) fn without_reader(mut self) -> Run {
        self.has_reader = false;
        self
    }

    /// Runs it to the end.
    pub(crate) fn finish(mut self) -> Finished {
        let mut child = self.command.spawn().unwrap();
        if !self.has_reader {
            drop(child.stdout.take());
        }
        if let Some(mut stdin) = child.stdin.take() {
            let input = std::mem::take(&mut self.input);
            thread::spawn(move || stdin.write_all(&input));
        }
        let output = child.wait_with_output().unwrap();
        Finished {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Finished {
    /// The output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.output).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts the exit code.
    #[track_caller]
    pub(crate) fn exits_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

/// A language server without a client: its pipes are the test's.
pub(crate) fn bare_server(errors: Stdio) -> Child {
    let mut command = Command::new(program());
    command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors).spawn().unwrap()
}
