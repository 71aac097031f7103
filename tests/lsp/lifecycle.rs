//! Start and end: whatever ends a server ends it, with the right exit code, and nothing else does.

use serde_json::{Value, json};

use crate::support::{Client, document};

const URI: &str = "file:///policy.json";

#[test]
fn a_bare_stdio_starts_the_server() {
    let (_client, result) = Client::start(&["--stdio"], json!({"capabilities": {}}));
    assert_eq!(result["serverInfo"], json!({"name": "connect-policy", "version": env!("CARGO_PKG_VERSION")}));
}

#[test]
fn exit_ends_the_server_while_its_input_is_open() {
    let mut client = Client::pulling();
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.ended().code, Some(0));
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut client = Client::pulling();
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.ended().code, Some(1));
}

#[test]
fn exit_before_initialize_is_a_failure() {
    let mut client = Client::spawn(&["lsp"]);
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.ended().code, Some(1));
}

#[test]
fn a_shutdown_with_exit_close_behind_is_still_answered() {
    let mut client = Client::pulling();
    let id = client.ask("shutdown", json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.response(id)["result"], Value::Null);
    assert_eq!(client.ended().code, Some(0));
}

#[test]
fn shutdown_takes_any_parameters_and_ends_all_work() {
    for params in [None, Some(Value::Null), Some(json!({})), Some(json!([])), Some(json!([1])), Some(json!({"x": 1}))] {
        let mut client = Client::pulling();
        let mut message = json!({"jsonrpc": "2.0", "id": "bye", "method": "shutdown"});
        if let Some(params) = params {
            message["params"] = params;
        }
        client.send(&message);
        let response = client.wait_for(|message| message["id"] == "bye");
        assert_eq!(response, json!({"jsonrpc": "2.0", "id": "bye", "result": null}));
        let id = client.ask("textDocument/hover", document(URI));
        assert_eq!(client.response(id)["error"]["code"], -32600);
        client.hang_up();
        assert_eq!(client.ended().code, Some(0));
    }
}

#[test]
fn end_of_input_during_six_queued_edits() {
    let mut client = Client::pushed();
    client.open(URI, "json", "[]");
    for version in 2..8 {
        client.edit(URI, version, [(0, 1), (0, 1)], "1,");
    }
    client.hang_up();
    let ended = client.ended();
    assert_eq!(ended.code, Some(1));
    assert!(!ended.errors.contains("panicked"), "{ended:?}");
}

#[test]
fn end_of_input_while_the_server_awaits_an_answer() {
    let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": {"configuration": true}});
    let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    client.told("workspace/configuration");
    client.hang_up();
    assert_eq!(client.ended().code, Some(1));
}

#[test]
fn end_of_input_in_the_middle_of_a_message() {
    let mut client = Client::pulling();
    client.write(b"Content-Length: 100\r\n\r\n{\"jsonrpc\":");
    client.hang_up();
    assert_eq!(client.ended().code, Some(1));
}

#[test]
fn a_panic_then_a_hover() {
    let initialize = json!({"capabilities": {"textDocument": {"diagnostic": {}}}});
    let (mut client, _) = Client::start(&["lsp", "--panic-on", "BOOM"], initialize);
    client.open(URI, "json", "\"BOOM\"");
    assert_eq!(client.at("textDocument/hover", URI, (0, 2)), Value::Null);
    let log = client.told("window/logMessage");
    assert!(log["params"]["message"].as_str().unwrap().contains("requested by --panic-on"), "{log}");
    assert_eq!(client.pull(URI), json!([]));
    client.told("window/logMessage");
    client.edit(URI, 2, [(0, 0), (0, 6)], "[]");
    assert_eq!(client.at("textDocument/hover", URI, (0, 0)), Value::Null);
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn a_panic_while_publishing_leaves_a_server_that_publishes() {
    let (mut client, _) = Client::start(&["lsp", "--panic-on", "BOOM"], json!({"capabilities": {}}));
    client.open(URI, "json", "\"BOOM\"");
    client.told("window/logMessage");
    assert_eq!(client.told("textDocument/publishDiagnostics")["params"]["diagnostics"], json!([]));
    client.edit(URI, 2, [(0, 0), (0, 6)], "[]");
    assert_eq!(client.told("textDocument/publishDiagnostics")["params"]["diagnostics"], json!([]));
}

#[cfg(unix)]
mod unix {
    use std::io::Write;
    use std::process::{Child, Command, Stdio};

    use super::*;
    use crate::support::bare_server;

    /// A process that lives until it is killed.
    fn other_process() -> Child {
        Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap()
    }

    fn watching(args: &[&str], pid: u32, options: Value) -> Client {
        let capabilities = json!({"textDocument": {"diagnostic": {}}});
        Client::start(args, json!({"processId": pid, "initializationOptions": options, "capabilities": capabilities})).0
    }

    #[test]
    fn a_killed_client_ends_the_server_though_its_pipe_is_held_open() {
        let mut editor = other_process();
        let server = watching(&["lsp"], editor.id(), Value::Null);
        let mut unwatched = watching(&["lsp", "--no-watch-parent"], editor.id(), Value::Null);
        let mut unset = watching(&["lsp"], editor.id(), json!({"watchParent": false}));
        editor.kill().unwrap();
        assert_eq!(server.ended().code, Some(1), "kill -9 of the client");
        // These two had the same time to notice.
        assert_eq!(unwatched.pull(URI), json!([]));
        assert_eq!(unset.pull(URI), json!([]));
        editor.wait().unwrap();
        // A number that was never there may be a process of another container.
        let mut elsewhere = watching(&["lsp"], editor.id(), Value::Null);
        assert_eq!(elsewhere.pull(URI), json!([]));
    }

    #[test]
    fn a_client_that_stops_reading_ends_the_server_quietly() {
        let mut server = bare_server(Stdio::piped());
        drop(server.stdout.take());
        let mut input = server.stdin.take().unwrap();
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}).to_string();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let output = server.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(1), ""));
        drop(input);
    }
}
