//! Several entries, or one that makes a line too long, give each entry of the list a line of its own.

use super::{accept, at_cursor, labels};

/// The document after the console task on instances is accepted, which has two actions.
#[track_caller]
fn after_task(name: &str, text: &str) -> String {
    let label = labels(name, text).into_iter().find(|label| label.starts_with("List instances (console task"));
    accept(name, text, &label.expect("offered"))
}

#[test]
fn a_console_task_gives_each_entry_a_line() {
    let json = "{\n    \"Statement\": [\n        {\n            \"Action\": [\"connect:ListUsers\", \"¦\"],\n            \"Effect\": \"Allow\"\n        }\n    ]\n}\n";
    assert_eq!(
        after_task("p.json", json),
        "{\n    \"Statement\": [\n        {\n            \"Action\": [\n                \"connect:ListUsers\",\n                \"connect:ListInstances\",\n                \"ds:DescribeDirectories\"\n            ],\n            \"Effect\": \"Allow\"\n        }\n    ]\n}\n"
    );
}

#[test]
fn a_value_alone_becomes_a_list_of_lines() {
    let rows = |lead: &str, quote: &str, end: &str| {
        ["connect:ListInstances", "ds:DescribeDirectories"].map(|name| format!("{lead}{quote}{name}{quote}")).join(end)
    };
    for before in ["Statement:\n  - Effect: Allow\n    Action: ¦\n", "Statement:\n  - Effect: Allow\n    Action: l¦\n"] {
        let after = format!("Statement:\n  - Effect: Allow\n    Action:\n{}\n", rows("      - ", "", "\n"));
        assert_eq!(after_task("t.yaml", before), after, "{before}");
    }
    let before = "{\"Statement\": [\n  {\n    \"Effect\": \"Allow\",\n    \"Action\": \"¦\"\n  }\n]}";
    let after = format!(
        "{{\"Statement\": [\n  {{\n    \"Effect\": \"Allow\",\n    \"Action\": [\n{}\n    ]\n  }}\n]}}",
        rows("      ", "\"", ",\n")
    );
    assert_eq!(after_task("p.json", before), after);
}

#[test]
fn flow_lists_of_yaml_and_terraform_are_broken_too() {
    let before = "Statement:\n  - Effect: Allow\n    Action: [connect:ListUsers, ¦]\n";
    let after = after_task("t.yaml", before);
    assert!(after.contains("    Action: [\n      connect:ListUsers,\n      connect:ListInstances,\n"), "{after}");
    assert!(after.ends_with("      ds:DescribeDirectories]\n"), "{after}");
    let before = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:ListUsers\", \"¦\"] # all\n  }\n}\n";
    let after = after_task("m.tf", before);
    assert!(after.contains("    actions = [\n      \"connect:ListUsers\",\n      \"connect:ListInstances\",\n"), "{after}");
    assert!(after.contains("\"ds:DescribeDirectories\"\n    ] # all\n"), "{after}");
}

#[test]
fn a_string_in_quotes_stays_on_its_line() {
    for (name, before) in [
        ("r.json", r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [¦]}]}"}"#),
        ("t.yaml", "PolicyDocument: '{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [¦]}]}'\n"),
    ] {
        let after = after_task(name, before);
        assert_eq!(after.lines().count(), before.lines().count(), "{after}");
        assert!(after.contains("ds:DescribeDirectories"), "{after}");
    }
}

#[test]
fn one_action_too_many_breaks_the_line() {
    let line = r#"    "Action": ["connect:DescribeContactFlow", "connect:DescribeContactFlowModule", "connect:GetCon", "connect:Li¦"]"#;
    let before = format!("{{\"Statement\": [\n  {{\n{line}\n  }}\n]}}\n");
    let after = accept("p.json", &before, "connect:ListUsers");
    assert!(after.contains("\n      \"connect:GetCon\",\n      \"connect:ListUsers\"\n    ]\n"), "{after}");
    // A shorter name still fits.
    let after = accept("p.json", &before, "connect:ListBots");
    assert!(after.contains("\"connect:GetCon\", \"connect:ListBots\"]"), "{after}");
}

#[test]
fn a_long_line_that_a_program_wrote_stays_one() {
    let before = format!(
        r#"{{"Statement":[{{"Effect":"Allow","Action":["connect:ListUsers","connect:¦"],"Resource":"*","Sid":"{}"}}]}}"#,
        "x".repeat(120)
    );
    let after = accept("p.json", &before, "connect:ListQueues");
    assert!(after.contains(r#"["connect:ListUsers","connect:ListQueues"]"#), "{after}");
    let (analysis, offset) = at_cursor("p.json", &before);
    assert!(analysis.completions(offset).items.iter().all(|item| item.additional_edits.is_empty()));
}
