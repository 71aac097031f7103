//! Completions as a person meets them: a document, a cursor, what is offered and what stands there afterwards.

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, Format};

use crate::Analysis;

/// The labels offered at `¦`, and the document after the item that is named is accepted.
#[track_caller]
fn accept(name: &str, text: &str, label: &str) -> String {
    let (analysis, offset) = at_cursor(name, text);
    let offered = analysis.completions(offset);
    let labels: Vec<&str> = offered.items.iter().map(|item| item.label.as_str()).collect();
    let item = offered.items.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("{label} is not offered, but {labels:?}"));
    let text = analysis.document().text();
    assert!(item.edit.range.start <= offset && offset <= item.edit.range.end, "the edit must hold the cursor");
    let typed = &text[item.edit.range.start..offset];
    let begins_alike =
        item.filter_text.to_lowercase().starts_with(&typed.to_lowercase().trim_start_matches('"').chars().take(1).collect::<String>());
    assert!(begins_alike, "{:?} does not begin as {typed:?}", item.filter_text);
    format!("{}{}{}", &text[..item.edit.range.start], item.edit.new_text, &text[item.edit.range.end..])
}

fn at_cursor(name: &str, text: &str) -> (Analysis, usize) {
    let offset = text.find('¦').expect("a cursor");
    let text = text.replacen('¦', "", 1);
    let format = Format::from_path(Path::new(name)).expect("a format");
    (Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin())), offset)
}

fn labels(name: &str, text: &str) -> Vec<String> {
    let (analysis, offset) = at_cursor(name, text);
    analysis.completions(offset).items.into_iter().map(|item| item.label).collect()
}

#[test]
fn a_services_actions_are_offered_whole() {
    let offered = labels("policy.json", r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:¦"]}]}"#);
    assert_eq!(offered.len(), 387);
}

#[test]
fn what_the_list_holds_is_left_out() {
    let offered = labels("policy.json", r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUsers", "connect:¦"]}]}"#);
    assert!(!offered.contains(&"connect:ListUsers".to_owned()));
    assert_eq!(offered.len(), 386);
}

#[test]
fn an_accepted_action_stands_inside_its_quotes() {
    for (before, after) in [
        (r#"{"Statement":[{"Action":["connect:ListU¦"]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
        (r#"{"Statement":[{"Action":"connect:List¦Queues"}]}"#, r#"{"Statement":[{"Action":"connect:ListUsers"}]}"#),
        (r#"{"Statement":[{"Action":["¦"]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
        (r#"{"Statement":[{"Action":["listus¦"]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
    ] {
        assert_eq!(accept("policy.json", before, "connect:ListUsers"), after);
    }
}

#[test]
fn what_is_missing_around_an_entry_is_written_with_it() {
    for (before, after) in [
        // An open quote is left to whoever opened it.
        (
            "{\"Statement\":[{\"Action\":[\n\"connect:ListU¦\n\"connect:ListQueues\"]}]}",
            "{\"Statement\":[{\"Action\":[\n\"connect:ListUsers\n\"connect:ListQueues\"]}]}",
        ),
        (r#"{"Statement":[{"Action":[¦]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
        (
            r#"{"Statement":[{"Action":["connect:GetMetricData", ¦]}]}"#,
            r#"{"Statement":[{"Action":["connect:GetMetricData", "connect:ListUsers"]}]}"#,
        ),
        (r#"{"Statement":[{"Action":¦}]}"#, r#"{"Statement":[{"Action": "connect:ListUsers"}]}"#),
        (r#"{"Statement":[{"Action":[connect:ListU¦]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
    ] {
        assert_eq!(accept("policy.json", before, "connect:ListUsers"), after);
    }
}

#[test]
fn a_permission_is_found_by_the_consoles_label() {
    let before = r#"{"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": ["quick conn¦"]}}"#;
    let after = r#"{"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": ["TransferDestinations.Create"]}}"#;
    assert_eq!(accept("profile.json", before, "TransferDestinations.Create"), after);
}

#[test]
fn json_in_a_json_string_keeps_its_escapes() {
    let before = r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"connect:ListU¦\"]}]}"}"#;
    let after = r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"connect:ListUsers\"]}]}"}"#;
    assert_eq!(accept("request.json", before, "connect:ListUsers"), after);
    let before = r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [¦]}]}"}"#;
    assert_eq!(accept("request.json", before, "connect:ListUsers"), after);
}

#[test]
fn nothing_is_offered_where_nothing_of_ours_may_stand() {
    for text in [
        r#"{"name": "connect:¦"}"#,
        r#"{"Statement": [{"Effect": "Allow", "Sid": "¦", "Action": "connect:ListUsers"}]}"#,
        r#"{"scripts": {"build": "¦"}}"#,
        r#"{"action": "¦", "menu": ["connect:survival"]}"#,
    ] {
        assert_eq!(labels("file.json", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn effects_and_keys_are_offered() {
    assert_eq!(labels("p.json", r#"{"Statement": [{"Effect": "¦"}]}"#), ["Allow", "Deny"]);
    let keys = labels("p.json", r#"{"Statement": [{"Effect": "Allow", "Act¦"}]}"#);
    assert!(keys.contains(&"Action".to_owned()) && !keys.contains(&"Effect".to_owned()), "{keys:?}");
}
