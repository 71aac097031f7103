//! Keys and whole constructs as a person meets them: which are offered where, what stands there once one is accepted, and what
//! is offered next.

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::{apply_edits, expand_snippet, split_cursor};

use crate::analysis::Analysis;
use crate::completion::{CompletionKind, Completions};

mod accepted;

const STATEMENT: &[&str] = &["Effect", "Action", "Resource", "Principal", "Sid", "Condition", "NotAction", "NotResource", "NotPrincipal"];
const IDENTITY: &[&str] = &["Effect", "Action", "Resource", "Sid", "Condition", "NotAction", "NotResource"];
const TRUST: &[&str] = &["Effect", "Principal", "Action", "Sid", "Condition", "NotAction", "NotPrincipal"];
const BLOCK: &[&str] =
    &["actions", "resources", "principals", "condition", "effect", "sid", "not_actions", "not_resources", "not_principals"];

fn completions(name: &str, text: &str) -> (Analysis, usize, Completions) {
    let (text, offset) = split_cursor(text);
    let format = Format::from_path(Path::new(name)).expect("a format");
    let analysis = Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin()));
    let offered = analysis.completions(offset);
    (analysis, offset, offered)
}

/// The labels of one kind at `¦`, in the order in which an editor sorts them.
fn labels(name: &str, text: &str, kind: CompletionKind) -> Vec<String> {
    let mut items = completions(name, text).2.items;
    items.retain(|item| item.kind == kind);
    items.sort_by(|one, other| one.sort_text.cmp(&other.sort_text));
    items.into_iter().map(|item| item.label).collect()
}

#[track_caller]
fn check_keys(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(labels(name, text, CompletionKind::Key), expected, "{name}: {text}");
}

/// The document after an item is accepted, with the cursor at its first tab stop, as an editor with snippets writes it.
#[track_caller]
fn accept(name: &str, text: &str, label: &str) -> String {
    let (analysis, offset, offered) = completions(name, text);
    let labels: Vec<&str> = offered.items.iter().map(|item| item.label.as_str()).collect();
    let item = offered.items.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("{label} is not offered, but {labels:?}"));
    let text = analysis.document().text();
    let range = item.edit.range.clone();
    assert!(range.start <= offset && offset <= range.end && !text[range.clone()].contains('\n'), "{item:?}");
    let typed = text[range.start..offset].to_lowercase();
    assert!(item.filter_text.to_lowercase().starts_with(&typed), "{:?} does not begin as {typed:?}", item.filter_text);
    let line = &text[text[..range.start].rfind('\n').map_or(0, |at| at + 1)..];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let (new_text, stop) = if item.is_snippet {
        let expanded = expand_snippet(&item.edit.new_text, indent);
        if let Some(plain) = &item.plain_text {
            assert_eq!(*plain, expanded.text, "a client without snippets writes the same");
        }
        let stop = expanded.stops.first().map_or(expanded.text.len(), |stop| stop.end);
        (expanded.text, stop)
    } else {
        (item.edit.new_text.clone(), item.edit.new_text.len())
    };
    let mut changed = apply_edits(text, [(range.clone(), &new_text)]);
    changed.insert(range.start + stop, '¦');
    changed
}

#[track_caller]
fn check_accepted(name: &str, before: &str, label: &str, after: &str) {
    assert_eq!(accept(name, before, label), after, "{before}");
}

/// The syntax errors of a document with the cursor in it.
fn errors(name: &str, text: &str) -> usize {
    let (text, _) = split_cursor(text);
    Document::read(text, Format::from_path(Path::new(name)).expect("a format")).tree().errors().len()
}

fn in_yaml(text: &str) -> String {
    let start = "Resources:\n  Access:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n";
    format!("{start}{text}")
}

fn in_terraform(text: &str) -> String {
    format!("data \"aws_iam_policy_document\" \"a\" {{\n{text}}}\n")
}

