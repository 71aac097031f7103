//! A scripted editor.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use serde_json::{Value, json};

use super::{LIMIT, program};

/// An editor with a server. When it goes out of scope it ends the server properly and asserts that all was read.
pub(crate) struct Client {
    server: Option<Child>,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    errors: Option<JoinHandle<String>>,
    unread: VecDeque<Value>,
    next_id: i64,
}

/// A server that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) errors: String,
    /// What it had sent and nobody had read.
    pub(crate) unread: Vec<Value>,
}

/// Parameters that name a document.
pub(crate) fn document(uri: &str) -> Value {
    json!({"textDocument": {"uri": uri}})
}

impl Client {
    /// A server that was started with these arguments and not greeted yet.
    pub(crate) fn spawn(args: &[&str]) -> Client {
        let mut server =
            Command::new(program()).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = server.stdout.take().unwrap();
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read_message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut stderr = server.stderr.take().unwrap();
        let errors = thread::spawn(move || {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text);
            text
        });
        let input = server.stdin.take();
        Client { server: Some(server), input, messages, errors: Some(errors), unread: VecDeque::new(), next_id: 1 }
    }

    /// A server that was greeted by a client of these capabilities; gives its own as well.
    pub(crate) fn start(args: &[&str], initialize: Value) -> (Client, Value) {
        let mut client = Client::spawn(args);
        let result = client.request("initialize", initialize);
        client.notify("initialized", json!({}));
        (client, result)
    }

    /// A server for an editor that asks for diagnostics, so that nothing comes unasked.
    pub(crate) fn pulling() -> Client {
        Client::start(&["lsp"], json!({"capabilities": {"textDocument": {"diagnostic": {}}}})).0
    }

    /// A server for an editor that is sent diagnostics with their versions.
    pub(crate) fn pushed() -> Client {
        let capabilities = json!({"textDocument": {"publishDiagnostics": {"versionSupport": true}}});
        Client::start(&["lsp"], json!({"capabilities": capabilities})).0
    }

    /// Writes bytes as they are.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        // A server that has ended is noticed by whoever waits for its answer.
        let input = self.input.as_mut().unwrap();
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    /// Sends a message.
    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and gives its id.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The result of a request.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let response = self.response(id);
        response.get("result").cloned().unwrap_or_else(|| panic!("{method}: {response}"))
    }

    /// The response to a request.
    #[track_caller]
    pub(crate) fn response(&mut self, id: i64) -> Value {
        self.wait_for(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The next notification or request of a method, with what came before it left for later.
    #[track_caller]
    pub(crate) fn told(&mut self, method: &str) -> Value {
        self.wait_for(|message| message["method"] == method)
    }

    /// The first message that fits.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(place) = self.unread.iter().position(&fits) {
            return self.unread.remove(place).unwrap();
        }
        let end = Instant::now() + LIMIT;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) if fits(&message) => return message,
                Ok(message) => self.unread.push_back(message),
                Err(RecvTimeoutError::Timeout) => panic!("in vain; unread: {:?}", self.unread),
                Err(RecvTimeoutError::Disconnected) => panic!("the server has ended; unread: {:?}", self.unread),
            }
        }
    }

    /// Everything that was sent and not read, up to and without the answer to a question that is asked now.
    #[track_caller]
    pub(crate) fn unread(&mut self) -> Vec<Value> {
        let id = self.ask("test/barrier", Value::Null);
        self.response(id);
        self.unread.drain(..).collect()
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": item}));
    }

    /// Replaces a range of UTF-16 positions.
    pub(crate) fn edit(&mut self, uri: &str, version: i64, [start, end]: [(u32, u32); 2], text: &str) {
        let position = |(line, character): (u32, u32)| json!({"line": line, "character": character});
        let range = json!({"start": position(start), "end": position(end)});
        let params = json!({
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"range": range, "text": text}],
        });
        self.notify("textDocument/didChange", params);
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", document(uri));
    }

    /// The diagnostics of a document, asked for.
    #[track_caller]
    pub(crate) fn pull(&mut self, uri: &str) -> Value {
        self.request("textDocument/diagnostic", document(uri))["items"].take()
    }

    /// A question about a place.
    #[track_caller]
    pub(crate) fn at(&mut self, method: &str, uri: &str, (line, character): (u32, u32)) -> Value {
        let position = json!({"line": line, "character": character});
        self.request(method, json!({"textDocument": {"uri": uri}, "position": position}))
    }

    /// The server's process.
    #[cfg(target_os = "linux")]
    pub(crate) fn pid(&self) -> u32 {
        self.server.as_ref().unwrap().id()
    }

    /// Closes the server's input.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the server's end, of which somebody else took care.
    #[track_caller]
    pub(crate) fn ended(mut self) -> Ended {
        self.wait()
    }

    #[track_caller]
    fn wait(&mut self) -> Ended {
        let mut server = self.server.take().unwrap();
        let pid = server.id();
        let (sender, ends) = mpsc::channel();
        thread::spawn(move || sender.send(server.wait()));
        let Ok(status) = ends.recv_timeout(LIMIT) else { panic!("the server (process {pid}) does not end") };
        let mut unread: Vec<_> = self.unread.drain(..).collect();
        unread.extend(self.messages.iter());
        let errors = self.errors.take().unwrap().join().unwrap();
        Ended { code: status.unwrap().code(), errors, unread }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let Some(server) = &mut self.server else { return };
        if thread::panicking() {
            let _ = server.kill();
            let _ = server.wait();
            return;
        }
        let id = self.ask("shutdown", Value::Null);
        let response = self.response(id);
        assert_eq!(response["result"], Value::Null, "{response}");
        self.notify("exit", Value::Null);
        let ended = self.wait();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.unread.is_empty(), "left unread: {:?}", ended.unread);
    }
}

fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.strip_suffix("\r\n").expect("headers end in CRLF");
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = Some(value.parse::<usize>().unwrap());
        }
    }
    let mut body = vec![0; length.expect("a length")];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}
