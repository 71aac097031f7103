//! What the server offers when the editor asks by itself, and when a person asks.

use serde_json::{Value, json};

use crate::support::Client;

const POLICY: &str = "Statement:\n  - Effect: Allow\n    ";
const PROFILE: &str = "Type: AWS::Connect::SecurityProfile\nProperties:\n  ";

/// How many items are offered at the end of a document, by the context of the request.
struct Offers {
    by_hand: usize,
    without_context: usize,
    by_character: usize,
    again: usize,
}

fn offers(client: &mut Client, language: &str, text: &str) -> Offers {
    let uri = format!("file:///typing.{language}");
    client.open(&uri, language, text);
    let last = text.rsplit('\n').next().unwrap();
    let position = json!({"line": text.matches('\n').count(), "character": last.encode_utf16().count()});
    let mut ask = |context: Value| {
        let mut params = json!({"textDocument": {"uri": uri}, "position": position});
        if !context.is_null() {
            params["context"] = context;
        }
        let answer = client.request("textDocument/completion", params);
        let items = answer["items"].as_array().unwrap();
        assert!(items.iter().all(|item| item.get("preselect").is_none()), "{text:?}: an item is preselected");
        items.len()
    };
    let character = text.chars().next_back().unwrap().to_string();
    let offers = Offers {
        by_hand: ask(json!({"triggerKind": 1})),
        without_context: ask(Value::Null),
        by_character: ask(json!({"triggerKind": 2, "triggerCharacter": character})),
        again: ask(json!({"triggerKind": 3})),
    };
    client.close(&uri);
    assert_eq!(offers.by_hand, offers.without_context, "{text:?}");
    assert_eq!(offers.by_character, offers.again, "{text:?}");
    offers
}

#[test]
fn behind_a_key_and_on_an_empty_line_a_list_opens_by_hand_only() {
    let mut client = Client::pulling();
    for (language, text) in [
        ("yaml", format!("{POLICY}Action:")),
        ("yaml", format!("{POLICY}Action: ")),
        ("yaml", format!("{POLICY}Action:\n      ")),
        ("yaml", format!("{POLICY}Action:\n      - ")),
        ("yaml", format!("{PROFILE}Permissions:")),
        ("yaml", format!("{PROFILE}Permissions:\n    ")),
        ("yaml", format!("{PROFILE}Permissions:\n    - ")),
        ("yaml", "Statement:\n  - Effect:".to_owned()),
        ("json", r#"{"Statement": [{"Effect": "Allow", "Action":"#.to_owned()),
        ("json", r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUsers""#.to_owned()),
        ("terraform", "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [".to_owned()),
    ] {
        let offers = offers(&mut client, language, &text);
        assert!(offers.by_hand > 0 && offers.by_character == 0, "{text:?}: {} and {}", offers.by_hand, offers.by_character);
    }
}

#[test]
fn behind_a_quote_a_prefix_or_a_letter_a_list_opens_by_itself() {
    let mut client = Client::pulling();
    for (language, text) in [
        ("yaml", format!("{POLICY}Action:\n      - connect:")),
        ("yaml", format!("{POLICY}Action: connect:")),
        ("yaml", format!("{POLICY}Action:\n      - \"")),
        ("yaml", format!("{POLICY}Action:\n      - '")),
        ("yaml", format!("{PROFILE}Permissions:\n    - Users.")),
        ("yaml", format!("{PROFILE}Permissions:\n    - U")),
        ("json", r#"{"Statement": [{"Effect": "Allow", "Action": ""#.to_owned()),
        ("json", r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:"#.to_owned()),
        ("terraform", "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"".to_owned()),
    ] {
        let offers = offers(&mut client, language, &text);
        assert!(offers.by_hand > 0 && offers.by_character == offers.by_hand, "{text:?}: {} and {}", offers.by_hand, offers.by_character);
    }
}

#[test]
fn comments_and_other_lists_offer_nothing_to_anybody() {
    let mut client = Client::pulling();
    for (language, text) in [
        ("yaml", format!("{POLICY}Action:\n      - connect:ListUsers\n      # connect:")),
        ("yaml", "on:\n  push:\n    branches: [connect:".to_owned()),
        ("json", "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\n  \"connect:ListUsers\", // connect:".to_owned()),
        ("json", "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\n  \"connect:ListUsers\", /* connect:".to_owned()),
        ("terraform", "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\n      # connect:".to_owned()),
    ] {
        let offers = offers(&mut client, language, &text);
        assert!(offers.by_hand == 0 && offers.by_character == 0, "{text:?}: {} and {}", offers.by_hand, offers.by_character);
    }
}
