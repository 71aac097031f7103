//! What is found of lists that stand elsewhere.

use connect_policy_ide::{Analysis, Finding};
use expect_test::{Expect, expect};

use super::folder;

fn shown(files: &[(String, Analysis)], name: &str, finding: &Finding) -> String {
    let place = |index: usize, offset: usize| {
        let (name, analysis) = &files[index];
        format!("{name}:{}", analysis.document().text()[..offset].matches('\n').count() + 1)
    };
    let analysis = &files.iter().find(|(file, _)| file == name).expect("a file").1;
    let text = &analysis.document().text()[finding.range.clone()];
    let index = files.iter().position(|(file, _)| file == name).expect("a file");
    let related = finding.related.iter().map(|related| format!(" · {} {}", related.message, place(related.document, related.range.start)));
    format!("{} {} {} {text}{}\n", place(index, finding.range.start), finding.severity, finding.rule, related.collect::<String>())
}

/// The findings of all files of a folder.
#[track_caller]
fn check(text: &str, expected: Expect) {
    let files = folder(text);
    let lines = files.iter().flat_map(|(name, analysis)| {
        let findings = analysis.diagnostics();
        findings.iter().map(|finding| shown(&files, name, finding)).collect::<Vec<_>>()
    });
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn a_local_counts_where_it_is_used_and_is_judged_where_it_stands() {
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "agents" {
  statement {
    actions   = local.agent_actions
    resources = ["*"]
  }
}
== locals.tf
locals {
  agent_actions = ["connect:CreateUser", "connect:ListUser"]
}
"#,
        expect![[r#"
            locals.tf:2 warning privilege-escalation connect:CreateUser · used here main.tf:3
            locals.tf:2 warning unknown-action connect:ListUser
        "#]],
    );
}

#[test]
fn a_list_of_one_name_is_known_by_its_use_alone() {
    const LOCAL: &str = "locals {\n  one = [\"connect:ListUser\"]\n}\n";
    check(&format!("== a.tf\n{LOCAL}"), expect![[r#""#]]);
    check(
        &format!("== a.tf\n{LOCAL}data \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    actions = local.one\n  }}\n}}\n"),
        expect![[r#"
            a.tf:2 warning unknown-action connect:ListUser
        "#]],
    );
}

#[test]
fn wildcards_and_twins_are_seen_across_references() {
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "p" {
  statement {
    actions   = concat(local.wide, ["connect:ListUsers", "connect:StopContact"], local.narrow)
    resources = [local.instance]
  }
}
== locals.tf
locals {
  instance = "arn:aws:connect:eu-west-1:111122223333:instance/11111111-2222-3333-4444-555555555555"
  wide     = ["connect:List*"]
  narrow   = ["connect:ListQueues", "connect:StopContact"]
}
"#,
        expect![[r#"
            main.tf:3 hint redundant-action connect:ListUsers · written here locals.tf:3
            main.tf:3 hint destructive-action connect:StopContact
            locals.tf:4 hint redundant-action connect:ListQueues · used here main.tf:3 · written here locals.tf:3
            locals.tf:4 hint destructive-action connect:StopContact · used here main.tf:3
            locals.tf:4 hint duplicate-entry connect:StopContact · used here main.tf:3 · written here main.tf:3
        "#]],
    );
}

#[test]
fn a_literal_with_several_uses_is_not_blamed_for_one() {
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "p" {
  statement {
    actions   = concat(["connect:List*"], local.lists)
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "q" {
  statement {
    actions   = local.lists
    resources = ["*"]
  }
}
locals {
  lists = ["connect:ListQueues", "connect:ListUsers"]
}
"#,
        expect![[r#"
            main.tf:3 information data-exposure connect:List*
        "#]],
    );
}

#[test]
fn a_risk_used_twice_is_told_once_with_both_places() {
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "p" {
  statement {
    actions   = local.admin
    resources = ["*"]
  }
  statement {
    actions   = local.admin
    resources = ["arn:aws:connect:eu-west-1:111122223333:instance/11111111-2222-3333-4444-555555555555/agent/*"]
  }
}
locals {
  admin = ["connect:CreateUser"]
}
"#,
        expect![[r#"
            main.tf:12 warning privilege-escalation connect:CreateUser · used here main.tf:3 · used here main.tf:7
        "#]],
    );
}

#[test]
fn a_variable_counts_by_its_default_and_by_what_tfvars_set() {
    check(
        r#"
== main.tf
variable "actions" {
  type    = list(string)
  default = ["connect:ListUser"]
}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = concat(var.actions, ["connect:ListQueues"])
    resources = ["*"]
  }
}
== prod.tfvars
actions = ["connect:DeleteInstance"]
"#,
        expect![[r#"
            main.tf:3 warning unknown-action connect:ListUser
            prod.tfvars:1 information destructive-action connect:DeleteInstance · used here main.tf:7
        "#]],
    );
}

#[test]
fn each_list_of_a_map_is_a_profile_of_its_own() {
    check(
        r#"
== main.tf
resource "aws_connect_security_profile" "this" {
  for_each    = local.profiles
  name        = each.key
  permissions = local.profiles[each.key].permissions
}
== locals.tf
locals {
  profiles = {
    agent = { permissions = ["BasicAgentAccess", "Users.Veiw"] }
    lead  = { permissions = ["Users.EditPermission"] }
  }
}
"#,
        expect![[r#"
            locals.tf:3 error unknown-permission Users.Veiw
            locals.tf:4 hint missing-permission Users.EditPermission
            locals.tf:4 information risky-permission Users.EditPermission
        "#]],
    );
    check(
        r#"
== main.tf
resource "aws_connect_security_profile" "this" {
  for_each    = var.lists
  permissions = each.value
}
== terraform.tfvars
lists = { agent = ["Users.Edti"] }
"#,
        expect![[r#"
            terraform.tfvars:1 error unknown-permission Users.Edti
        "#]],
    );
}

#[test]
fn a_profile_put_together_is_judged_as_a_whole() {
    // Each half alone would lack the other.
    check(
        r#"
== main.tf
resource "aws_connect_security_profile" "lead" {
  permissions = concat(local.base, local.more)
}
locals {
  base = ["Users.View"]
  more = ["Users.Edit"]
}
"#,
        expect![[r#""#]],
    );
    check(
        r#"
== main.tf
resource "aws_connect_security_profile" "lead" {
  permissions = concat(local.base, local.more)
}
locals {
  base = ["Queues.View"]
  more = ["Users.Edit"]
}
"#,
        expect![[r#"
            main.tf:6 hint missing-permission Users.Edit · used here main.tf:2
        "#]],
    );
}

#[test]
fn loops_lead_to_what_they_go_through() {
    check(
        r#"
== main.tf
resource "aws_connect_security_profile" "this" {
  for_each    = { for p in local.profiles : p.name => p }
  permissions = each.value.permissions
}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = [for name in local.names : name]
    resources = ["*"]
  }
  statement {
    actions   = local.by_name["a"].acts
    resources = ["*"]
  }
}
== locals.tf
locals {
  profiles = [{ name = "a", permissions = ["Users.Veiw"] }, { name = "b", permissions = ["Users.EditPermission"] }]
  names    = ["connect:DeleteInstance"]
  by_name  = { for p in local.policies : p.name => { acts = p.actions } }
  policies = [{ name = "a", actions = ["connect:CreateUser"] }]
}
"#,
        expect![[r#"
            locals.tf:2 error unknown-permission Users.Veiw
            locals.tf:2 hint missing-permission Users.EditPermission
            locals.tf:2 information risky-permission Users.EditPermission
            locals.tf:3 information destructive-action connect:DeleteInstance · used here main.tf:7
            locals.tf:5 warning privilege-escalation connect:CreateUser · used here main.tf:11
        "#]],
    );
}

#[test]
fn every_way_into_a_collection_is_taken() {
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "keys" {
  for_each = toset(["connect:ListUser"])
  statement {
    actions   = [each.key]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "places" {
  statement {
    actions   = concat(local.lists[1], local.chosen.names, local.merged["b"], local.lists[7], local.merged.none)
    resources = ["*"]
  }
}
== locals.tf
locals {
  lists  = [["connect:ListQueues"], ["connect:ListQueue"]]
  chosen = var.is_small ? { names = ["connect:ListPrompt"] } : { names = ["connect:ListPrompts"] }
  merged = merge({ a = ["connect:ListViews"] }, { b = ["connect:ListView"] })
}
"#,
        expect![[r#"
            main.tf:2 warning unknown-action connect:ListUser
            locals.tf:2 warning unknown-action connect:ListQueue
            locals.tf:3 warning unknown-action connect:ListPrompt
            locals.tf:4 warning unknown-action connect:ListView
        "#]],
    );
}

#[test]
fn dynamic_blocks_use_what_they_repeat() {
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "p" {
  dynamic "statement" {
    for_each = local.groups
    content {
      actions   = statement.value.names
      resources = ["*"]
    }
  }
}
locals {
  groups = [{ names = ["connect:ListUser"] }, { names = ["connect:UpdateUserSecurityProfiles"] }]
}
"#,
        expect![[r#"
            main.tf:11 warning unknown-action connect:ListUser
            main.tf:11 warning privilege-escalation connect:UpdateUserSecurityProfiles · used here main.tf:5
        "#]],
    );
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "p" {
  dynamic "statement" {
    for_each = toset(["connect:ListUser"])
    iterator = it
    content {
      actions   = [it.value]
      resources = ["*"]
    }
  }
}
"#,
        expect![[r#"
            main.tf:3 warning unknown-action connect:ListUser
        "#]],
    );
}

#[test]
fn aliases_parameters_and_mappings_are_followed() {
    check(
        r#"
== t.yaml
Parameters:
  Actions:
    Type: CommaDelimitedList
    Default: connect:ListUsers, connect:ListQueue
  Mode:
    Type: String
    Default: prod
Mappings:
  Lists:
    prod:
      Read: [connect:DescribeUsr]
    test:
      Read: [connect:DescribeUser, connect:DescribeQueu]
Resources:
  One:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: &reading
              - connect:DescribeUser
              - connect:CreateUser
            Resource: arn:aws:connect:eu-west-1:111122223333:instance/11111111-2222-3333-4444-555555555555/agent/*
          - Effect: Allow
            Action: *reading
            Resource: "*"
          - Effect: Allow
            Action: !Ref Actions
            Resource: "*"
          - Effect: Allow
            Action: !FindInMap [Lists, !Ref Mode, Read]
            Resource: "*"
"#,
        expect![[r#"
            t.yaml:4 warning unknown-action connect:ListQueue
            t.yaml:11 warning unknown-action connect:DescribeUsr
            t.yaml:13 warning unknown-action connect:DescribeQueu
            t.yaml:24 warning privilege-escalation connect:CreateUser · used here t.yaml:27
        "#]],
    );
    check(
        r#"
== t.json
{"Parameters": {"Actions": {"Type": "CommaDelimitedList", "Default": "connect:CreateUser"}},
 "Mappings": {"M": {"a": {"b": ["connect:ListQueue"]}}},
 "Resources": {"P": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": {"Ref": "Actions"}, "Resource": "*"},
  {"Effect": "Allow", "Action": {"Fn::FindInMap": ["M", "a", "b"]}, "Resource": "*"}]}}}}}
"#,
        expect![[r#"
            t.json:1 warning privilege-escalation connect:CreateUser · used here t.json:4
            t.json:2 warning unknown-action connect:ListQueue
        "#]],
    );
}

#[test]
fn a_policy_is_about_connect_by_what_it_borrows() {
    check(
        r#"
== main.tf
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Alow", Action = local.acts, Resource = "*" }]
  })
}
== locals.tf
locals { acts = ["connect:ListUsers"] }
"#,
        expect![[r#"
            main.tf:4 error invalid-effect Alow
        "#]],
    );
    // Lists of other services are none of ours.
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "p" {
  statement {
    actions   = local.acts
    resources = ["*"]
  }
}
== locals.tf
locals { acts = ["s3:GetObjct"] }
"#,
        expect![[r#""#]],
    );
}

#[test]
fn what_is_not_literal_is_unknown_and_circles_end() {
    check(
        r#"
== main.tf
data "aws_iam_policy_document" "p" {
  statement {
    actions   = concat(local.a, local.gone, data.x.y.z, var.nowhere, ["connect:UpdateUserRoutingProfile"])
    resources = ["*"]
  }
}
locals {
  a = concat(local.b, ["connect:ListQueues"])
  b = local.c
  c = local.a
  d = local.d
}
"#,
        expect![[r#""#]],
    );
    check(
        "== t.yaml\nEffect: Allow\nAction: &a [*a, connect:ListUser, *b]\nResource: &b [*a]\n",
        expect![[r#"
            t.yaml:2 warning unknown-action connect:ListUser
        "#]],
    );
}

#[test]
fn a_deny_behind_a_reference_holds_only_where_it_is_certain() {
    const POLICY: &str = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = [\"connect:CreateUser\"]\n    resources = [\"*\"]\n  }\n  statement {\n    effect = \"Deny\"\n    actions = REFERENCE\n    resources = [\"*\"]\n  }\n}\n";
    const NAMES: &str = "locals {\n  no = [\"connect:CreateUser\"]\n}\nvariable \"no\" {\n  default = [\"connect:CreateUser\"]\n}\n";
    check(&format!("== a.tf\n{}{NAMES}", POLICY.replace("REFERENCE", "local.no")), expect![[r#""#]]);
    check(
        &format!("== a.tf\n{}{NAMES}", POLICY.replace("REFERENCE", "var.no")),
        expect![[r#"
        a.tf:3 warning privilege-escalation connect:CreateUser
    "#]],
    );
    check(
        &format!("== a.tf\n{}{NAMES}", POLICY.replace("REFERENCE", "var.x ? local.no : []")),
        expect![[r#"
        a.tf:3 warning privilege-escalation connect:CreateUser
    "#]],
    );
}

#[test]
fn ignore_comments_rule_where_the_literal_stands() {
    check(
        "== main.tf\ndata \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.admin\n    resources = [\"*\"]\n  }\n}\n== locals.tf\nlocals {\n  admin = [\"connect:CreateUser\"] # connect-policy: ignore[privilege-escalation]\n}\n",
        expect![[r#""#]],
    );
}
