//! The smallest editor that can talk to the server.

use std::io::{self, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use connect_policy_lsp::{Frame, Frames};
use serde_json::{Value, json};

/// A running server and our end of its pipes.
pub(crate) struct Editor {
    server: Child,
    input: Option<ChildStdin>,
    output: Frames<ChildStdout>,
    requests: u64,
}

impl Editor {
    /// Starts this program as a server and initializes it.
    pub(crate) fn start() -> io::Result<Editor> {
        let mut server = Command::new(std::env::current_exe()?).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(input), Some(output)) = (server.stdin.take(), server.stdout.take()) else {
            return Err(io::Error::other("cannot connect to the server"));
        };
        let mut editor = Editor { server, input: Some(input), output: Frames::new(output), requests: 0 };
        editor.request("initialize", &capabilities())?;
        editor.notify("initialized", &json!({}))?;
        Ok(editor)
    }

    /// Shuts the server down and waits for it to exit without an error.
    pub(crate) fn stop(mut self) -> io::Result<()> {
        self.request("shutdown", &Value::Null)?;
        self.notify("exit", &Value::Null)?;
        self.input = None;
        let status = self.server.wait()?;
        if status.success() { Ok(()) } else { Err(io::Error::other(format!("the server exited with {status}"))) }
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) -> io::Result<()> {
        self.notify("textDocument/didOpen", &json!({"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}}))
    }

    pub(crate) fn close(&mut self, uri: &str) -> io::Result<()> {
        self.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}))
    }

    pub(crate) fn diagnostics(&mut self, uri: &str) -> io::Result<Vec<Value>> {
        let report = self.request("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}))?;
        Ok(items(report.get("items")))
    }

    pub(crate) fn complete(&mut self, uri: &str, (line, character): (usize, usize)) -> io::Result<Vec<Value>> {
        let place = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
        let list = self.request("textDocument/completion", &place)?;
        let mut items = items(list.get("items"));
        items.sort_by_key(|item| item.get("sortText").or_else(|| item.get("label")).and_then(Value::as_str).map(str::to_owned));
        Ok(items)
    }

    /// The first fix of a finding.
    pub(crate) fn fix(&mut self, uri: &str, finding: &Value) -> io::Result<Option<Value>> {
        let context = json!({"diagnostics": [finding], "only": ["quickfix"]});
        let params = json!({"textDocument": {"uri": uri}, "range": finding.get("range"), "context": context});
        let actions = self.request("textDocument/codeAction", &params)?;
        Ok(items(Some(&actions)).into_iter().next())
    }

    fn request(&mut self, method: &str, params: &Value) -> io::Result<Value> {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        loop {
            let mut message = self.receive()?;
            if message.get("id").and_then(Value::as_u64) != Some(id) || message.get("method").is_some() {
                continue;
            }
            if let Some(error) = message.get("error") {
                return Err(io::Error::other(format!(
                    "{method} failed: {}",
                    error.get("message").and_then(Value::as_str).unwrap_or("unknown error")
                )));
            }
            return Ok(message.get_mut("result").map(Value::take).unwrap_or_default());
        }
    }

    fn notify(&mut self, method: &str, params: &Value) -> io::Result<()> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        let body = message.to_string();
        let Some(input) = &mut self.input else { return Err(io::ErrorKind::BrokenPipe.into()) };
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        input.flush()
    }

    fn receive(&mut self) -> io::Result<Value> {
        match self.output.next_frame()? {
            Some(Frame::Body(body)) => serde_json::from_slice(&body).map_err(|_| io::Error::other("the server sent an invalid message")),
            Some(_) => Err(io::Error::other("the server sent an invalid message")),
            None => Err(io::Error::other("the server exited")),
        }
    }
}

/// A tour that failed leaves no server behind.
impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn items(list: Option<&Value>) -> Vec<Value> {
    list.and_then(Value::as_array).cloned().unwrap_or_default()
}

fn capabilities() -> Value {
    json!({
        "processId": std::process::id(),
        "capabilities": {
            "general": {"positionEncodings": ["utf-8"]},
            "textDocument": {
                "diagnostic": {},
                "publishDiagnostics": {"relatedInformation": true},
                "completion": {"completionItem": {"labelDetailsSupport": true}},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
            },
        },
    })
}
