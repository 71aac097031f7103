//! Where lists open by themselves, and where nothing is offered at all.

use connect_policy_test_support::split_cursor;

use super::{accept, at_cursor, labels};
use crate::completion::{CompletionTrigger, FilePurpose};

/// The number of items that are offered at `¦` when a person asks, and when the editor asks by itself.
fn counts(name: &str, text: &str) -> (usize, usize) {
    let (analysis, offset) = at_cursor(name, text);
    let count = |trigger| analysis.completions_after(offset, trigger, FilePurpose::Any).items.len();
    (count(CompletionTrigger::Invoked), count(CompletionTrigger::Typed))
}

#[track_caller]
fn opens_by_itself(name: &str, text: &str) {
    let (by_hand, by_itself) = counts(name, text);
    assert!(by_hand > 0 && by_hand == by_itself, "{by_hand} by hand, {by_itself} by itself:\n{text}");
}

#[track_caller]
fn opens_by_hand_only(name: &str, text: &str) {
    let (by_hand, by_itself) = counts(name, text);
    assert!(by_hand > 0 && by_itself == 0, "{by_hand} by hand, {by_itself} by itself:\n{text}");
}

#[track_caller]
fn never_opens(name: &str, text: &str) {
    assert_eq!(counts(name, text), (0, 0), "{text}");
}

fn statement(rest: &str) -> String {
    format!("Statement:\n  - Effect: Allow\n{rest}\n")
}

fn profile(rest: &str) -> String {
    format!("Type: AWS::Connect::SecurityProfile\nProperties:\n{rest}\n")
}

fn terraform(rest: &str) -> String {
    format!("data \"aws_iam_policy_document\" \"x\" {{\n  statement {{\n{rest}\n  }}\n}}\n")
}

#[test]
fn a_list_opens_by_itself_in_text_that_has_begun() {
    for rest in [
        "    Action: c¦",
        "    Action: connect:¦",
        "    Action: \"¦\"",
        "    Action: '¦",
        "    Action:\n      - c¦",
        "    Action:\n      - connect:¦",
        "    Action:\n      - \"¦\"",
        "    Action: [connect:¦]",
        "    Action: [connect:ListUsers, '¦']",
        "    Action\n      - connect:¦",
    ] {
        opens_by_itself("t.yaml", &statement(rest));
    }
    for rest in ["  Permissions:\n    - U¦", "  Permissions:\n    - Users.¦", "  Permissions:\n    - '¦'", "  Permissions: [Users.¦]"] {
        opens_by_itself("t.yaml", &profile(rest));
    }
    for text in [
        r#"{"Statement": [{"Effect": "¦"}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Action": "¦"}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:¦"]}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUsers", "¦"#,
        r#"{"Statement": [{"Effect": "Allow", "Action": [connect:¦]}]}"#,
        r#"{"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": ["Users.¦"]}}"#,
        r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"¦\"]}]}"}"#,
    ] {
        opens_by_itself("p.json", text);
    }
    for rest in ["    actions = [\"¦\"]", "    actions = [\"connect:¦\"]", "    effect = \"¦\""] {
        opens_by_itself("m.tf", &terraform(rest));
    }
}

#[test]
fn where_a_value_is_yet_to_begin_a_list_opens_by_hand_only() {
    for rest in [
        "    Action:¦",
        "    Action: ¦",
        "    Action:\n      ¦",
        "    Action:\n      -¦",
        "    Action:\n      - ¦",
        "    Action:\n      - connect:ListUsers\n      - ¦",
        "    Action: [¦]",
        "    Action: [connect:ListUsers, ¦]",
        "    NotAction:¦",
        "    Action: connect:ListQueues\n    Resource:¦",
        "    Action: connect:ListQueues\n    Resource:\n      - ¦",
        "    Action: sts:AssumeRole\n    Principal:\n      Service:¦",
        "    Action: connect:ListQueues\n    Condition:\n      Bool:\n        aws:SecureTransport:¦",
    ] {
        opens_by_hand_only("t.yaml", &statement(rest));
    }
    opens_by_hand_only("t.yaml", "Statement:\n  - Effect:¦\n");
    opens_by_hand_only("t.yaml", "Statement:\n  - Action:¦\n");
    opens_by_hand_only("t.yaml", "Statement:\n  - Action: ¦\n");
    for rest in ["  Permissions:¦", "  Permissions: ¦", "  Permissions:\n    ¦", "  Permissions:\n    - ¦"] {
        opens_by_hand_only("t.yaml", &profile(rest));
    }
    for text in [
        r#"{"Statement": [{"Effect":¦}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Action":¦}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Action": [¦]}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUsers"¦]}]}"#,
        r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUsers",¦]}]}"#,
        r#"{"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions":¦}}"#,
    ] {
        opens_by_hand_only("p.json", text);
    }
    for rest in ["    actions = [¦]", "    actions = [\"connect:ListUsers\"¦]", "    actions =¦"] {
        opens_by_hand_only("m.tf", &terraform(rest));
    }
}

