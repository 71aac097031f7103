//! A finding on its way to the editor: in the right place, whatever stands before it, with what the client can take.

use serde_json::{Value, json};

use crate::support::{Client, TYPO, TYPO_POLICY};

const URI: &str = "file:///policy.json";

fn client(capabilities: Value) -> Client {
    Client::start(&["lsp"], json!({"capabilities": capabilities})).0
}

/// The range of the misspelt entry as (line, start, end), in a document that is opened as it is.
#[track_caller]
fn place(client: &mut Client, text: &str) -> (u64, u64, u64) {
    client.open(URI, "json", text);
    let items = client.pull(URI);
    assert_eq!(items.as_array().map(Vec::len), Some(1), "{items}");
    let range = &items[0]["range"];
    assert_eq!(range["start"]["line"], range["end"]["line"]);
    let number = |value: &Value| value.as_u64().unwrap();
    (number(&range["start"]["line"]), number(&range["start"]["character"]), number(&range["end"]["character"]))
}

fn policy(before: &str) -> String {
    TYPO_POLICY.replace("\"connect:DescribeUsr\"", &format!("{before}\"connect:DescribeUsr\""))
}

#[test]
fn a_finding_has_the_clients_shape() {
    let capabilities = json!({"textDocument": {"publishDiagnostics": {"codeDescriptionSupport": true}}});
    let mut client = client(capabilities);
    client.open(URI, "json", TYPO_POLICY);
    let published = client.told("textDocument/publishDiagnostics");
    let finding = &published["params"]["diagnostics"][0];
    let start = TYPO_POLICY.find(TYPO).unwrap();
    assert_eq!(finding["range"]["start"], json!({"line": 0, "character": start}));
    assert_eq!(finding["range"]["end"], json!({"line": 0, "character": start + TYPO.len()}));
    assert_eq!((&finding["severity"], &finding["source"]), (&json!(2), &json!("connect-policy")));
    assert_eq!(finding["code"], "unknown-action");
    let page = "https://github.com/connect-policy/connect-policy/blob/main/server/docs/rules.md#unknown-action";
    assert_eq!(finding["codeDescription"]["href"], page);
}

#[test]
fn what_was_not_declared_is_left_out() {
    let mut client = client(json!({}));
    client.open(URI, "json", TYPO_POLICY);
    let published = client.told("textDocument/publishDiagnostics");
    assert_eq!(published["params"]["diagnostics"][0].get("codeDescription"), None);
}

#[test]
fn an_emoji_before_the_finding() {
    let text = TYPO_POLICY.replace("{\"Version\"", "{\"Id\":\"😀é\",\"Version\"");
    let base = TYPO_POLICY.find(TYPO).unwrap() as u64;
    // `"Id":"",` is eight units long; the emoji is two more and four bytes, the letter one and two.
    let in_units = place(&mut Client::pulling(), &text);
    assert_eq!(in_units, (0, base + 8 + 3, base + 8 + 3 + TYPO.len() as u64));
    let utf8 = json!({"general": {"positionEncodings": ["utf-8", "utf-16"]}, "textDocument": {"diagnostic": {}}});
    let in_bytes = place(&mut client(utf8), &text);
    assert_eq!(in_bytes, (0, base + 8 + 6, base + 8 + 6 + TYPO.len() as u64));
}

#[test]
fn line_breaks_of_every_kind_before_the_finding() {
    let end = 1 + TYPO.len() as u64;
    assert_eq!(place(&mut Client::pulling(), &policy("\r\n\r\n")), (2, 1, end));
    assert_eq!(place(&mut Client::pulling(), &policy("\n")), (1, 1, end));
    assert_eq!(place(&mut Client::pulling(), &policy("\r\n").replace("\"Allow\"", "\"Allow\"\r")), (2, 1, end));
}

#[test]
fn a_separator_that_is_no_line_break_before_the_finding() {
    let text = TYPO_POLICY.replace("{\"Version\"", "{\"Id\":\"\u{2028}\u{85}\",\"Version\"");
    let base = TYPO_POLICY.find(TYPO).unwrap() as u64;
    assert_eq!(place(&mut Client::pulling(), &text), (0, base + 8 + 2, base + 8 + 2 + TYPO.len() as u64));
}

#[test]
fn a_finding_comes_and_goes_with_edits() {
    let mut client = Client::pulling();
    let (_, _, end) = place(&mut client, TYPO_POLICY);
    let before_r = u32::try_from(end).unwrap() - 1;
    client.edit(URI, 2, [(0, before_r), (0, before_r)], "e");
    assert_eq!(client.pull(URI), json!([]));
    client.edit(URI, 3, [(0, before_r), (0, before_r + 1)], "");
    assert_eq!(client.pull(URI).as_array().map(Vec::len), Some(1));
}

