//! While an entry is typed its findings wait: until something else is edited, the document is saved, or typing pauses.

use serde_json::{Value, json};

use crate::support::{Client, TYPO, TYPO_POLICY, document};

const URI: &str = "file:///policy.json";
const PUBLISH: &str = "textDocument/publishDiagnostics";
const REFRESH: &str = "workspace/diagnostic/refresh";

/// The policy with a known action, and the column behind that action's last letter.
fn known_policy() -> (String, u32) {
    let text = TYPO_POLICY.replace(TYPO, "connect:DescribeUser");
    let column = text.find("connect:DescribeUser").unwrap() + "connect:DescribeUser".len();
    (text, column as u32)
}

/// The rules of the findings that are published next, and their version.
#[track_caller]
fn published(client: &mut Client) -> (Vec<String>, i64) {
    let params = client.told(PUBLISH)["params"].take();
    (rules(&params["diagnostics"]), params["version"].as_i64().unwrap())
}

fn rules(diagnostics: &Value) -> Vec<String> {
    diagnostics.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// A client that is shown a policy without findings and types `x` behind its action.
fn typing() -> (Client, u32) {
    let mut client = Client::pushed();
    let (text, column) = known_policy();
    client.open(URI, "json", &text);
    assert_eq!(published(&mut client), (vec![], 1));
    client.edit(URI, 2, [(0, column), (0, column)], "x");
    assert_eq!(published(&mut client), (vec![], 2), "the entry is still typed");
    (client, column)
}

#[test]
fn a_half_typed_name_is_shown_when_typing_pauses() {
    let (mut client, _) = typing();
    assert_eq!(published(&mut client), (vec!["unknown-action".to_owned()], 2));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn it_is_shown_when_something_else_is_edited() {
    let (mut client, _) = typing();
    client.edit(URI, 3, [(0, 1), (0, 1)], " ");
    let mut next = published(&mut client);
    if next.1 == 2 {
        // Typing has paused before the edit was read.
        next = published(&mut client);
    }
    assert_eq!(next, (vec!["unknown-action".to_owned()], 3));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn it_is_shown_when_the_document_is_saved() {
    let (mut client, _) = typing();
    client.notify("textDocument/didSave", document(URI));
    assert_eq!(published(&mut client), (vec!["unknown-action".to_owned()], 2));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn a_name_that_becomes_right_is_never_shown_as_wrong() {
    let (mut client, column) = typing();
    client.edit(URI, 3, [(0, column), (0, column + 1)], "");
    let mut next = published(&mut client);
    if next.1 == 2 {
        // Typing has paused before the edit was read.
        next = published(&mut client);
    }
    assert_eq!(next, (vec![], 3));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn what_is_wrong_elsewhere_stays_shown() {
    let mut client = Client::pushed();
    let text = TYPO_POLICY.replace(&format!("\"{TYPO}\""), &format!("\"{TYPO}\",\"connect:ListUser\""));
    client.open(URI, "json", &text);
    assert_eq!(published(&mut client).0, ["unknown-action", "unknown-action"]);
    let column = (text.find("connect:ListUser").unwrap() + "connect:ListUser".len()) as u32;
    client.edit(URI, 2, [(0, column), (0, column)], "x");
    assert_eq!(published(&mut client), (vec!["unknown-action".to_owned()], 2));
    assert_eq!(published(&mut client).0, ["unknown-action", "unknown-action"]);
}

#[test]
fn a_new_text_and_an_edit_of_several_entries_are_judged_at_once() {
    let mut client = Client::pushed();
    client.open(URI, "json", "[]");
    assert_eq!(published(&mut client), (vec![], 1));
    let change = json!({"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": TYPO_POLICY}]});
    client.notify("textDocument/didChange", change);
    assert_eq!(published(&mut client), (vec!["unknown-action".to_owned()], 2));
    let column = (TYPO_POLICY.find(TYPO).unwrap() + TYPO.len()) as u32;
    client.edit(URI, 3, [(0, column), (0, column)], "\",\"connect:ListUser");
    assert_eq!(published(&mut client), (vec!["unknown-action".to_owned(), "unknown-action".to_owned()], 3));
    client.open("file:///half.json", "json", TYPO_POLICY);
    assert_eq!(published(&mut client), (vec!["unknown-action".to_owned()], 1));
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn a_client_that_asks_is_told_to_ask_again() {
    let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
    let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities}));
    let (text, column) = known_policy();
    client.open(URI, "json", &text);
    for (version, leave) in [(2, false), (3, true)] {
        client.edit(URI, version, [(0, column), (0, column)], "x");
        assert_eq!(rules(&client.pull(URI)), [] as [&str; 0]);
        if leave {
            client.notify("textDocument/didSave", document(URI));
        }
        let refresh = client.told(REFRESH);
        client.send(&json!({"jsonrpc": "2.0", "id": refresh["id"], "result": null}));
        assert_eq!(rules(&client.pull(URI)), ["unknown-action"]);
    }
    assert_eq!(client.unread(), [] as [Value; 0]);
}

#[test]
fn a_client_that_cannot_be_told_gets_all_at_once() {
    let mut client = Client::pulling();
    let (text, column) = known_policy();
    client.open(URI, "json", &text);
    client.edit(URI, 2, [(0, column), (0, column)], "x");
    assert_eq!(rules(&client.pull(URI)), ["unknown-action"]);
    assert_eq!(client.unread(), [] as [Value; 0]);
}
