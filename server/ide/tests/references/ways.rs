//! The ways from a list to what it refers to.

use expect_test::expect;

use super::check;

#[test]
fn a_variable_counts_by_its_default_and_by_what_tfvars_set() {
    check(
        r#"
== main.tf
variable "actions" {
  type    = list(string)
  default = ["connect:ListUser"]
}
allow concat(var.actions, ["connect:ListQueues"])
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
allow concat(local.lists[1], local.chosen.names, local.merged["b"], local.lists[7], local.merged.none)
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
fn what_is_not_literal_is_unknown_and_circles_end() {
    check(
        r#"
== main.tf
allow concat(local.a, local.gone, data.x.y.z, var.nowhere, ["connect:UpdateUserRoutingProfile"])
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
            t.yaml:2 error invalid-structure *a
            t.yaml:2 warning unknown-action connect:ListUser
            t.yaml:3 error invalid-structure *a
        "#]],
    );
}
