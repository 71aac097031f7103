//! Diagnostics: pushed or pulled, never both; the newest version is told, and an empty list at the end.

use serde_json::{Value, json};

use crate::support::Client;

const URI: &str = "file:///policy.json";

#[test]
fn every_document_is_published_even_with_nothing_to_say() {
    let mut client = Client::pushed();
    client.open(URI, "json", "[]");
    let published = client.told("textDocument/publishDiagnostics");
    assert_eq!(published["params"], json!({"uri": URI, "version": 1, "diagnostics": []}));
    client.edit(URI, 2, [(0, 1), (0, 1)], "1");
    assert_eq!(client.told("textDocument/publishDiagnostics")["params"]["version"], 2);
    client.close(URI);
    let published = client.told("textDocument/publishDiagnostics");
    assert_eq!(published["params"], json!({"uri": URI, "diagnostics": []}));
}

#[test]
fn the_newest_of_many_versions_is_published_last() {
    let mut client = Client::pushed();
    client.open(URI, "json", "[]");
    for version in 2..=300 {
        client.edit(URI, version, [(0, 1), (0, 1)], "1,");
    }
    let mut last = 0;
    while last != 300 {
        let version = client.told("textDocument/publishDiagnostics")["params"]["version"].as_i64().unwrap();
        assert!(version > last, "{version} after {last}");
        last = version;
    }
}

#[test]
fn a_version_is_left_out_for_clients_that_do_not_know_it() {
    let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": {}}));
    client.open(URI, "json", "[]");
    assert_eq!(client.told("textDocument/publishDiagnostics")["params"], json!({"uri": URI, "diagnostics": []}));
}

#[test]
fn a_client_that_pulls_is_sent_nothing() {
    let mut client = Client::pulling();
    client.open(URI, "json", "[]");
    client.edit(URI, 2, [(0, 1), (0, 1)], "1");
    let report = client.request("textDocument/diagnostic", json!({"textDocument": {"uri": URI}}));
    assert_eq!(report, json!({"kind": "full", "items": []}));
    client.close(URI);
    assert_eq!(client.pull(URI), json!([]), "of a closed document");
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn one_way_is_declared() {
    let (mut pushed, result) = Client::start(&["lsp"], json!({"capabilities": {}}));
    assert_eq!(result["capabilities"].get("diagnosticProvider"), None);
    pushed.unread();
    let (_pulled, result) = Client::start(&["lsp"], json!({"capabilities": {"textDocument": {"diagnostic": {}}}}));
    let expected = json!({"identifier": "connect-policy", "interFileDependencies": true, "workspaceDiagnostics": false});
    assert_eq!(result["capabilities"]["diagnosticProvider"], expected);
}

#[test]
fn new_settings_have_pulling_clients_ask_again() {
    let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
    let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"connectPolicy": {"level": "error"}}}));
    let refresh = client.told("workspace/diagnostic/refresh");
    client.send(&json!({"jsonrpc": "2.0", "id": refresh["id"], "result": null}));
}

#[test]
fn new_settings_publish_all_open_documents_again() {
    let mut client = Client::pushed();
    for uri in ["file:///a.json", "file:///b.json"] {
        client.open(uri, "json", "[]");
        client.told("textDocument/publishDiagnostics");
    }
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"connectPolicy": {"level": "error"}}}));
    let mut uris: Vec<_> = (0..2).map(|_| client.told("textDocument/publishDiagnostics")["params"]["uri"].to_string()).collect();
    uris.sort();
    assert_eq!(uris, ["\"file:///a.json\"", "\"file:///b.json\""]);
}

#[test]
fn settings_are_asked_for_where_the_client_wants_to_be_asked() {
    let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": {"configuration": true}});
    let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    let question = client.told("workspace/configuration");
    assert_eq!(question["params"]["items"], json!([{"section": "connectPolicy"}]));
    client.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": [{"colour": "red"}]}));
    let log = client.told("window/logMessage");
    assert!(log["params"]["message"].as_str().unwrap().contains("`connectPolicy.colour`"), "{log}");
}

#[test]
fn unknown_settings_are_logged_and_do_no_harm() {
    let initialize = json!({"capabilities": {"textDocument": {"diagnostic": {}}}, "initializationOptions": {"colour": "red"}});
    let (mut client, _) = Client::start(&["lsp"], initialize);
    let log = client.told("window/logMessage");
    assert!(log["params"]["message"].as_str().unwrap().contains("`connectPolicy.colour`"), "{log}");
}
