//! Many requests at once, in good order.

use serde_json::{Value, json};

use crate::support::Client;

const URI: &str = "file:///policy.json";

#[test]
fn five_hundred_edits_then_one_completion() {
    let mut client = Client::pulling();
    client.open(URI, "json", "{\"Action\": \"\"}");
    for version in 2..=501 {
        client.edit(URI, version, [(0, 12), (0, 12)], "x");
    }
    client.at("textDocument/completion", URI, (0, 512));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn a_cancelled_request_is_answered_while_others_are_busy() {
    let mut client = Client::pulling();
    // Reading this takes far longer than the messages behind it take to arrive.
    let text = format!("[{}0]", r#"{"Effect": "Allow", "Action": ["connect:ListUsers"], "Resource": "*"},"#.repeat(100_000));
    client.open(URI, "json", &text);
    let place = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 3}});
    let busy: Vec<_> = (0..30).map(|_| client.ask("textDocument/hover", place.clone())).collect();
    let cancelled = client.ask("textDocument/completion", place);
    client.notify("$/cancelRequest", json!({"id": cancelled}));
    // It comes first although it was asked last.
    let first = client.wait_for(|message| message.get("id").is_some());
    assert_eq!((&first["id"], &first["error"]["code"]), (&json!(cancelled), &json!(-32800)), "{first}");
    for id in busy {
        assert!(client.response(id).get("result").is_some());
    }
}

#[test]
fn a_hundred_and_fifty_requests_are_all_answered() {
    let mut client = Client::pulling();
    client.open(URI, "json", "[]");
    let place = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 1}});
    let ids: Vec<_> = (0..150).map(|_| client.ask("textDocument/hover", place.clone())).collect();
    for id in ids {
        assert_eq!(client.response(id)["result"], Value::Null);
    }
}

#[test]
fn unknown_methods_are_refused_and_optional_ones_ignored() {
    let mut client = Client::pulling();
    let id = client.ask("test/nothing", json!({}));
    assert_eq!(client.response(id)["error"]["code"], -32601);
    client.notify("$/setTrace", json!({"value": "off"}));
    client.notify("test/nothing", json!({}));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn a_document_that_is_not_open_has_no_answers() {
    let mut client = Client::pulling();
    assert_eq!(client.at("textDocument/hover", URI, (0, 0)), Value::Null);
    assert_eq!(client.at("textDocument/completion", URI, (0, 0)), Value::Null);
}

#[test]
fn an_item_that_cannot_be_resolved_comes_back() {
    let mut client = Client::pulling();
    let item = json!({"label": "no such name", "data": 1});
    assert_eq!(client.request("completionItem/resolve", item.clone()), item);
    assert_eq!(client.request("completionItem/resolve", json!({"label": "x"})), json!({"label": "x"}));
}
