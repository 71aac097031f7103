//! Documents and their names: what the client calls a document is what the server calls it.

use serde_json::{Value, json};

use crate::support::Client;

#[test]
fn a_uri_comes_back_as_it_was_written() {
    for uri in
        ["file:///c%3A/Users/me/policy.json", "file:///tmp/ä b.json", "file://localhost/a/../b.json", "untitled:Untitled-1", "not a uri"]
    {
        let mut client = Client::pushed();
        client.open(uri, "json", "[]");
        assert_eq!(client.told("textDocument/publishDiagnostics")["params"]["uri"], uri);
        assert_eq!(client.at("textDocument/hover", uri, (0, 0)), Value::Null);
    }
}

#[test]
fn two_spellings_are_two_documents() {
    let mut client = Client::pushed();
    client.open("file:///a/../b.json", "json", "[]");
    client.told("textDocument/publishDiagnostics");
    client.open("file:///b.json", "json", "[]");
    client.told("textDocument/publishDiagnostics");
    client.close("file:///b.json");
    assert_eq!(client.told("textDocument/publishDiagnostics")["params"]["uri"], "file:///b.json");
    client.edit("file:///a/../b.json", 2, [(0, 0), (0, 0)], " ");
    assert_eq!(client.told("textDocument/publishDiagnostics")["params"]["version"], 2);
}

#[test]
fn a_change_of_a_document_that_is_not_open_is_logged() {
    let mut client = Client::pulling();
    client.edit("file:///a.json", 2, [(0, 0), (0, 0)], " ");
    let log = client.told("window/logMessage");
    assert!(log["params"]["message"].as_str().unwrap().ends_with("not open: file:///a.json"), "{log}");
}

#[test]
fn edits_outside_of_the_text_are_clamped() {
    let mut client = Client::pulling();
    client.open("file:///a.json", "json", "[]");
    client.edit("file:///a.json", 2, [(7, 9), (u32::MAX, u32::MAX)], "\n");
    client.edit("file:///a.json", 3, [(1, 3), (0, 1)], "1");
    assert_eq!(client.pull("file:///a.json"), json!([]));
    assert_eq!(client.unread(), [] as [Value; 0]);
}
