//! Rewrites on their way to the editor: under their own kinds, made as edits, and with the reason where none can be made.

use serde_json::{Value, json};

use crate::support::Client;

const URI: &str = "file:///policy.json";

/// The actions of these kinds at the first `connect:` of a policy with these actions, as a client that shows reasons or does
/// not gets them.
fn actions(entries: &str, only: Value, shows_reasons: bool) -> Value {
    let action = json!({"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}, "disabledSupport": shows_reasons});
    let mut client = Client::start(&["lsp"], json!({"capabilities": {"textDocument": {"codeAction": action, "diagnostic": {}}}})).0;
    let text = format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": [{entries}], "Resource": "*"}}]}}"#);
    client.open(URI, "json", &text);
    let place = json!({"line": 0, "character": text.find("connect:").unwrap()});
    let mut context = json!({"diagnostics": []});
    if !only.is_null() {
        context["only"] = only;
    }
    client.request(
        "textDocument/codeAction",
        json!({"textDocument": {"uri": URI}, "range": {"start": place, "end": place}, "context": context}),
    )
}

fn kinds(actions: &Value) -> Vec<&str> {
    actions.as_array().unwrap().iter().map(|action| action["kind"].as_str().unwrap()).collect()
}

const UNSORTED: &str = r#""connect:ListPhoneNumbersV2", "connect:ListPhoneNumbers""#;

#[test]
fn a_rewrite_is_an_action_of_its_own_kind() {
    let all = actions(UNSORTED, Value::Null, true);
    assert_eq!(kinds(&all), ["refactor.rewrite.useWildcards", "refactor.rewrite.sortEntries"]);
    assert_eq!(all[0]["title"], "Replace 2 entries with `connect:ListPhone*`");
    let edit = &all[0]["edit"]["changes"][URI][0];
    assert_eq!(edit["newText"], "\"connect:ListPhone*\"");
    assert_eq!(kinds(&actions(UNSORTED, json!(["refactor"]), true)).len(), 2);
    assert_eq!(kinds(&actions(UNSORTED, json!(["refactor.rewrite.sortEntries"]), true)), ["refactor.rewrite.sortEntries"]);
    assert_eq!(kinds(&actions(UNSORTED, json!(["quickfix"]), true)), [""; 0]);
}

#[test]
fn where_no_wildcard_fits_the_reason_is_shown_to_those_who_show_reasons() {
    let entries = r#""connect:DescribeUser", "connect:ListUsers""#;
    let shown = actions(entries, json!(["refactor"]), true);
    let reason = "no shorter wildcard matches exactly these actions";
    assert_eq!((&shown[0]["disabled"]["reason"], shown[0].get("edit")), (&json!(reason), None));
    assert_eq!(actions(entries, json!(["refactor"]), false), json!([]));
}