#[test]
fn levels_are_set_by_rule() {
    let capabilities = json!({"textDocument": {"diagnostic": {}}});
    for (rules, severity) in [(json!({"unknown-action": "off"}), None), (json!({"unknown-action": "error"}), Some(1))] {
        let options = json!({"rules": rules});
        let (mut client, _) = Client::start(&["lsp"], json!({"capabilities": capabilities, "initializationOptions": options}));
        client.open(URI, "json", TYPO_POLICY);
        assert_eq!(client.pull(URI)[0]["severity"].as_i64(), severity);
    }
}

#[test]
fn a_fix_settles_its_finding() {
    let capabilities = json!({"textDocument": {
        "diagnostic": {},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}, "isPreferredSupport": true},
    }});
    let mut client = client(capabilities);
    // A URI that parsers rewrite, as it stands in the edit too.
    let uri = "file:///ä b.json";
    client.open(uri, "json", TYPO_POLICY);
    let finding = client.pull(uri)[0].take();
    let mut ask = |only: Value| {
        let context = json!({"diagnostics": [finding], "only": only});
        client.request("textDocument/codeAction", json!({"textDocument": {"uri": uri}, "range": finding["range"], "context": context}))
    };
    let actions = ask(json!(["quickfix"]));
    let fix = actions.as_array().unwrap().iter().find(|action| action["title"].as_str().unwrap().contains("connect:DescribeUser`"));
    let fix = fix.unwrap_or_else(|| panic!("{actions}"));
    assert_eq!(fix["diagnostics"], json!([finding]));
    let edit = &fix["edit"]["changes"][uri][0];
    assert!(edit["newText"].as_str().unwrap().contains("DescribeUse"), "{fix}");
    // The right name is a guess here, so nothing is applied unasked.
    assert_eq!(fix.get("isPreferred"), None);
    assert_eq!(ask(json!(["source.fixAll"])), json!([]));
    assert_eq!(ask(json!(["refactor"])), json!([]));
}

#[test]
fn completion_replaces_what_stands_between_the_quotes() {
    let mut client = Client::pulling();
    client.open(URI, "json", TYPO_POLICY);
    let start = u32::try_from(TYPO_POLICY.find(TYPO).unwrap()).unwrap();
    let list = client.at("textDocument/completion", URI, (0, start + 12));
    let item = list["items"].as_array().unwrap().iter().find(|item| item["label"] == "connect:DescribeUser").unwrap().clone();
    let range = json!({"start": {"line": 0, "character": start}, "end": {"line": 0, "character": start + TYPO.len() as u32}});
    assert_eq!(item["textEdit"], json!({"range": range, "newText": "connect:DescribeUser"}));
    let resolved = client.request("completionItem/resolve", item);
    assert_eq!(resolved["documentation"]["kind"], "plaintext");
    assert!(!resolved["documentation"]["value"].as_str().unwrap().is_empty());
}

#[test]
fn a_hover_explains_an_action() {
    let mut client = Client::pulling();
    client.open(URI, "json", &TYPO_POLICY.replace(TYPO, "connect:DescribeUser"));
    let start = u32::try_from(TYPO_POLICY.find(TYPO).unwrap()).unwrap();
    let hover = client.at("textDocument/hover", URI, (0, start + 3));
    assert_eq!(hover["contents"]["kind"], "plaintext");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("DescribeUser"), "{hover}");
    assert_eq!(hover["range"]["start"]["character"], start);
}

#[test]
fn completion_says_once_what_all_its_items_replace_where_the_client_takes_that() {
    let completion = json!({"completionItem": {"snippetSupport": true}, "completionList": {"itemDefaults": ["data", "editRange"]}});
    let mut client = client(json!({"textDocument": {"completion": completion, "diagnostic": {}}}));
    client.open(URI, "json", TYPO_POLICY);
    let start = u32::try_from(TYPO_POLICY.find(TYPO).unwrap()).unwrap();
    let list = client.at("textDocument/completion", URI, (0, start + 12));
    let range = json!({"start": {"line": 0, "character": start}, "end": {"line": 0, "character": start + TYPO.len() as u32}});
    assert_eq!(list["itemDefaults"], json!({"editRange": range}));
    let item = list["items"].as_array().unwrap().iter().find(|item| item["label"] == "connect:DescribeUser").unwrap();
    assert_eq!((item.get("textEdit"), &item["insertText"]), (None, &json!("connect:DescribeUser")));
}
