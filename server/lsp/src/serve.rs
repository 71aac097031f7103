//! From the first byte of input to the exit code.
//!
//! tower-lsp ends with its input and at nothing else, so everything that must end the server ends the input: `exit`, though
//! the client may keep its end open, and the end of the stream itself. What is still being answered then gets a moment. Two
//! things end the server from elsewhere: a client that does not take what is written (see `wire::outbox`), and one that is gone.

use std::io::{self, Read};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use connect_policy_project::files::reason::reason;
use tower_lsp::LspService;

use crate::log::log;
use crate::options::Options;
use crate::server::Server;
use crate::shutdown::Shutdown;
use crate::wire::framing::{Frame, Frames};
use crate::wire::inbox::Inbox;
use crate::wire::middleware::Middleware;
use crate::wire::outbox::Outbox;
use crate::wire::validate::{self, Kind, Message};

/// How long answers may take once the input has ended.
const GRACE: Duration = Duration::from_millis(500);

/// Serves on standard input and output to the end.
pub fn run(options: Options) -> ExitCode {
    match serve(options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            log(&format!("cannot start: {}", reason(&error)));
            ExitCode::FAILURE
        }
    }
}

fn serve(options: Options) -> io::Result<bool> {
    // One thread runs the protocol; computing goes to a few others, which come and go.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().max_blocking_threads(4).build()?;
    let shutdown = Arc::new(Shutdown::default());
    let outbox = Outbox::start(io::stdout())?;
    let input = start_guard(io::stdin(), outbox.clone(), Arc::clone(&shutdown))?;

    runtime.block_on(async {
        let (service, socket) = LspService::new(|client| Server::new(client, Arc::clone(&shutdown), outbox.clone(), options));
        let serving = tower_lsp::Server::new(input, outbox.clone(), socket).concurrency_level(64).serve(Middleware::new(service));
        let overtime = async {
            shutdown.input_ended.notified().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            () = serving => {}
            () = overtime => {}
            () = shutdown.client_gone.notified() => {}
        }
    });
    // Whatever still computes is not waited for.
    runtime.shutdown_background();
    outbox.drain(GRACE);
    Ok(shutdown.is_asked_for.load(Ordering::Acquire))
}

/// Starts the thread that reads frames and passes on the sound ones.
fn start_guard(stream: impl Read + Send + 'static, outbox: Outbox, shutdown: Arc<Shutdown>) -> io::Result<Inbox> {
    let inbox = Inbox::default();
    let passed = inbox.clone();
    let guard = move || {
        guard(Frames::new(stream), &passed, &outbox, &shutdown);
        // First the input ends, then the clock starts.
        passed.end();
        shutdown.input_ended.notify_one();
    };
    std::thread::Builder::new().name("reader".to_owned()).spawn(guard)?;
    Ok(inbox)
}

fn guard(mut frames: Frames<impl Read>, passed: &Inbox, outbox: &Outbox, shutdown: &Shutdown) {
    loop {
        let body = match frames.next_frame() {
            Ok(Some(Frame::Body(body))) => body,
            Ok(Some(Frame::Lost)) => {
                log("ignored invalid input");
                outbox.send(validate::lost().to_string().as_bytes());
                continue;
            }
            Ok(Some(Frame::TooLong(length))) => {
                log(&format!("message too large ({length} bytes)"));
                outbox.send(validate::too_long(length).to_string().as_bytes());
                continue;
            }
            Ok(None) => return,
            Err(error) => return log(&format!("cannot read: {}", reason(&error))),
        };
        match validate::check(&body) {
            Ok(Message { kind: Kind::Exit, .. }) => return,
            Ok(Message { body, kind }) => {
                if kind == Kind::Shutdown {
                    shutdown.is_asked_for.store(true, Ordering::Release);
                }
                passed.put(framed(&body));
            }
            Err(refusal) => {
                log(&format!("rejected message: {}", refusal.why));
                if let Some(answer) = refusal.answer {
                    outbox.send(answer.to_string().as_bytes());
                }
                if refusal.is_malformed {
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
