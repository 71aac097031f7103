//! Line ends of Windows: a file that git or an editor has given CRLF says what it said before.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Client, TYPO_POLICY, connect_policy, folder};

const FILES: [(&str, &str); 4] = [
    (
        "policy.json",
        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\n    \"Effect\": \"Allow\",\n    \"Action\": [\n      \"connect:ListUsers\",\n      \"connect:DescribeUsr\"\n    ],\n    \"Resource\": \"*\"\n  }]\n}\n",
    ),
    (
        "template.yaml",
        "Resources:\n  Policy:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            Action:\n              - connect:ListUsers\n              - connect:DescribeUsr # a comment\n            Resource: '*'\n",
    ),
    (
        "main.tf",
        "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\n      \"connect:DescribeUsr\", # a comment\n      \"connect:ListUsers\",\n    ]\n    resources = [\"*\"]\n  }\n}\n",
    ),
    (
        "heredoc.tf",
        "resource \"aws_iam_policy\" \"x\" {\n  policy = <<-EOT\n    {\n      \"Version\": \"2012-10-17\",\n      \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"connect:DescribeUsr\"], \"Resource\": \"*\"}]\n    }\n  EOT\n}\n",
    ),
];

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// Findings without their places in bytes, which line ends shift.
fn checked(files: &[(&str, String)]) -> Vec<Value> {
    let folder = folder(files);
    let json = connect_policy(&["check", "--format", "json", "--level", "hint"]).in_folder(&folder).finish().exits_with(1).json();
    let mut findings = json["findings"].as_array().unwrap().clone();
    for finding in &mut findings {
        finding["span"].take();
        for edit in finding["fixes"].as_array_mut().unwrap().iter_mut().flat_map(|fix| fix["edits"].as_array_mut().unwrap()) {
            edit["span"].take();
        }
    }
    findings
}

#[test]
fn findings_are_where_they_were() {
    let with = checked(&FILES.map(|(name, text)| (name, crlf(text))));
    assert!(with.len() >= FILES.len());
    assert_eq!(with, checked(&FILES.map(|(name, text)| (name, text.to_owned()))));
}

#[test]
fn an_editor_gets_the_same_answers() {
    let mut client = Client::pulling();
    for (name, text) in FILES {
        let [without, with] = [text.to_owned(), crlf(text)].map(|text| {
            let uri = format!("file:///{name}");
            client.open(&uri, "", &text);
            let line = u32::try_from(text[..text.find("DescribeUsr").unwrap()].matches('\n').count()).unwrap();
            let column = u32::try_from(text.lines().nth(line as usize).unwrap().find("connect:").unwrap()).unwrap();
            let mut answers = vec![client.pull(&uri)];
            answers.push(client.at("textDocument/completion", &uri, (line, column + 12)));
            for (line, character) in [(line, column), (line, 99), (line + 1, column + 3)] {
                answers.push(client.at("textDocument/hover", &uri, (line, character)));
                answers.push(client.at("textDocument/completion", &uri, (line, character)));
            }
            client.close(&uri);
            // What is inserted has the document's own line ends.
            answers.iter().map(|answer| answer.to_string().replace(r"\r\n", r"\n")).collect::<Vec<_>>()
        });
        assert!(without[0].contains("unknown-action"), "{name}");
        for (without, with) in without.iter().zip(&with) {
            let differs = without.bytes().zip(with.bytes()).position(|(one, other)| one != other);
            let context = differs.map(|place| (&without[place.saturating_sub(200)..place], &with[place..with.len().min(place + 200)]));
            assert!(without == with, "{name}: {context:?}");
        }
    }
}

#[test]
fn a_fix_leaves_line_ends_alone() {
    let slip = FILES.map(|(name, text)| (name, crlf(&text.replace("connect:ListUsers", "connect:listusers"))));
    let folder = folder(&slip);
    connect_policy(&["check", "--fix", "--exit-zero", "--level", "hint"]).in_folder(&folder).finish().exits_with(0);
    for (name, text) in slip {
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), text.replace("connect:listusers", "connect:ListUsers"), "{name}");
    }
}

#[test]
fn what_else_is_read_may_have_them_too() {
    let toml = "[rules]\nunknown-action = \"error\"\n[catalog]\npermissions-from = [\"list.json\"]\n[files]\nexclude = [\"legacy/\"]\n";
    let folder = folder(&[
        ("connect-policy.toml", crlf(toml)),
        ("list.json", crlf("{\"Permissions\": [\n\"Gizmos.Frob\"\n]}\n")),
        (".gitignore", crlf("out/\nother/\n")),
        ("a.json", TYPO_POLICY.to_owned()),
        ("b.json", r#"{"SecurityProfileName": "a", "Permissions": ["Gizmos.Frob"]}"#.to_owned()),
        ("legacy/c.json", TYPO_POLICY.to_owned()),
        ("out/d.json", TYPO_POLICY.to_owned()),
    ]);
    let json = connect_policy(&["check", "--format", "json"]).in_folder(&folder).finish().exits_with(1).json();
    let findings: Vec<_> = json["findings"].as_array().unwrap().iter().map(|one| (&one["path"], &one["severity"])).collect();
    assert_eq!(findings, [(&json!("a.json"), &json!("error"))], "{json}");
}

#[test]
fn a_comment_that_ignores_a_finding_ignores_it() {
    let text = FILES[2].1.replace("# a comment", "# connect-policy: ignore[unknown-action]");
    let folder = folder(&[("lf.tf", text.clone()), ("crlf.tf", crlf(&text))]);
    let run = connect_policy(&["check", "--format", "json", "--level", "hint"]).in_folder(&folder).finish();
    assert_eq!(run.json()["findings"], json!([]), "{run:?}");
}
