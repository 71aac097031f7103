//! Entries are offered where an entry can be written, with the dash or comma that it needs, and nowhere else.

use super::{accept, labels};
use crate::completion::{CompletionTrigger, FilePurpose};

const LIST: &str = "Statement:\n  - Effect: Allow\n    Resource: '*'\n    Action:\n      - connect:ListUsers\n";

fn statement(action: &str) -> String {
    format!("Statement:\n  - Effect: Allow\n    Resource: '*'\n    Action: {action}\n")
}

fn json(action: &str) -> String {
    format!(r#"{{"Statement": [{{"Effect": "Allow", "Resource": "*", "Action": {action}}}]}}"#)
}

fn hcl(actions: &str) -> String {
    format!("data \"aws_iam_policy_document\" \"x\" {{\n  statement {{\n    actions = {actions}\n  }}\n}}\n")
}

#[track_caller]
fn check_none(name: &str, text: &str) {
    assert_eq!(labels(name, text), [""; 0], "{text}");
}

#[track_caller]
fn check_some(name: &str, text: &str) {
    assert!(!labels(name, text).is_empty(), "{text}");
}

#[test]
fn a_new_line_of_a_yaml_list_gets_its_dash() {
    for typed in ["¦", "con¦", "connect:¦", "connect:listq¦", "\"connect:¦\"", "'¦'"] {
        let after = accept("t.yaml", &format!("{LIST}      {typed}\n"), "connect:ListQueues");
        let quote = typed.chars().next().filter(|letter| "\"'".contains(*letter)).map_or(String::new(), String::from);
        assert_eq!(after, format!("{LIST}      - {quote}connect:ListQueues{quote}\n"), "{typed}");
    }
    let between = LIST.replace("      - connect", "      ¦\n      - connect");
    assert_eq!(accept("t.yaml", &between, "connect:ListQueues"), between.replace('¦', "- connect:ListQueues"));
    let permissions = "Type: AWS::Connect::SecurityProfile\nProperties:\n  Permissions:\n    - Users.View\n    ¦\n";
    assert_eq!(accept("t.yaml", permissions, "Queues.View"), permissions.replace('¦', "- Queues.View"));
    let resources = "Statement:\n  - Effect: Allow\n    Action: connect:ListUsers\n    Resource:\n      - arn:x\n      ¦\n";
    assert_eq!(accept("t.yaml", resources, "*"), resources.replace('¦', "- '*'"));
}

#[test]
fn dashes_in_the_keys_column_leave_the_keys_first() {
    let list = "Statement:\n  - Effect: Allow\n    Resource: '*'\n    Action:\n    - connect:ListUsers\n    ";
    for typed in ["¦", "Con¦"] {
        assert!(labels("t.yaml", &format!("{list}{typed}\n")).contains(&"Condition".to_owned()), "{typed}");
    }
    let after = accept("t.yaml", &format!("{list}connect:¦\n"), "connect:ListQueues");
    assert_eq!(after, format!("{list}- connect:ListQueues\n"));
}

#[test]
fn lines_that_continue_a_text_of_yaml_get_nothing() {
    for line in ["        ¦", "        con¦", "        connect:¦", "       ¦"] {
        check_none("t.yaml", &format!("{LIST}{line}\n"));
    }
    for rest in ["connect:ListUsers\n      ¦", "connect:ListUsers\n      con¦", "connect:ListUsers\n      connect:¦"] {
        check_none("t.yaml", &statement(rest));
    }
    check_some("t.yaml", &statement("\n      connect:L¦"));
}

#[test]
fn a_new_line_without_a_dash_never_opens_by_itself() {
    for (typed, is_open) in [("      ¦", false), ("        ¦", false), ("        connect:¦", false), ("      connect:¦", true)] {
        let (analysis, offset) = super::at_cursor("t.yaml", &format!("{LIST}{typed}\n"));
        let items = analysis.completions_after(offset, CompletionTrigger::Typed, FilePurpose::Any).items;
        assert_eq!(!items.is_empty(), is_open, "{typed}");
    }
}

#[test]
fn a_missing_comma_is_written_with_the_entry() {
    for (name, text) in [("p.json", json("[\n  \"connect:ListUsers\"§\n  ¦\n]")), ("m.tf", hcl("[\n  \"connect:ListUsers\"§\n  ¦\n]"))]
    {
        for typed in ["¦", "\"¦\"", "\"¦", "con¦"] {
            let before = text.replace('§', "").replace('¦', typed);
            let after = accept(name, &before, "connect:ListQueues");
            let close = if typed == "\"¦" { "" } else { "\"" };
            assert_eq!(after, text.replace('§', ",").replace('¦', &format!("\"connect:ListQueues{close}")), "{before}");
        }
    }
    for (before, after) in [
        (r#"["connect:ListUsers" "¦"]"#, r#"["connect:ListUsers", "connect:ListQueues"]"#),
        ("[\"¦\"\n\"connect:ListUsers\"]", "[\"connect:ListQueues\",\n\"connect:ListUsers\"]"),
        ("[\"connect:ListUsers\" // a, b\n\"¦\"]", "[\"connect:ListUsers\", // a, b\n\"connect:ListQueues\"]"),
        ("[\"connect:ListUsers\" /* , */ , \"¦\"]", "[\"connect:ListUsers\" /* , */ , \"connect:ListQueues\"]"),
        ("[\"connect:ListUsers\"\n, \"¦\"]", "[\"connect:ListUsers\"\n, \"connect:ListQueues\"]"),
        ("[\n\"¦\"\n]", "[\n\"connect:ListQueues\"\n]"),
    ] {
        assert_eq!(accept("p.json", &json(before), "connect:ListQueues"), json(after));
    }
}

#[test]
fn functions_of_templates_get_entries_only_where_they_pass_them_on() {
    for argument in [
        "!Ref ¦",
        "!Ref connect:¦",
        "!GetAtt ¦",
        "!GetAtt A.¦",
        "!GetAtt connect:¦",
        "!ImportValue con¦",
        "!If [¦, a, b]",
        "!If [con¦]",
        "!FindInMap [a, ¦, b]",
        "!Select [¦, [a]]",
        "!Split ['¦', a]",
        "!Join [\"¦\", [a]]",
        "!Foo con¦",
    ] {
        check_none("t.yaml", &statement(argument));
        check_none("t.yaml", &format!("{LIST}      - {argument}\n"));
    }
    for argument in [
        r#"{"Ref": "¦"}"#,
        r#"{"Fn::GetAtt": ["¦"]}"#,
        r#"{"Fn::If": ["¦", "a", "b"]}"#,
        r#"{"Fn::FindInMap": ["a", "¦"]}"#,
        r#"{"Fn::Select": ["¦", []]}"#,
        r#"{"Fn::Split": ["¦", "a"]}"#,
        r#"{"Fn::Join": ["¦", []]}"#,
        r#"{"Fn::ImportValue": "¦"}"#,
    ] {
        check_none("t.json", &json(argument));
        check_none("t.json", &json(&format!(r#"["connect:ListUsers", {argument}]"#)));
    }
    for argument in ["!If [c, con¦, b]", "!If [c, a, ¦]", "!If [c, [con¦], b]", "!Join [',', [con¦]]", "!Sub con¦", "!!str con¦"] {
        check_some("t.yaml", &statement(argument));
        check_some("t.yaml", &format!("{LIST}      - {argument}\n"));
    }
    for argument in [r#"{"Fn::If": ["c", "¦", "b"]}"#, r#"{"Fn::If": ["c", ["¦"], "b"]}"#, r#"{"Fn::Join": [",", ["¦"]]}"#] {
        check_some("t.json", &json(argument));
    }
}

#[test]
fn expressions_of_terraform_get_entries_only_where_they_give_them() {
    for expression in [
        r#"split("¦", "x")"#,
        r#"join("¦", ["a"])"#,
        r#"var.x == "¦" ? ["connect:ListUsers"] : []"#,
        r#"["connect:ListUsers", var.x != "¦" ? "a" : "b"]"#,
        r#"file("¦")"#,
        r#"jsondecode(file("¦"))"#,
        r#"lookup(var.m, "¦")"#,
        r#"var.m["¦"]"#,
        r#"formatlist("¦", ["a"])"#,
        r#"contains(["¦"], var.x) ? ["connect:ListUsers"] : []"#,
        r#"[for a in var.x : a if a != "¦"]"#,
        r#"[for a in ["¦"] : "connect:${a}"]"#,
        r#"["connect:ListUsers", lookup(var.m, "¦")]"#,
        r#"["${lookup(var.m, "¦")}"]"#,
        r#"concat(["connect:ListUsers"], split("¦", "a"))"#,
    ] {
        check_none("m.tf", &hcl(expression));
        check_none("m.tf", &format!("resource \"aws_connect_security_profile\" \"x\" {{\n  permissions = {expression}\n}}\n"));
    }
    for expression in [
        r#"concat(["¦"])"#,
        r#"var.x == "a" ? ["¦"] : []"#,
        "var.x ? ¦ : []",
        r#"[for a in var.x : "¦"]"#,
        r#"["connect:ListUsers", var.x ? "¦" : "b"]"#,
        r#"lookup(var.m, "a", ["¦"])"#,
        r#"setsubtract(["¦"], var.x)"#,
        r#"split(",", "¦")"#,
        "[con¦]",
    ] {
        check_some("m.tf", &hcl(expression));
    }
}

#[test]
fn a_list_has_no_keys_of_conditions_and_principals() {
    let condition = |text: &str| format!("{}    Condition:\n{text}\n", statement("connect:ListUsers"));
    for text in [
        "      - ¦",
        "      - Str¦",
        "      StringEquals:\n        - ¦",
        "      StringEquals:\n        - aws¦",
        "      - StringEquals:\n          ¦",
    ] {
        check_none("t.yaml", &condition(text));
    }
    for text in [r#"["¦"]"#, r#"[{"¦"}]"#, r#"{"StringEquals": ["¦"]}"#, r#"{"StringEquals": [{"¦"}]}"#] {
        check_none("p.json", &json(&format!(r#""connect:ListUsers", "Condition": {text}"#)));
    }
    check_none("p.json", r#"{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": [{"¦"}]}]}"#);
    check_none("p.json", r#"{"Statement": [{"Effect": ["¦"], "Action": "sts:AssumeRole"}]}"#);
    for text in
        ["      StringEquals: !If [c, {¦}, {}]", "      Fn::If:\n        - c\n        - ¦\n        - {}", "      StringEquals:\n        ¦"]
    {
        check_some("t.yaml", &condition(text));
    }
}
