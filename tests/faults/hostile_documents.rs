//! Documents made to hurt, whole and at full size, through the real program: whoever opens or checks them gets an answer.
//!
//! Time is not asserted but for the limit after which a test gives up; memory is, by a limit on the process where the
//! system has one. Threads that compute have 2 MiB of stack.

use std::fmt::Write;
use std::fs::{self, File};

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::support::{Client, connect_policy};

/// A statement before and behind what hurts, so that the document is taken for a policy.
fn around(inner: &str) -> String {
    format!("{{\"Statement\": [{{\"Effect\": \"Allow\", \"Action\": [\"connect:ListUsers\"], \"Resource\": {inner}}}]}}")
}

fn documents() -> Vec<(&'static str, String)> {
    const DEEP: usize = 100_000;
    let deep = |open: &str| open.repeat(DEEP);
    let both = |open: &str, close: &str| format!("{}{}", open.repeat(DEEP), close.repeat(DEEP));
    let statement = r#"{"Effect": "Allow", "Action": ["connect:ListUsers"], "Statement": "#;
    let laughs: String = (1..30).fold("a0: &a0 [connect:ListUsers]\n".to_owned(), |mut text, index| {
        let _ = writeln!(text, "a{index}: &a{index} [{}]", vec![format!("*a{}", index - 1); 10].join(", "));
        text
    });
    vec![
        ("lists.json", around(&both("[", "]"))),
        ("open-lists.json", around(&deep("["))),
        ("maps.json", around(&both("{\"Action\":", "}"))),
        ("open-maps.json", around(&deep("{\"Action\":"))),
        ("statements.json", around(&deep(statement))),
        ("statements-in-actions.json", around(&deep("{\"Effect\": \"Allow\", \"Action\": ["))),
        ("flow.yaml", format!("Statement:\n  - Action: connect:ListUsers\n    Effect: {}", both("[", "]"))),
        ("flow-maps.yaml", format!("Statement:\n  - Action: connect:ListUsers\n    Effect: {}", deep("{Action: "))),
        ("dashes.yaml", format!("Statement:\n  - Action: connect:ListUsers\n    Effect:\n      {}", deep("- "))),
        ("lists.tf", format!("data \"aws_iam_policy_document\" \"x\" {{\n statement {{\n  actions = {}", both("[", "]"))),
        ("blocks.tf", format!("data \"aws_iam_policy_document\" \"x\" {{\n{}", deep("statement {\n"))),
        ("calls.tf", format!("locals {{ connect = {}", both("concat(", ")"))),
        ("holes.tf", format!("locals {{ connect = \"{}", deep("${"))),
        ("line.json", around(&format!("\"{}\"", "x".repeat(10_000_000)))),
        ("strings.json", around(&"\"connect:\n".repeat(300_000))),
        ("strings.yaml", format!("Statement:\n{}", "  - \"connect:\n".repeat(300_000))),
        ("strings.tf", format!("locals {{\n{}", "  connect = \"connect:\n".repeat(300_000))),
        ("aliases.yaml", format!("a: &a connect:ListUsers\nStatement:\n  - Effect: Allow\n    Action: [{}]\n", "*a, ".repeat(1_000_000))),
        ("laughs.yaml", format!("{laughs}Statement:\n  - Effect: Allow\n    Action: *a29\n")),
        ("borrowers.yaml", format!("a: &a [connect:ListUsers, connect:ListUser]\nStatement:\n{}", "  - {Effect: Allow, Action: *a, Resource: '*'}\n".repeat(50_000))),
        ("chain.tf", (1..10_000).fold("data \"aws_iam_policy_document\" \"p\" {\n statement {\n  actions = local.l9999\n }\n}\nlocals {\n l0 = [\"connect:ListUsers\"]\n".to_owned(), |mut text, index| {
            let _ = writeln!(text, " l{index} = concat(local.l{0}, local.l{0})", index - 1);
            text
        }) + "}\n"),
        ("surrogates.json", around(&format!("[{}]", "\"\\ud800:\\udc00\\ud83d\",".repeat(100_000)))),
        ("keys.json", format!("{{{}\"Statement\": []}}", "\"Permissions\": [\"Users.View\"], ".repeat(100_000))),
        ("attachments.json", around(&deep("{\"PolicyArn\": [\"connect\", "))),
        ("members.json", format!("[{}]", r#"{"id": "x", "action": "connect:ListUsers", "name": "a", "effect": "b"},"#.repeat(40_000))),
        ("entries.json", around("\"*\"").replace("\"connect:ListUsers\"", &"\"connect:ListUsers\", \"connect:DescribeUsr\", ".repeat(10_000))),
        ("policies.json", (0..10_000).fold("{\"Resources\": {\"A\": {}".to_owned(), |mut text, index| {
            let _ = write!(text, ", \"P{index}\": {{\"Properties\": {{\"PolicyDocument\": {{\"Statement\": [{{\"Effect\": \"Allow\", \"Action\": \"connect:ListUsers\", \"Resource\": \"*\"}}]}}}}}}");
            text
        }) + "}}"),
    ]
}

/// A statement with so many wrong names, each on its line.
fn many_findings(count: usize) -> String {
    let names: String = (0..count).fold(String::new(), |mut text, index| {
        let _ = writeln!(text, "  \"connect:NoSuchAction{index}\",");
        text
    });
    format!("{{\"Statement\": [{{\"Effect\": \"Allow\", \"Resource\": \"*\", \"Action\": [\n{names}  \"connect:ListUsers\"]}}]}}")
}

#[test]
fn every_document_is_checked() {
    let folder = tempdir().unwrap();
    let documents = documents();
    for (name, text) in &documents {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let run = connect_policy(&["check", "--format", "json", "--exit-zero"]).in_folder(&folder).finish().exits_with(0);
    let report = run.json();
    assert_eq!(report["skipped"], json!([]), "{}", run.errors);
    assert_eq!(report["files"], documents.len());
}

#[test]
fn every_document_is_answered_about() {
    let mut client = Client::pulling();
    for (name, text) in documents() {
        let uri = format!("file:///{name}");
        client.open(&uri, "", &text);
        let middle = text[..text.len() / 2].rsplit('\n').next().map_or(0, str::len);
        let line = text[..text.len() / 2].matches('\n').count();
        let place = (u32::try_from(line).unwrap(), u32::try_from(middle).unwrap());
        for method in ["textDocument/hover", "textDocument/completion"] {
            client.at(method, &uri, place);
        }
        let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": u32::MAX, "character": 0}});
        let document = json!({"uri": uri});
        for method in ["textDocument/codeLens", "textDocument/documentSymbol"] {
            client.request(method, json!({"textDocument": document}));
        }
        client.request("textDocument/inlayHint", json!({"textDocument": document, "range": all}));
        let items = client.pull(&uri).as_array().unwrap().len();
        assert!(items <= 1_001, "{name}: {items} diagnostics");
        client.close(&uri);
        // A panic would be told here.
        assert_eq!(client.unread(), [] as [Value; 0], "{name}");
    }
}

#[test]
fn of_100_000_findings_an_editor_gets_a_thousand_and_the_number_of_the_rest() {
    let text = many_findings(100_000);
    let mut client = Client::pulling();
    client.open("file:///many.json", "json", &text);
    let items = client.pull("file:///many.json");
    let items = items.as_array().unwrap();
    assert_eq!(items.len(), 1_001);
    let last = &items[1_000];
    assert!(last["message"].as_str().unwrap().contains(" more findings are not shown"), "{last}");
    let left_out: usize = last["message"].as_str().unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(left_out >= 99_000, "{last}");
    // The command line keeps them all.
    let run = connect_policy(&["check", "-", "--stdin-filename", "many.json", "--format", "json", "--level", "hint"]).input(text);
    let report = run.finish().exits_with(1).json();
    assert_eq!(report["findings"].as_array().unwrap().len(), left_out + 1_000);
}

#[test]
fn all_fixes_of_20_000_entries_are_made_at_once() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("many.json");
    let text =
        around("\"*\"").replace("\"connect:ListUsers\"", &format!("{}\"connect:ListQueues\"", "\"connect: ListUsers\",\n".repeat(20_000)));
    fs::write(&path, text).unwrap();
    let run = connect_policy(&["check", "--fix", "--exit-zero", "--format", "json", "--level", "hint"]).in_folder(&folder).finish();
    // The entries are the same once they are right, which is another finding.
    assert!(run.exits_with(0).json()["fixed"].as_array().unwrap().len() >= 20_000);
    assert!(!fs::read_to_string(path).unwrap().contains(": ListUsers"));
}

#[test]
fn nul_bytes_are_read_in_an_editor_and_skipped_on_disk() {
    let text = around("\"*\"").replace("ListUsers", "List\0Users") + &"\0".repeat(1_000_000);
    let mut client = Client::pulling();
    client.open("file:///zeros.json", "json", &text);
    assert_ne!(client.pull("file:///zeros.json"), json!([]));
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("zeros.json"), &text).unwrap();
    let run = connect_policy(&["check"]).in_folder(&folder).finish().exits_with(0);
    assert!(run.errors.contains("skipped zeros.json: binary"), "{run:?}");
}

#[test]
fn a_file_over_50_mb_is_skipped_in_a_folder() {
    let folder = tempdir().unwrap();
    // It takes no room on the disk.
    File::create(folder.path().join("huge.json")).unwrap().set_len(50_000_001).unwrap();
    let run = connect_policy(&["check"]).in_folder(&folder).finish().exits_with(0);
    assert!(run.errors.contains("skipped huge.json: larger than 50 MB"), "{run:?}");
}

#[test]
fn what_a_document_names_is_not_read() {
    let folder = tempdir().unwrap();
    let secret = folder.path().join("secret.json");
    fs::write(&secret, r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:NoSuchThing"], "Resource": "*"}]}"#).unwrap();
    let secret = secret.display();
    for (name, text) in [
        ("a.tf", format!("resource \"aws_iam_policy\" \"x\" {{\n  policy = file(\"{secret}\")\n}}\n")),
        ("b.yaml", format!("Statement:\n  Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: '{secret}'}}}}\nconnect: 1\n")),
        ("c.yaml", format!("Statement: !Include {secret}\nconnect: 1\n")),
        ("d.json", format!("{{\"$ref\": \"{secret}\", \"Statement\": {{\"$include\": \"{secret}\"}}}}")),
    ] {
        let run = connect_policy(&["check", "-", "--stdin-filename", name, "--level", "hint", "--exit-zero"]).input(text).finish();
        assert!(!run.output.contains("NoSuchThing"), "{run:?}");
    }
}
