//! From the first byte of input to the exit code.
//!
//! tower-lsp ends with its input and at nothing else, so everything that must end the server ends the input: `exit`, though
//! the client may keep its end open, and the end of the stream itself. What is still being answered then gets a moment. Two
//! things end the server from elsewhere: a client that does not take what is written (see `outbox`), and one that is gone.

use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tower_lsp::LspService;

use super::framing::{Frame, Frames};
use super::front::Front;
use super::inbox::Inbox;
use super::message::{self, Kind, Message};
use super::outbox::Outbox;
use super::server::Server;
use super::{Options, parent};
use crate::lines::char_start;

/// How long answers may take once the input has ended.
const GRACE: Duration = Duration::from_millis(500);
/// How often the client's process is looked for.
const WATCH: Duration = Duration::from_secs(1);
/// So many bytes of log are written. A pipe holds 64 KiB on most systems, and less than half is ours: panics are told there too.
const MOST_LOGGED: usize = 20 << 10;

/// Serves on standard input and output to the end.
pub(crate) fn run(options: Options) -> ExitCode {
    match serve(options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            log(&format!("cannot start: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// What the parts that may end the server tell each other.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// Whether the client has asked to shut down, which is what makes an exit a success.
    shutdown: AtomicBool,
    input_ended: Notify,
    client_gone: Notify,
}

impl Life {
    /// Ends the server when a process is gone. One that is not there in the first place is not watched: the client may run
    /// in another container, with other numbers.
    pub(super) fn watch(self: &Arc<Self>, pid: u32) {
        if !parent::is_alive(pid) {
            return;
        }
        let life = Arc::clone(self);
        tokio::spawn(async move {
            while parent::is_alive(pid) {
                tokio::time::sleep(WATCH).await;
            }
            life.client_gone.notify_one();
        });
    }
}

/// Writes a line for whoever looks at the server's standard error; nobody may, which is no failure. Nobody may even take it
/// off the pipe, and a full one would stop the server, so there is an end to it.
pub(super) fn log(line: &str) {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    let before = WRITTEN.fetch_add(line.len(), Ordering::Relaxed);
    if before <= MOST_LOGGED {
        let cut = char_start(line, MOST_LOGGED);
        let rest = if before + line.len() > MOST_LOGGED { " (no more is logged here)" } else { "" };
        let _ = writeln!(io::stderr().lock(), "connect-policy: {}{rest}", &line[..cut]);
    }
}

fn serve(options: Options) -> io::Result<bool> {
    // One thread runs the protocol; computing goes to a few others, which come and go.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().max_blocking_threads(4).build()?;
    let life = Arc::new(Life::default());
    let outbox = Outbox::start(io::stdout())?;
    let input = start_guard(io::stdin(), outbox.clone(), Arc::clone(&life))?;

    runtime.block_on(async {
        let (service, socket) = LspService::new(|client| Server::new(client, Arc::clone(&life), options));
        let serving = tower_lsp::Server::new(input, outbox.clone(), socket).concurrency_level(64).serve(Front::new(service));
        let overtime = async {
            life.input_ended.notified().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            () = serving => {}
            () = overtime => {}
            () = life.client_gone.notified() => {}
        }
    });
    // Whatever still computes is not waited for.
    runtime.shutdown_background();
    outbox.drain(GRACE);
    Ok(life.shutdown.load(Ordering::Acquire))
}

/// Starts the thread that reads frames and passes on the sound ones.
fn start_guard(stream: impl Read + Send + 'static, outbox: Outbox, life: Arc<Life>) -> io::Result<Inbox> {
    let inbox = Inbox::default();
    let passed = inbox.clone();
    let guard = move || {
        guard(Frames::new(stream), &passed, &outbox, &life);
        // First the input ends, then the clock starts.
        passed.end();
        life.input_ended.notify_one();
    };
    std::thread::Builder::new().name("reader".to_owned()).spawn(guard)?;
    Ok(inbox)
}

fn guard(mut frames: Frames<impl Read>, passed: &Inbox, outbox: &Outbox, life: &Life) {
    loop {
        let body = match frames.next() {
            Ok(Some(Frame::Body(body))) => body,
            Ok(Some(Frame::Lost)) => {
                log("bytes that are no message were dropped");
                outbox.send(message::lost().to_string().as_bytes());
                continue;
            }
            Ok(Some(Frame::TooLong(length))) => {
                log(&format!("a message of {length} bytes was dropped"));
                outbox.send(message::too_long(length).to_string().as_bytes());
                continue;
            }
            Ok(None) => return,
            Err(error) => return log(&format!("cannot read: {error}")),
        };
        match message::check(&body) {
            Ok(Message { kind: Kind::Exit, .. }) => return,
            Ok(Message { body, kind }) => {
                if kind == Kind::Shutdown {
                    life.shutdown.store(true, Ordering::Release);
                }
                passed.put(framed(&body));
            }
            Err(refusal) => {
                log(&format!("a message was refused: {}", refusal.why));
                if let Some(answer) = refusal.answer {
                    outbox.send(answer.to_string().as_bytes());
                }
                if refusal.is_torn {
                    frames.give_back(&body);
                }
            }
        }
    }
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}