#[test]
fn a_closing_quote_opens_nothing() {
    for (name, text) in [
        ("p.json", r#"{"Statement": [{"Effect": "Allow"¦}]}"#.to_owned()),
        ("p.json", r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListUsers"¦}]}"#.to_owned()),
        ("p.json", r#"{"Statement": [{"Effect": "Allow", "Action"¦}]}"#.to_owned()),
        ("t.yaml", statement("    Action: 'connect:ListUsers'¦")),
        ("t.yaml", statement("    \"Action\"¦:")),
        ("m.tf", terraform("    effect = \"Allow\"¦")),
    ] {
        assert_eq!(counts(name, &text).1, 0, "{text}");
    }
}

#[test]
fn every_form_of_comment_at_every_place_of_a_list_offers_nothing() {
    type Format = (&'static str, &'static [&'static str], &'static [&'static str]);
    // `§` stands for the comment, which has the cursor in it.
    const FORMATS: [Format; 3] = [
        (
            "p.json",
            &["// ¦\n", "// conn¦\n", "//¦\n", "/* ¦ */", "/* connect:¦ */", "/*\n ¦\n*/", "// \"connect:¦\"\n", "# ¦\n", "# connect:¦\n"],
            &[
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [ §\n \"connect:ListUsers\",\n \"connect:ListQueues\"\n]}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\n \"connect:ListUsers\", §\n \"connect:ListQueues\"\n]}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\n \"connect:ListUsers\" §\n, \"connect:ListQueues\"\n]}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\n \"connect:ListUsers\",\n \"connect:ListQueues\" §\n]}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": §\n [\"connect:ListUsers\"]}]}",
                "{\"Statement\": [{\"Effect\": \"Allow\", §\n \"Action\": [\"connect:ListUsers\"]}]}",
                "{\"Statement\": [{\"Effect\": §\n \"Allow\", \"Action\": [\"connect:ListUsers\"]}]}",
                "{\"Type\": \"AWS::Connect::SecurityProfile\", \"Properties\": {\"Permissions\": [\"Users.View\", §\n \"Queues.View\"]}}",
            ],
        ),
        (
            "t.yaml",
            &["# ¦\n", "# conn¦\n", "#¦\n", "# connect:¦\n", "# \"¦\n"],
            &[
                "Statement:\n  - Effect: Allow\n    Action: §      - connect:ListUsers\n      - connect:ListQueues\n",
                "Statement:\n  - Effect: Allow\n    Action:\n      §      - connect:ListUsers\n",
                "Statement:\n  - Effect: Allow\n    Action:\n      - connect:ListUsers §      - connect:ListQueues\n",
                "Statement:\n  - Effect: Allow\n    Action:\n      - connect:ListUsers\n      §      - connect:ListQueues\n",
                "Statement:\n  - Effect: Allow\n    Action:\n      - connect:ListUsers\n      §",
                "Statement:\n  - Effect: Allow\n    Action:\n      - §",
                "Statement:\n  - Effect: Allow\n    Action: [connect:ListUsers, §      connect:ListQueues]\n",
                "Statement:\n  - Effect: §    Action: connect:ListUsers\n",
                "Type: AWS::Connect::SecurityProfile\nProperties:\n  Permissions:\n    - Users.View\n    §    - Queues.View\n",
            ],
        ),
        (
            "m.tf",
            &["# ¦\n", "// ¦\n", "# conn¦\n", "/* ¦ */", "/* connect:¦ */", "/*\n ¦\n*/", "// \"connect:¦\"\n"],
            &[
                "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [ §\n \"connect:ListUsers\",\n \"connect:ListQueues\"\n]\n  }\n}\n",
                "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\n \"connect:ListUsers\", §\n \"connect:ListQueues\"\n]\n  }\n}\n",
                "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\n \"connect:ListUsers\",\n \"connect:ListQueues\" §\n]\n  }\n}\n",
                "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = concat(local.x, §\n [\"connect:ListUsers\"])\n  }\n}\n",
                "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:ListUsers\"] §\n  }\n}\n",
                "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    condition {\n      §\n    }\n  }\n}\n",
                "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    §\n    actions = [\"connect:ListUsers\"]\n  }\n}\n",
                "resource \"aws_connect_security_profile\" \"x\" {\n  permissions = [\"Users.View\", §\n \"Queues.View\"]\n}\n",
                "resource \"aws_iam_policy\" \"x\" {\n  policy = <<EOF\n{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"connect:ListUsers\", §\n \"connect:ListQueues\"]}]}\nEOF\n}\n",
            ],
        ),
    ];
    for (name, comments, places) in FORMATS {
        for place in places {
            for comment in comments {
                // JSON in a string has no comment of this form.
                if place.contains("<<EOF") && comment.starts_with('#') {
                    continue;
                }
                never_opens(name, &place.replace('§', comment));
            }
        }
    }
}

#[test]
fn what_only_looks_like_a_comment_is_completed() {
    opens_by_itself("p.json", r#"{"Id": "http://x # y", "Statement": [{"Effect": "Allow", "Action": ["connect:¦"]}]}"#);
    opens_by_itself("p.json", r#"{"Statement": [{"Effect": "Allow", "Action": [/* x */ "connect:¦"]}]}"#);
    opens_by_itself("t.yaml", "Description: 'a # b'\nStatement:\n  - Effect: Allow\n    Action:\n      # c\n      - connect:¦\n");
    opens_by_itself("m.tf", &terraform("    sid = \"# // /*\" # x\n    actions = [/* y */ \"connect:¦\"]"));
    opens_by_hand_only("p.json", "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\n  // x\n  ¦\n]}]}");
}

#[test]
fn a_list_that_cannot_hold_actions_offers_nothing() {
    for (name, text) in [
        ("t.yaml", "on:\n  push:\n    branches: [connect:¦]\n"),
        ("t.yaml", "on:\n  push:\n    branches:\n      - connect:¦\n"),
        ("p.json", r#"{"branches": ["connect:¦"]}"#),
        ("p.json", r#"{"scopes": ["Users.View", "¦"]}"#),
        ("m.tf", "resource \"github_branch\" \"x\" {\n  branches = [\"connect:¦\"]\n}\n"),
    ] {
        never_opens(name, text);
    }
    for (name, text) in [
        ("t.yaml", "allowedActions: [connect:¦]\n"),
        ("t.yaml", "x: &list\n  - connect:¦\n"),
        ("t.yaml", "Mappings:\n  Lists:\n    Agent:\n      Names: [connect:¦]\n"),
        ("p.json", r#"{"extra_actions": ["connect:¦"]}"#),
        ("p.json", r#"["connect:¦"]"#),
        ("m.tf", "locals {\n  names = [\"connect:¦\"]\n}\n"),
        ("m.tf", "variable \"names\" {\n  default = [\"connect:¦\"]\n}\n"),
        ("m.tf", "module \"policy\" {\n  grants = [\"connect:¦\"]\n}\n"),
        ("x.tfvars", "names = [\"connect:¦\"]\n"),
        ("m.tf.json", r#"{"locals": {"names": ["connect:¦"]}}"#),
    ] {
        opens_by_itself(name, text);
    }
}

#[test]
fn variables_of_a_substitution_and_names_of_resources_are_not_arns() {
    let with = |resource: &str| statement(&format!("    Action: connect:ListQueues\n    Resource: {resource}"));
    for resource in [
        "!Sub [\"arn:${Name}\", {Name: ¦}]",
        "!Sub [\"arn:${Name}\", {Name: x¦}]",
        "!Sub [\"arn:${Name}\", {¦}]",
        "!Sub [\"arn:${Name}\", ¦]",
        "!Sub\n      - 'arn:${Name}'\n      - Name: ¦",
        "!Ref ¦",
        "!GetAtt ¦",
        "!Join ['', ['¦']]",
    ] {
        never_opens("t.yaml", &with(resource));
    }
    never_opens(
        "p.json",
        r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListQueues", "Resource": {"Fn::Sub": ["arn:${Name}", {"Name": "¦"}]}}]}"#,
    );
    never_opens(
        "p.json",
        r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListQueues", "Resource": {"Fn::¦Sub": "arn:aws:connect:*"}}]}"#,
    );
    for resource in ["!Sub '¦'", "!Sub ['¦', {Name: x}]", "!If [IsProd, '¦', '*']", "['¦']"] {
        opens_by_itself("t.yaml", &with(resource));
    }
}

#[test]
fn attributes_of_a_condition_block_are_its_own() {
    let with = |inside: &str| terraform(&format!("    actions = [\"connect:ListUsers\"]\n    condition {{\n      {inside}\n    }}"));
    assert_eq!(labels("m.tf", &with("¦")), ["test", "variable", "values"]);
    assert_eq!(labels("m.tf", &with("te¦")), ["test", "variable", "values"]);
    assert_eq!(labels("m.tf", &with("test = \"Bool\"\n      va¦")), ["variable", "values"]);
    assert_eq!(labels("m.tf", &with("test = \"¦\"")).len(), 65);
    never_opens("m.tf", &with("other = \"¦\""));
    let looped = terraform(
        "    actions = [\"connect:ListUsers\"]\n    dynamic \"condition\" {\n      for_each = var.x\n      content {\n        va¦\n      }\n    }",
    );
    assert_eq!(labels("m.tf", &looped), ["test", "variable", "values"]);
    // A condition in JSON has its operators as keys.
    let encoded = "resource \"aws_iam_policy\" \"x\" {\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"connect:ListUsers\", Condition = { Str¦ } }] })\n}\n";
    assert_eq!(labels("m.tf", encoded).len(), 65);
}

#[test]
fn a_yaml_list_is_completed_below_a_key_without_its_colon() {
    let before = statement("    Action\n      - connect:ListU¦");
    assert_eq!(accept("t.yaml", &before, "connect:ListUsers"), before.replace("ListU¦", "ListUsers"));
    let keys = labels("t.yaml", &statement("    Action¦"));
    assert!(keys.contains(&"Action".to_owned()), "{keys:?}");
}

/// Types a text behind a document's beginning, letter by letter, and notes the places at which a list that an editor opens by itself
/// would be open when Enter or Tab comes.
#[track_caller]
fn type_line(name: &str, text: &str, typed: &str) {
    let (text, start) = split_cursor(text);
    let (head, tail) = text.split_at(start);
    for (at, letter) in typed.char_indices().filter(|(_, letter)| matches!(letter, ':' | '"' | '\'' | '.' | '=' | ' ' | '\n' | '\t')) {
        let end = at + letter.len_utf8();
        let state = format!("{head}{}¦{tail}", &typed[..end]);
        let is_opening_quote = letter == '"' && typed[..end].matches('"').count() % 2 == 1;
        if !is_opening_quote {
            assert_eq!(counts(name, &state).1, 0, "behind {:?} in\n{state}", &typed[..end]);
        }
    }
}

#[test]
fn a_key_its_colon_enter_and_tab_leave_what_was_typed() {
    const STATEMENT: [&str; 9] =
        ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
    for key in STATEMENT {
        type_line("t.yaml", "Statement:\n  - Sid: A\n    ¦", &format!("{key}:\n      \t"));
        type_line("t.yaml", "Statement:\n  - ¦", &format!("{key}:\n      \t"));
        type_line(
            "t.yaml",
            "Statement:\n  - Sid: A\n    ¦\n    Effect: Allow\n    Action: connect:ListUsers\n",
            &format!("{key}: \n      \t"),
        );
        type_line("p.json", "{\"Statement\": [{\"Sid\": \"A\", ¦}]}", &format!("\"{key}\":\n\t"));
        type_line(
            "m.tf",
            "resource \"aws_iam_policy\" \"x\" {\n  policy = jsonencode({ Statement = [{\n    ¦\n  }] })\n}\n",
            &format!("{key} = \n\t"),
        );
    }
    for key in ["sid", "effect", "principals", "not_principals", "actions", "not_actions", "resources", "not_resources", "condition"] {
        type_line("m.tf", &terraform("    ¦"), &format!("{key} = \n\t"));
        type_line("m.tf", &terraform("    ¦"), &format!("{key}=\n\t"));
    }
    for key in ["Permissions", "SecurityProfileName", "InstanceArn", "Description", "TagRestrictedResources", "Tags"] {
        type_line("t.yaml", "Type: AWS::Connect::SecurityProfile\nProperties:\n  ¦", &format!("{key}:\n    \t"));
        type_line("p.json", "{\"Type\": \"AWS::Connect::SecurityProfile\", \"Properties\": {¦}}", &format!("\"{key}\":\n\t"));
    }
    for key in ["permissions", "name", "instance_id", "instance_arn", "security_profile_name"] {
        type_line("m.tf", "resource \"aws_connect_security_profile\" \"x\" {\n  ¦\n}\n", &format!("{key} = \n\t"));
    }
    for key in ["ManagedPolicyArns", "PolicyDocument", "AssumeRolePolicyDocument", "Policies", "PolicyName", "Type", "Service", "AWS"] {
        type_line("t.yaml", "Type: AWS::IAM::Role\nProperties:\n  ¦", &format!("{key}:\n    \t"));
    }
    for key in ["Version", "Id", "Statement", "StringEquals", "aws:SourceAccount", "connect:InstanceId"] {
        type_line("p.json", "{¦}", &format!("\"{key}\":\n\t"));
        type_line("t.yaml", "¦", &format!("{key}:\n  \t"));
    }
}
