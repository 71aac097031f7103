//! What is found of lists that stand elsewhere: how they count where they are used.

use expect_test::expect;

use super::check;

#[test]
fn a_local_counts_where_it_is_used_and_is_judged_where_it_stands() {
    check(
        r#"
== main.tf
allow local.agent_actions
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
            main.tf:3 hint redundant-action connect:ListUsers · first occurrence locals.tf:3
            main.tf:3 hint destructive-action connect:StopContact
            locals.tf:3 hint data-exposure connect:List* · used here main.tf:3
            locals.tf:4 hint redundant-action connect:ListQueues · used here main.tf:3 · first occurrence locals.tf:3
            locals.tf:4 hint destructive-action connect:StopContact · used here main.tf:3
            locals.tf:4 hint duplicate-entry connect:StopContact · used here main.tf:3 · first occurrence main.tf:3
        "#]],
    );
}

#[test]
fn overlapping_lists_may_be_made_a_set() {
    const LISTS: &str = "locals {\n  a = [\"connect:ListUsers\"]\n  b = [\"connect:ListUsers\"]\n}\n";
    check(
        &format!("== a.tf\nallow concat(local.a, local.b)\n{LISTS}"),
        expect![[r#"
            a.tf:9 hint duplicate-entry connect:ListUsers · used here a.tf:3 · first occurrence a.tf:8
        "#]],
    );
    check(&format!("== a.tf\nallow distinct(concat(local.a, local.b))\n{LISTS}"), expect![[r#""#]]);
    // Of these only one is taken.
    check(&format!("== a.tf\nallow try(local.a, local.b)\n{LISTS}"), expect![[r#""#]]);
}

#[test]
fn a_literal_with_several_uses_is_not_blamed_for_one() {
    check(
        r#"
== main.tf
allow concat(["connect:List*"], local.lists)
allow local.lists
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
allow local.acts
== locals.tf
locals { acts = ["s3:GetObjct"] }
"#,
        expect![[r#""#]],
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