#[test]
fn a_policy_has_its_keys() {
    for (name, text) in [
        ("p.json", "{\n  \"Version\": \"2012-10-17\",\n  ¦\n}"),
        ("p.json", "{\"Version\": \"2012-10-17\"\n  ¦\n}"),
        ("p.json", "{\"Version\": \"2012-10-17\", \"¦\"}"),
        ("p.yaml", "Version: '2012-10-17'\n¦"),
        ("t.yaml", &in_yaml("        Version: '2012-10-17'\n        ¦\n")),
        ("t.yaml", &in_yaml("        Version: '2012-10-17'\n        S¦\n")),
        ("t.yaml", "Resources: {A: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Version: 2012-10-17, ¦}}}}\n"),
        (
            "t.json",
            r#"{"Resources": {"A": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", ¦}}}}}"#,
        ),
        ("m.tf", "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({\n    Version = \"2012-10-17\"\n    ¦\n  })\n}\n"),
        ("m.tf", "resource \"aws_iam_policy\" \"a\" {\n  policy = <<EOF\n{\n  \"Version\": \"2012-10-17\",\n  ¦\n}\nEOF\n}\n"),
        (
            "t.yaml",
            "Resources:\n  A:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: |\n        {\n          \"Version\": \"2012-10-17\",\n          ¦\n        }\n",
        ),
        ("r.json", r#"{"PolicyDocument": "{\"Version\": \"2012-10-17\", ¦}"}"#),
    ] {
        check_keys(name, text, &["Statement", "Id"]);
    }
}

#[test]
fn a_statement_has_the_keys_that_its_policy_takes() {
    for (name, text, expected) in [
        ("p.json", r#"{"Version": "2012-10-17", "Statement": [{¦}]}"#, STATEMENT),
        ("p.json", r#"{"Version": "2012-10-17", "Statement": {¦}}"#, STATEMENT),
        ("p.json", "{\"Statement\": [{\n  ¦\n}]}", STATEMENT),
        ("p.json", r#"{"Statement": [{"¦"}]}"#, STATEMENT),
        ("p.json", r#"{"Statement": [{E¦}]}"#, STATEMENT),
        ("r.json", r#"{"PolicyDocument": "{\"Version\": \"2012-10-17\", \"Statement\": [{¦}]}"}"#, STATEMENT),
        ("t.yaml", &in_yaml("        Statement:\n          - ¦\n"), IDENTITY),
        ("t.yaml", &in_yaml("        Statement:\n          - E¦\n"), IDENTITY),
        ("t.yaml", &in_yaml("        Statement:\n        - ¦\n"), IDENTITY),
        ("t.yaml", &in_yaml("        Statement:\n          ¦\n"), IDENTITY),
        ("t.yaml", &in_yaml("        Statement: [{¦}]\n"), IDENTITY),
        (
            "t.yaml",
            "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement:\n          - ¦\n",
            TRUST,
        ),
        (
            "t.yaml",
            "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        - PolicyName: a\n          PolicyDocument:\n            Statement:\n              - ¦\n",
            IDENTITY,
        ),
        ("m.tf", "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({\n    Statement = [{\n      ¦\n    }]\n  })\n}\n", IDENTITY),
        ("m.tf", "resource \"aws_iam_role\" \"a\" {\n  assume_role_policy = jsonencode({ Statement = [{ ¦ }] })\n}\n", TRUST),
        ("m.tf", "resource \"aws_iam_role\" \"a\" {\n  assume_role_policy = <<EOF\n{\"Statement\": [{\"¦\"}]}\nEOF\n}\n", TRUST),
        ("m.tf", &in_terraform("  statement {\n    ¦\n  }\n"), BLOCK),
        ("m.tf", &in_terraform("  statement {\n    a¦\n  }\n"), BLOCK),
        ("m.tf", &in_terraform("  dynamic \"statement\" {\n    for_each = local.x\n    content {\n      ¦\n    }\n  }\n"), BLOCK),
        ("s.yml", "service: a\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - ¦\n", IDENTITY),
        ("s.yml", "service: a\nprovider:\n  name: aws\n  iamRoleStatements:\n    - ¦\n", IDENTITY),
    ] {
        check_keys(name, text, expected);
    }
}

#[test]
fn keys_that_are_there_and_those_that_they_exclude_are_left_out() {
    let statement = |rest: &str| format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": "connect:ListUsers", {rest}}}]}}"#);
    check_keys("p.json", &statement("¦"), &["Resource", "Sid", "Condition", "NotResource"]);
    check_keys("p.json", &statement("¦ \"NotResource\": \"*\""), &["Sid", "Condition"]);
    check_keys("p.json", &statement("\"Re¦\": \"*\""), &["Resource", "Sid", "Condition", "NotResource"]);
    check_keys(
        "t.yaml",
        &in_yaml("        Statement:\n          - Effect: Allow\n            ¦\n            Action: '*'\n"),
        &["Resource", "Sid", "Condition", "NotResource"],
    );
    check_keys(
        "m.tf",
        &in_terraform("  statement {\n    actions = []\n    condition {\n    }\n    ¦\n  }\n"),
        &["resources", "principals", "condition", "effect", "sid", "not_resources", "not_principals"],
    );
    check_keys("p.json", r#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", ¦}]}"#, &["Sid", "Condition"]);
}

#[test]
fn conditions_and_principals_have_theirs() {
    let statement = |rest: &str| format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": "connect:MonitorContact", {rest}}}]}}"#);
    let types = ["Service", "AWS", "Federated", "CanonicalUser"];
    check_keys("p.json", &statement("\"Principal\": {¦}"), &types);
    check_keys("p.json", &statement("\"Principal\": {\"Service\": \"a\",\n ¦}"), &types[1..]);
    check_keys("t.yaml", "Statement:\n  - Effect: Allow\n    Principal:\n      ¦\n    Action: sts:AssumeRole\n", &types);
    check_keys("m.tf", &in_terraform("  statement {\n    principals {\n      ¦\n    }\n  }\n"), &["type", "identifiers"]);
    check_keys("m.tf", &in_terraform("  statement {\n    condition {\n      ¦\n    }\n  }\n"), &["test", "variable", "values"]);
    check_keys(
        "m.tf",
        &in_terraform("  statement {\n    condition {\n      test = \"Bool\"\n      v¦\n    }\n  }\n"),
        &["variable", "values"],
    );

    for (name, text) in [
        ("p.json", statement("\"Condition\": {¦}")),
        ("p.json", statement("\"Condition\": {\"¦\"}")),
        ("t.yaml", in_yaml("        Statement:\n          - Effect: Allow\n            Action: connect:MonitorContact\n            Condition:\n              ¦\n")),
        ("m.tf", "resource \"aws_iam_policy\" \"a\" {\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"connect:MonitorContact\", Condition = { ¦ } }] })\n}\n".to_owned()),
    ] {
        let operators = labels(name, &text, CompletionKind::Key);
        assert_eq!(operators.len(), 65, "{text}");
        assert_eq!(operators[..2], ["StringEquals", "StringLike"], "{text}");
        let keys = labels(name, &text.replace('¦', if name == "t.yaml" { "StringEquals:\n                ¦" } else if name == "m.tf" { "StringEquals = { ¦ }" } else { "\"StringEquals\": {¦}" }).replace("\"\"StringEquals\": {¦}\"", "\"StringEquals\": {¦}"), CompletionKind::Key);
        assert!(keys[..3].contains(&"connect:MonitorCapabilities".to_owned()) && keys.contains(&"aws:SourceIp".to_owned()), "{keys:?}");
    }
}

#[test]
fn templates_have_theirs() {
    let resource = |kind: &str, rest: &str| format!("AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A:\n    Type: {kind}\n{rest}");
    let top = labels("t.yaml", "Resources:\n  A:\n    Type: AWS::IAM::Role\n¦\n", CompletionKind::Key);
    assert_eq!(top[..3], ["AWSTemplateFormatVersion", "Description", "Parameters"]);
    check_keys(
        "t.yaml",
        "Resources:\n  A:\n    ¦\n",
        &["Type", "Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata"],
    );
    check_keys(
        "t.json",
        r#"{"Resources": {"A": {"Type": "AWS::IAM::ManagedPolicy", "P¦"}}}"#,
        &["Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata"],
    );
    let profile = resource("AWS::Connect::SecurityProfile", "    Properties:\n      InstanceArn: a\n      ¦\n      Permissions: []\n");
    check_keys(
        "t.yaml",
        &profile,
        &[
            "SecurityProfileName",
            "Description",
            "TagRestrictedResources",
            "AllowedAccessControlTags",
            "HierarchyRestrictedResources",
            "AllowedAccessControlHierarchyGroupId",
            "Applications",
            "AllowedFlowModules",
            "GranularAccessControlConfiguration",
            "Tags",
        ],
    );
    let nested = resource("AWS::Connect::SecurityProfile", "    Properties:\n      Applications:\n        - ¦\n");
    check_keys("t.yaml", &nested, &["Namespace", "ApplicationPermissions", "Type"]);
    let role = resource("AWS::IAM::Role", "    Properties:\n      Policies:\n        - ¦\n");
    check_keys("t.yaml", &role, &["PolicyName", "PolicyDocument"]);
    let role = labels("t.yaml", &resource("AWS::IAM::Role", "    Properties:\n      ¦\n"), CompletionKind::Key);
    assert_eq!(role[..2], ["AssumeRolePolicyDocument", "Policies"]);
    check_keys(
        "t.yaml",
        &resource("AWS::IAM::Policy", "    Properties:\n      ¦\n"),
        &["PolicyName", "PolicyDocument", "Roles", "Users", "Groups"],
    );
    check_keys(
        "s.yml",
        "service: a\nprovider:\n  name: aws\n  iam:\n    role:\n      n¦\n",
        &["statements", "managedPolicies", "permissionsBoundary", "name", "path", "tags"],
    );
    check_keys(
        "s.yml",
        "service: a\nprovider:\n  name: aws\nresources:\n  Resources:\n    A:\n      Type: AWS::IAM::Policy\n      Properties:\n        PolicyName: a\n        ¦\n",
        &["PolicyDocument", "Roles", "Users", "Groups"],
    );
}

#[test]
fn terraforms_resources_and_requests_have_theirs() {
    let resource = |kind: &str, rest: &str| format!("resource \"{kind}\" \"a\" {{\n{rest}\n}}\n");
    check_keys(
        "m.tf",
        &resource("aws_iam_policy", "  name = \"a\"\n  ¦"),
        &["policy", "description", "path", "tags", "delay_after_policy_creation_in_ms"],
    );
    check_keys("m.tf", &resource("aws_iam_role_policy", "  r¦"), &["role", "policy", "name", "name_prefix"]);
    check_keys(
        "m.tf",
        &resource("aws_connect_security_profile", "  ¦"),
        &["instance_id", "name", "description", "permissions", "tags", "region"],
    );
    let cloud_control = labels("m.tf", &resource("awscc_connect_security_profile", "  ¦"), CompletionKind::Key);
    assert_eq!((cloud_control.len(), &*cloud_control[0]), (12, "instance_arn"));
    check_keys(
        "m.tf",
        &resource("awscc_connect_security_profile", "  applications = [{\n    ¦\n  }]"),
        &["namespace", "application_permissions", "type"],
    );
    check_keys(
        "m.tf",
        &in_terraform("  s¦\n"),
        &["statement", "version", "policy_id", "source_policy_documents", "override_policy_documents"],
    );
    check_keys(
        "m.tf",
        &in_terraform("  statement {\n  }\n  ¦\n"),
        &["statement", "version", "policy_id", "source_policy_documents", "override_policy_documents"],
    );
    let request = labels("r.json", "{\n  \"InstanceId\": \"a\",\n  ¦\n}", CompletionKind::Key);
    assert_eq!(request[..3], ["SecurityProfileName", "Description", "Permissions"]);
    let update = labels("r.json", "{\"InstanceId\": \"a\", \"SecurityProfileId\": \"b\", ¦}", CompletionKind::Key);
    assert_eq!(update[..2], ["Description", "Permissions"]);
    check_keys(
        "r.json",
        r#"{"InstanceId": "a", "SecurityProfileName": "b", "Applications": [{"Type": "MCP", ¦}]}"#,
        &["Namespace", "ApplicationPermissions"],
    );
}

#[test]
fn an_empty_file_has_the_keys_of_all_that_may_begin_there() {
    let json = labels("p.json", "{\n  ¦\n}", CompletionKind::Key);
    assert_eq!(json[..4], ["Version", "Statement", "Id", "Resources"]);
    assert_eq!(json.last().map(String::as_str), Some("SecurityProfileName"));
    assert_eq!(labels("t.yaml", "---\n# a\n¦\n", CompletionKind::Key)[..2], ["Resources", "AWSTemplateFormatVersion"]);
}

#[test]
fn foreign_maps_have_none() {
    for (name, text) in [
        ("package.json", "{\n  \"name\": \"a\",\n  ¦\n}"),
        ("package.json", r#"{"name": "a", "scripts": {¦}}"#),
        ("task.json", r#"{"family": "a", "containerDefinitions": [{¦}]}"#),
        ("a.json", r#"{"Version": "1.0", ¦}"#),
        ("a.json", r#"{"Description": "a", ¦}"#),
        ("a.json", r#"{"InstanceId": "a", "Username": "b", ¦}"#),
        ("t.yaml", "Resources:\n  A:\n    Type: AWS::Lambda::Function\n    Properties:\n      ¦\n"),
        ("t.yaml", "Resources:\n  A:\n    Properties:\n      ¦\n"),
        ("t.yaml", "Resources:\n  A:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - ¦\n"),
        (
            "t.yaml",
            "Resources:\n  A:\n    Type: AWS::WAFv2::WebACL\n    Properties:\n      Rules:\n        - Name: a\n          Statement:\n            ¦\n",
        ),
        (
            "t.yaml",
            "Resources:\n  A:\n    Type: AWS::WAFv2::WebACL\n    Properties:\n      Rules:\n        - Name: a\n          Statement:\n            NotStatement:\n              Statement:\n                ¦\n",
        ),
        ("t.yaml", "Resources:\n  A:\n    Type: AWS::Connect::SecurityProfile\n    Properties:\n      Permissions:\n        ¦\n"),
        ("k.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  ¦\n"),
        ("k.yaml", "kind: Role\nrules:\n  - ¦\n"),
        ("k.yaml", "policy:\n  ¦\n"),
        ("c.yaml", "version: '3'\nservices:\n  a:\n    ¦\n"),
        ("g.yml", "on: push\njobs:\n  a:\n    steps:\n      - ¦\n"),
        ("m.tf", "resource \"aws_instance\" \"a\" {\n  ¦\n}\n"),
        ("m.tf", "resource \"aws_ecs_task_definition\" \"a\" {\n  container_definitions = jsonencode([{\n    ¦\n  }])\n}\n"),
        ("m.tf", "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions = [\n      ¦\n    ]\n  }\n}\n"),
        ("m.tf", "locals {\n  ¦\n}\n"),
        ("m.tf", "module \"a\" {\n  condition {\n    ¦\n  }\n}\n"),
    ] {
        check_keys(name, text, &[]);
        assert_eq!(labels(name, text, CompletionKind::Skeleton), [""; 0], "{text}");
    }
}

#[test]
fn comments_strings_and_wrong_columns_have_none() {
    for (name, text) in [
        ("p.json", "{\"Statement\": [{\n  // ¦\n  \"Effect\": \"Allow\"}]}"),
        ("p.json", "{\"Statement\": [{\n  /* ¦ */\n  \"Effect\": \"Allow\"}]}"),
        ("p.json", r#"{"Statement": [{"Effect": "Allow", "Sid": "¦"}]}"#),
        ("t.yaml", &in_yaml("        Statement:\n          - Effect: Allow\n            # ¦\n")),
        ("t.yaml", &in_yaml("        Statement:\n          - Effect: Allow\n              ¦\n")),
        ("t.yaml", &in_yaml("        Statement:\n          - Sid: ¦\n")),
        ("t.yaml", &in_yaml("        Statement:\n          - Effect: Allow\n            Action: |\n              a\n              ¦\n")),
        ("m.tf", &in_terraform("  statement {\n    # ¦\n  }\n")),
        ("m.tf", &in_terraform("  statement {\n    sid = \"¦\"\n  }\n")),
        ("m.tf", &in_terraform("  statement {\n    sid = ¦\n  }\n")),
    ] {
        check_keys(name, text, &[]);
    }
}
