//! Code lenses, inlay hints and symbols of a document, as a person sees them.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, Format};
use expect_test::{Expect, expect};

use crate::analysis::Analysis;
use crate::symbols::DocumentSymbol;

fn analyse(name: &str, text: &str) -> Analysis {
    let format = Format::from_path(Path::new(name)).expect("a format");
    Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin()))
}

#[track_caller]
fn check(name: &str, text: &str, expected: &Expect) {
    let analysis = analyse(name, text);
    let mut out = String::new();
    for lens in analysis.lenses() {
        let _ = writeln!(out, "lens {:?}: {}", text[lens.range].lines().next().unwrap_or(""), lens.title);
    }
    for hint in analysis.hints(0..text.len()) {
        let line = text[..hint.offset].lines().last().unwrap_or("").trim();
        let _ = writeln!(out, "hint {line} ‹{}›", hint.label);
    }
    for symbol in analysis.symbols() {
        write_symbol(&mut out, &symbol, 0);
    }
    expected.assert_eq(&out);
}

fn write_symbol(out: &mut String, symbol: &DocumentSymbol, depth: usize) {
    assert!(symbol.range.start <= symbol.selection.start && symbol.selection.end <= symbol.range.end, "{symbol:?}");
    let _ = writeln!(out, "{}symbol {} ({})", "  ".repeat(depth), symbol.name, symbol.detail);
    symbol.children.iter().for_each(|child| write_symbol(out, child, depth + 1));
}

#[test]
fn a_policy_tells_what_it_lets_someone_do() {
    check(
        "p.json",
        r#"{
  "Statement": [
    {
      "Sid": "Lambda",
      "Effect": "Allow",
      "Action": ["connect:List*", "connect:DescribeInstance"],
      "Resource": "*"
    },
    {"Effect": "Deny", "Action": "connect:AdminGetEmergencyAccessToken", "Resource": "*"}
  ]
}"#,
        &expect![[r#"
            lens "{": Console: View telephony options, View flow security keys, View Lex bots and 2 more
            hint "Action": ["connect:List*" ‹77 actions›
            symbol policy (2 statements)
              symbol Lambda (Allow connect:List*, connect:DescribeInstance)
              symbol Deny connect:AdminGetEmergencyAccessToken ()
        "#]],
    );
}

#[test]
fn a_begun_task_names_what_it_lacks() {
    check(
        "m.tf",
        "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:AssociateApprovedOrigin\", \"connect:ListApprovedOrigins\"]\n  }\n}\n",
        &expect![[r#"
            lens "statement {": partly granted: Edit approved origins (missing connect:DisassociateApprovedOrigin)
            symbol x (1 statement)
              symbol connect:AssociateApprovedOrigin, connect:ListApprovedOrigins ()
        "#]],
    );
}

#[test]
fn a_profile_is_summed_up() {
    check(
        "t.yaml",
        "Type: AWS::Connect::SecurityProfile\nProperties:\n  SecurityProfileName: Lead\n  Permissions:\n    - BasicAgentAccess\n    - TransferDestinations.View\n    - Users.Edit\n",
        &expect![[r#"
            lens "Permissions": 1 risky: Users.Edit · 3 permissions in Contact Control Panel (CCP), Routing, Users and permissions
            hint - BasicAgentAccess ‹Access Contact Control Panel›
            hint - TransferDestinations.View ‹Quick connects - View›
            symbol Lead (3 permissions)
        "#]],
    );
}

#[test]
fn what_is_not_about_connect_has_no_lens() {
    check(
        "p.json",
        r#"{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
        &expect![[r#"
        symbol policy (1 statement)
          symbol Allow s3:GetObject ()
    "#]],
    );
}

#[test]
fn a_profile_counts_what_amazon_connect_knows() {
    check(
        "p.json",
        r#"{
  "SecurityProfileName": "Lead",
    "Permissions": ["Users.View", "Users.View", "Users.Vew", "", "Queues - Edit"]
}"#,
        &expect![[r#"
            lens "\"Permissions\"": 1 permission in Users and permissions
            symbol Lead (1 permission)
        "#]],
    );
}

#[test]
fn a_lens_stands_at_the_key() {
    let text = "resource \"aws_connect_security_profile\" \"x\" {\n    permissions = [\n      \"Users.View\",\n    ]\n}\ndata \"aws_iam_policy_document\" \"y\" {\n    statement {\n        actions = [\"connect:ListLambdaFunctions\"]\n        resources = [\"*\"]\n    }\n}\n";
    let starts: Vec<&str> =
        analyse("m.tf", text).lenses().iter().map(|lens| text[lens.range.clone()].split(' ').next().unwrap_or("")).collect();
    assert_eq!(starts, ["permissions", "statement"]);
}
