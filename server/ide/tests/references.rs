//! Entries that are written elsewhere: they count where they are used, and what is found of them is told where they stand.

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Finding, Module, Scope};
use connect_policy_syntax::{Document, Format};
use expect_test::{Expect, expect};

/// A folder's files, each behind a line `== name`, as analyses.
fn folder(text: &str) -> Vec<(String, Analysis)> {
    let catalog = Arc::new(Catalog::builtin());
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.trim_start().split_inclusive('\n') {
        match (line.strip_prefix("== "), files.last_mut()) {
            (Some(name), _) => files.push((name.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => panic!("a file's name comes first: {line}"),
        }
    }
    let documents =
        files.iter().map(|(name, text)| Document::read(text.as_str(), Format::from_path(Path::new(name)).expect("a format"))).collect();
    let module = Arc::new(Module::read(documents, &catalog, Scope::Connect));
    let analysis = |index| Analysis::within(Arc::clone(&module), index, Arc::clone(&catalog)).expect("a document");
    files.into_iter().enumerate().map(|(index, (name, _))| (name, analysis(index))).collect()
}

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

/// A folder with a cursor `¦` in one of its files: the analysis of that file, the cursor, and all files.
fn at_cursor(text: &str) -> (Vec<(String, Analysis)>, usize, usize) {
    let before = &text[..text.find('¦').expect("a cursor")];
    let files = folder(&text.replacen('¦', "", 1));
    let index = before.matches("== ").count() - 1;
    let header = before.rfind("== ").expect("a file");
    let start = header + text[header..].find('\n').expect("a line") + 1;
    (files, index, before.len() - start)
}

/// Where the definitions and references of a cursor are, each as its line with the place marked.
#[track_caller]
fn check_locations(text: &str, definitions: &[&str], references: &[&str]) {
    let (files, index, offset) = at_cursor(text);
    let shown = |locations: Vec<connect_policy_ide::Location>| -> Vec<String> {
        let shown = locations.iter().map(|location| {
            let (name, analysis) = &files[location.document];
            let text = analysis.document().text();
            let line = text[..location.range.start].matches('\n').count() + 1;
            format!("{name}:{line} {}", &text[location.range.clone()])
        });
        shown.collect()
    };
    assert_eq!(shown(files[index].1.definitions(offset)), definitions, "definitions");
    assert_eq!(shown(files[index].1.references(offset)), references, "references");
}

const PROFILES: &str = "resource \"aws_connect_security_profile\" \"this\" {\n  for_each    = local.profiles\n  permissions = local.profiles[each.key].permissions\n}\n";
const PROFILE_LISTS: &str = "locals {\n  profiles = {\n    agent = { permissions = [\"BasicAgentAccess\"] }\n    lead  = { permissions = [\"Users.View\"] }\n  }\n}\n";

#[test]
fn from_a_reference_to_its_lists_and_back() {
    let cursor = PROFILES.replace("local.profiles[each", "local.pro¦files[each");
    check_locations(&format!("== a.tf\n{cursor}== b.tf\n{PROFILE_LISTS}"), &["b.tf:3 permissions", "b.tf:4 permissions"], &[]);
    let cursor = PROFILE_LISTS.replace("Users.View", "Users.¦View");
    check_locations(&format!("== a.tf\n{PROFILES}== b.tf\n{cursor}"), &[], &["a.tf:3 local.profiles[each.key].permissions"]);
    // Terraform's own server leads from a local's name to its value.
    check_locations(
        "== a.tf\ndata \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.a¦\n  }\n}\nlocals {\n  a = [\"connect:ListUsers\"]\n}\n",
        &[],
        &[],
    );
    const TEMPLATE: &str = "Parameters:\n  Names:\n    Type: CommaDelimitedList\n    Default: connect:ListUsers\nResources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - {Effect: Allow, Action: !Ref Names, Resource: '*'}\n";
    check_locations(&format!("== t.yaml\n{}", TEMPLATE.replace("!Ref Names", "!Ref Na¦mes")), &["t.yaml:4 Default"], &[]);
    check_locations(&format!("== t.yaml\n{}", TEMPLATE.replace("ListUsers", "List¦Users")), &[], &["t.yaml:11 !Ref Names"]);
}

#[test]
fn a_reference_is_explained_by_what_it_stands_for() {
    let (files, index, offset) = at_cursor(
        "== a.tf\ndata \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = concat(local.a¦, [\"connect:StopContact\"])\n  }\n}\n== b.tf\nlocals {\n  a = [\"connect:ListUsers\", \"connect:CreateUser\"]\n}\n",
    );
    let hover = files[index].1.hover(offset).expect("a hover");
    expect![[r#"
        **2 actions**

        - List: 1
        - Write: 1"#]]
    .assert_eq(&hover.markdown);
    let (files, index, offset) =
        at_cursor(&format!("== a.tf\n{}== b.tf\n{PROFILE_LISTS}", PROFILES.replace("local.profiles[each", "local.pro¦files[each")));
    let hover = files[index].1.hover(offset).expect("a hover");
    expect![[r#"
        **2 permissions**

        - Contact Control Panel (CCP): 1
        - Users and permissions: 1

        As far as is written here: a default that may be set, or one of several lists."#]]
    .assert_eq(&hover.markdown);
}

#[test]
fn names_are_offered_in_a_list_that_only_its_use_tells() {
    let (files, index, offset) = at_cursor(
        "== a.tf\ndata \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.a\n  }\n}\n== b.tf\nlocals {\n  a = [\"connect:CreateUse¦\", \"connect:ListUsers\"]\n}\n",
    );
    let offered = files[index].1.completions(offset);
    assert!(offered.items.iter().any(|item| item.label == "connect:CreateUser"), "{:?}", offered.items.first());
    assert!(!offered.items.iter().any(|item| item.label == "connect:ListUsers"), "what the list holds is left out");
}

#[test]
fn the_report_tells_what_references_give() {
    let files = folder(&format!(
        "== a.tf\ndata \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    actions = local.a\n    resources = [\"*\"]\n  }}\n}}\n{PROFILES}== b.tf\nlocals {{\n  a = [\"connect:CreateUser\"]\n}}\n{PROFILE_LISTS}"
    ));
    let reported = |index: usize| {
        let analysis = &files[index].1;
        let mut findings = analysis.diagnostics();
        findings.extend(analysis.diagnostics_at_references());
        analysis.report(&findings)
    };
    let (using, lending) = (reported(0), reported(1));
    assert_eq!(using.policies.len(), 1);
    assert_eq!(using.policies[0].actions.iter().collect::<Vec<_>>(), ["connect:CreateUser"]);
    assert_eq!(using.policies[0].risks[0].rule, "privilege-escalation");
    assert!(using.profiles.is_empty(), "each list is a profile of its own");
    assert_eq!(lending.profiles.iter().map(|profile| profile.name.as_str()).collect::<Vec<_>>(), ["agent", "lead"]);
}

#[test]
fn what_references_stand_for_is_seen_at_a_glance() {
    let main = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.a\n    resources = [\"*\"]\n  }\n}\nresource \"aws_connect_security_profile\" \"one\" {\n  permissions = local.base\n}\n";
    let lists = "locals {\n  a = [\"connect:ListApprovedOrigins\", \"connect:AssociateApprovedOrigin\", \"connect:DisassociateApprovedOrigin\"]\n  base = [\"Users.View\"]\n}\n";
    let files = folder(&format!("== a.tf\n{PROFILES}{main}== b.tf\n{PROFILE_LISTS}{lists}"));
    let analysis = &files[0].1;
    let text = analysis.document().text();
    let line = |offset: usize| text[..offset].lines().last().unwrap_or("").trim();
    let hints = analysis.hints(0..text.len()).into_iter().map(|hint| format!("{} ‹{}›\n", line(hint.offset), hint.label));
    let lenses = analysis.lenses().into_iter().map(|lens| format!("{}: {}\n", &text[lens.range], lens.title));
    expect![[r#"
        permissions = local.profiles[each.key].permissions ‹2 lists, 2 entries›
        actions = local.a ‹3 entries›
        permissions = local.base ‹1 entry›
        {: Console: Edit approved origins
        permissions: 1 permission in Users and permissions
    "#]]
    .assert_eq(&hints.chain(lenses).collect::<String>());
}
