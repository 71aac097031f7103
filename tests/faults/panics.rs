//! A bug of ours costs one answer, or one rule's findings, and says where it is.

use std::fs;

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::support::{Client, TYPO_POLICY, connect_policy};

const URI: &str = "file:///policy.json";

fn pulling(args: &[&str]) -> Client {
    Client::start(&[&["lsp"], args].concat(), json!({"capabilities": {"textDocument": {"diagnostic": {}}}})).0
}

/// The next line of the log has these words.
#[track_caller]
fn logged(client: &mut Client, words: &str) {
    let log = client.told("window/logMessage");
    assert_eq!(log["params"]["type"], 1, "an error");
    assert!(log["params"]["message"].as_str().unwrap().contains(words), "{log}");
}

#[test]
fn the_feature_and_the_document_are_named() {
    let mut client = pulling(&["--panic-on", "BOOM"]);
    client.open(URI, "json", "\"BOOM\"");
    let document = json!({"uri": URI});
    let start = json!({"line": 0, "character": 0});
    let all = json!({"start": start, "end": start});
    for (method, params, name) in [
        ("hover", json!({"textDocument": document, "position": start}), "hover of file:///policy.json"),
        ("completion", json!({"textDocument": document, "position": start}), "completion of"),
        ("inlayHint", json!({"textDocument": document, "range": all}), "inlay hints of"),
        ("codeLens", json!({"textDocument": document}), "code lenses of"),
        ("documentSymbol", json!({"textDocument": document}), "outline of"),
        ("codeAction", json!({"textDocument": document, "range": all, "context": {"diagnostics": []}}), "code actions of"),
    ] {
        assert_eq!(client.request(&format!("textDocument/{method}"), params), Value::Null);
        logged(&mut client, name);
    }
    assert_eq!(client.pull(URI), json!([]));
    logged(&mut client, "diagnostics of");
}

#[test]
fn a_rule_that_panics_costs_its_own_findings() {
    let rules = |client: &mut Client| -> Vec<String> {
        client.open(URI, "json", TYPO_POLICY);
        client.pull(URI).as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap().to_owned()).collect()
    };
    let mut sound = pulling(&[]);
    let all = rules(&mut sound);
    assert!(all.contains(&"unknown-action".to_owned()), "{all:?}");
    for rule in ["full-access", "unknown-action"] {
        let mut client = pulling(&["--panic-in", rule]);
        let left: Vec<String> = all.iter().filter(|code| *code != rule).cloned().collect();
        assert_eq!(rules(&mut client), left);
        logged(&mut client, &format!("`{rule}` at {URI}: requested by --panic-in"));
        // Once a version.
        client.pull(URI);
        assert_eq!(client.unread(), [] as [Value; 0]);
    }
}

#[test]
fn check_names_the_file_and_goes_on() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.json"), "\"BOOM\"").unwrap();
    fs::write(folder.path().join("b.json"), TYPO_POLICY).unwrap();
    let run = connect_policy(&["check", "--panic-on", "BOOM"]).in_folder(&folder).finish().exits_with(2);
    assert!(run.errors.contains("a.json: internal error while checking: requested by --panic-on; please report this"), "{run:?}");
    assert!(run.output.contains("unknown-action") && run.output.contains("b.json"), "{run:?}");
}

#[test]
fn check_names_the_rule_and_keeps_what_others_found() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("b.json"), TYPO_POLICY).unwrap();
    let run = connect_policy(&["check", "--panic-in", "full-access"]).in_folder(&folder).finish().exits_with(2);
    assert!(run.errors.contains("b.json: internal error in rule `full-access`"), "{run:?}");
    assert!(run.output.contains("unknown-action"), "{run:?}");
    let run = connect_policy(&["check", "--panic-in", "unknown-action", "--fix"]).in_folder(&folder).finish().exits_with(2);
    assert!(!run.output.contains("unknown-action"), "{run:?}");
    assert_eq!(fs::read_to_string(folder.path().join("b.json")).unwrap(), TYPO_POLICY);
}
