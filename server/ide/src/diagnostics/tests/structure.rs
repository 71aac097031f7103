//! The rule on structure, both ways, in every format.

use super::*;

const RULE: &[&str] = &["invalid-structure"];

/// Checks what is reported of a condition: in JSON, in YAML and in Terraform's `jsonencode`.
#[track_caller]
fn check_condition(condition: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|text| format!("error invalid-structure {text}")).collect();
    let statement = format!(r#"{{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*", "Condition": {condition}}}"#);
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
    for (name, text) in [
        ("policy.json", policy.clone()),
        ("template.yaml", format!("PolicyDocument: {policy}\n")),
        ("main.tf", format!("policy = jsonencode({})\n", policy.replace("\": ", "\" = "))),
        ("heredoc.tf", format!("resource \"aws_iam_policy\" \"x\" {{\n  policy = <<EOF\n{policy}\nEOF\n}}\n")),
    ] {
        assert_eq!(reported(name, &text, RULE), expected, "{name}: {text}");
    }
}

/// Checks what is reported of keys beside the statements of a policy.
#[track_caller]
fn check_keys(keys: &str, expected: &[&str]) {
    let statement = r#"{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}"#;
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}], {keys}}}"#);
    assert_eq!(reported("policy.json", &text, RULE), expected, "{text}");
}

#[test]
fn a_condition_has_operators_that_have_keys() {
    check_condition(r#"{"connect:InstanceId": "x"}"#, &["connect:InstanceId"]);
    check_condition(r#"{"connect:InstanceId": {"StringEquals": "x"}}"#, &["connect:InstanceId"]);
    check_condition(r#"{"StringEquals": "x"}"#, &["StringEquals"]);
    check_condition(r#"{"StringEquals": [{"connect:InstanceId": "x"}]}"#, &["StringEquals"]);
    check_condition(r#"[{"StringEquals": {"connect:InstanceId": "x"}}]"#, &["Condition"]);
    check_condition(r#""x""#, &["Condition"]);
    check_condition(r#"{"StringEquals": {"connect:InstanceId": {"a": "b"}}}"#, &["connect:InstanceId"]);
    check_condition(r#"{"StringEquals": {"connect:InstanceId": ["a", {"a": "b"}]}}"#, &["connect:InstanceId"]);
    check_condition(r#"{"StringEquals": {"connect:InstanceId": ["a", ["b"]]}}"#, &[r#"["b"]"#]);
}

#[test]
fn conditions_that_iam_accepts_are_left_alone() {
    check_condition("{}", &[]);
    check_condition(r#"{"StringEquals": {}}"#, &[]);
    check_condition(r#"{"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"aws:MultiFactorAuthAge": 3600}}"#, &[]);
    check_condition(r#"{"ForAnyValue:StringEquals": {"connect:InstanceId": ["x"]}, "forallvalues:StringLike": {"aws:TagKeys": []}}"#, &[]);
    check_condition(r#"{"StringEquals": {"connect:InstanceId": {"Ref": "Instance"}}}"#, &[]);
    check_condition(r#"{"StringEquals": {"Fn::If": ["Prod", {"connect:InstanceId": "x"}, {"Ref": "AWS::NoValue"}]}}"#, &[]);
    check_condition(r#"{"Fn::If": ["Prod", {"StringEquals": {"connect:InstanceId": "x"}}, {"Ref": "AWS::NoValue"}]}"#, &[]);
    check_condition(r#"{"StringEquals": "${Keys}"}"#, &[]);
    for silent in
        ["!If [Prod, {}, !Ref 'AWS::NoValue']", "!Ref Condition", "", "{StringEquals: {connect:InstanceId: }}", "{StringEquals: }"]
    {
        let text = format!("Statement:\n  - Effect: Allow\n    Action: connect:ListUsers\n    Resource: '*'\n    Condition: {silent}\n");
        assert_eq!(reported("t.yaml", &text, RULE), [""; 0], "{text}");
    }
    for silent in ["local.condition", "var.x ? { StringEquals = {} } : null", "merge(local.a, {})", "{ (local.operator) = \"x\" }"] {
        let text = format!(
            "policy = jsonencode({{ Statement = [{{ Effect = \"Allow\", Action = \"connect:ListUsers\", Resource = \"*\", Condition = {silent} }}] }})\n"
        );
        assert_eq!(reported("main.tf", &text, RULE), [""; 0], "{text}");
    }
}

#[test]
fn a_condition_block_has_three_attributes() {
    let document = |blocks: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"x\" {{\n  statement {{\n    actions = [\"connect:ListUsers\"]\n    resources = [\"*\"]\n{blocks}\n  }}\n}}\n"
        )
    };
    let whole = "condition {\ntest = \"StringEquals\"\nvariable = \"connect:InstanceId\"\nvalues = [\"x\"]\n}";
    assert_eq!(reported("main.tf", &document(whole), RULE), [""; 0]);
    for part in ["test = \"StringEquals\"\n", "variable = \"connect:InstanceId\"\n", "values = [\"x\"]\n"] {
        let text = document(&whole.replace(part, ""));
        assert_eq!(reported("main.tf", &text, RULE), ["error invalid-structure condition"], "{text}");
        let repeated = format!("dynamic \"condition\" {{\nfor_each = var.x\n{}\n}}", whole.replace("condition", "content"));
        assert_eq!(reported("main.tf", &document(&repeated), RULE), [""; 0]);
        let text = document(&repeated.replace(part, ""));
        assert_eq!(reported("main.tf", &text, RULE), ["error invalid-structure content"], "{text}");
    }
    for typed in ["condition {\ntest =\n}", "condition {\nte\n}"] {
        assert_eq!(reported("main.tf", &document(typed), RULE), [""; 0], "{typed}");
    }
}

#[test]
fn a_policy_has_three_keys() {
    check_keys(r#""Id": "x""#, &[]);
    check_keys(r#""Condition": {"StringEquals": {"connect:InstanceId": "x"}}"#, &["error invalid-structure Condition"]);
    check_keys(r#""Conditions": {"StringEquals": {"connect:InstanceId": "x"}}"#, &["error invalid-structure Conditions"]);
    check_keys(r#""Effect": "Allow""#, &["error invalid-structure Effect"]);
    check_keys(r#""Verson": "2012-10-17""#, &["error invalid-structure Verson"]);
    // A script may remove what is not IAM's.
    check_keys(r#""Comment": "x""#, &["warning invalid-structure Comment"]);
    check_keys(r#""$schema": "x""#, &[]);
    let encoded = "policy = jsonencode({\n  Version = \"2012-10-17\"\n  Comment = \"x\"\n  Statement = [{ Effect = \"Allow\", Action = \"connect:ListUsers\", Resource = \"*\" }]\n})\n";
    assert_eq!(reported("main.tf", encoded, RULE), ["error invalid-structure Comment"]);
    // Somebody's own record with a policy in it.
    let record =
        r#"{"policies": [{"Description": "x", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}]}"#;
    assert_eq!(reported("r.json", record, RULE), [""; 0]);
}

#[test]
fn a_misspelled_key_of_the_statements_is_renamed() {
    let policy = |key: &str| {
        format!(r#"{{"Version": "2012-10-17", "{key}": [{{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}}]}}"#)
    };
    for key in ["Statment", "Statements", "statement", "Satement"] {
        assert_eq!(reported("p.json", &policy(key), RULE), [format!("error invalid-structure {key}")]);
        assert_eq!(fixed("p.json", &policy(key), RULE[0]), policy("Statement"));
    }
    let without = |key: &str| policy(key).replace("\"Version\": \"2012-10-17\", ", "");
    assert_eq!(reported("p.json", &without("Statment"), RULE), ["error invalid-structure Statment"]);
    // Keys of other tools.
    assert_eq!(reported("p.json", &without("statement"), RULE), [""; 0]);
    assert_eq!(reported("p.json", &format!("{{\"x\": {}}}", without("Statements")), RULE), [""; 0]);
    let sls = "provider:\n  iamRoleStatements:\n    - Effect: Allow\n      Action: connect:ListUsers\n      Resource: '*'\n";
    assert_eq!(reported("serverless.yml", sls, RULE), [""; 0]);
    let blocks = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:ListUsers\"]\n  }\n  statements {\n    actions = [\"connect:ListUsers\"]\n  }\n  condition {\n    test = \"Null\"\n    variable = \"aws:x\"\n    values = [true]\n  }\n}\n";
    assert_eq!(reported("main.tf", blocks, RULE), ["error invalid-structure statements", "error invalid-structure condition"]);
    let only = "data \"aws_iam_policy_document\" \"x\" {\n  statment {\n    actions = [\"connect:ListUsers\"]\n  }\n}\n";
    assert_eq!(reported("main.tf", only, RULE), ["error invalid-structure statment"]);
    assert_eq!(fixed("main.tf", only, RULE[0]), only.replace("statment", "statement"));
    assert_eq!(reported("main.tf", &only.replace("aws_iam_policy_document", "acme"), RULE), [""; 0]);
}

#[test]
fn a_condition_is_inside_its_statement() {
    let lone = r#"{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}, {"Condition": {"StringEquals": {"connect:InstanceId": "x"}}}"#;
    check_statements(lone, RULE, &["error invalid-structure Condition"]);
    let outside =
        r#"{"Effect": "Deny", "Action": "connect:*", "Resource": "*"}, "Condition": {"StringEquals": {"connect:InstanceId": "x"}}"#;
    check_statements(outside, RULE, &["error invalid-structure Condition"]);
}

#[test]
fn each_kind_of_policy_has_its_elements() {
    let of = |kind: &str, key: &str, rest: &str| {
        format!(
            "Resources:\n  P:\n    Type: AWS::IAM::{kind}\n    Properties:\n      {key}:\n        Version: 2012-10-17\n        Statement:\n          - Effect: Allow\n{rest}"
        )
    };
    let principal = "            Principal: {Service: connect.amazonaws.com}\n";
    let trust = format!("{principal}            Action: sts:AssumeRole\n");
    let resource = "            Resource: '*'\n";
    let identity = format!("            Action: connect:ListUsers\n{resource}");
    let key = "AssumeRolePolicyDocument";
    assert_eq!(reported("t.yaml", &of("Role", key, &trust), RULE), [""; 0]);
    assert_eq!(reported("t.yaml", &of("Role", key, &format!("{trust}{resource}")), RULE), ["error invalid-structure Resource"]);
    for kind in ["ManagedPolicy", "Policy", "RolePolicy"] {
        assert_eq!(reported("t.yaml", &of(kind, "PolicyDocument", &identity), RULE), [""; 0]);
        let text = of(kind, "PolicyDocument", &format!("{principal}{identity}"));
        assert_eq!(reported("t.yaml", &text, RULE), ["error invalid-structure Principal"], "{text}");
    }
    let bucket = r#"{"Effect": "Allow", "Principal": {"Service": "connect.amazonaws.com"}, "Action": "s3:GetObject", "Resource": "*"}"#;
    check_statements(bucket, RULE, &[]);
    let whole = r#"{"Effect": "Allow", "Principal": {"Service": "connect.amazonaws.com"}, "Action": "sts:AssumeRole", "Resource": "*"}"#;
    check_statements(whole, RULE, &["error invalid-structure Resource"]);
    let encoded = "resource \"awscc_iam_role\" \"x\" {\n  assume_role_policy_document = jsonencode({ Statement = [{ Effect = \"Allow\", Principal = { Service = \"connect.amazonaws.com\" }, Action = \"sts:AssumeRole\" }] })\n}\n";
    assert_eq!(reported("main.tf", encoded, RULE), [""; 0]);
}

#[test]
fn lists_and_policies_are_not_nested() {
    let statement = |actions: &str| format!(r#"{{"Effect": "Allow", "Action": {actions}, "Resource": "*"}}"#);
    let nested = r#"["connect:DescribeUser", "connect:ListQueus"]"#;
    let text = statement(&format!(r#"["connect:ListUsers", {nested}]"#));
    check_statements(&text, RULE, &[&format!("error invalid-structure {nested}")]);
    check_statements(&text, &["unknown-action"], &["warning unknown-action connect:ListQueus"]);
    let one = statement(r#""connect:ListUsers""#);
    check_statements(&format!("[{one}]"), RULE, &[&format!("error invalid-structure [{one}]")]);
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{one}]}}"#);
    check_statements(&policy, RULE, &["error invalid-structure Statement"]);
    let serverless = "provider:\n  iam:\n    role:\n      statements:\n        Statement:\n          - Effect: Allow\n            Action: connect:ListUsers\n            Resource: '*'\n";
    assert_eq!(reported("serverless.yml", serverless, RULE), ["error invalid-structure Statement"]);
    assert_eq!(reported("serverless.yml", &serverless.replace("        Statement:\n", ""), RULE), [""; 0]);
    let template = "Resources:\n  P:\n    Type: AWS::Connect::SecurityProfile\n    Properties:\n      Permissions:\n        - BasicAgentAccess\n        - !If\n          - Prod\n          - [Users.View]\n          - !Ref AWS::NoValue\n";
    assert_eq!(reported("t.yaml", template, RULE), ["error invalid-structure [Users.View]"]);
    assert_eq!(reported("t.yaml", &template.replace("[Users.View]", "Users.View"), RULE), [""; 0]);
}

#[test]
fn an_element_and_its_opposite_are_not_in_one_statement() {
    let statement = |elements: &str| format!(r#"{{"Effect": "Allow", {elements}}}"#);
    let both = r#""Action": "connect:ListUsers", "NotAction": ["connect:Delete*"], "Resource": "*""#;
    check_statements(&statement(both), RULE, &["error invalid-structure NotAction"]);
    let resources = r#""Action": "connect:ListUsers", "Resource": "*", "NotResource": "arn:aws:connect:*:*:instance/a""#;
    check_statements(&statement(resources), RULE, &["error invalid-structure NotResource"]);
    let chosen =
        r#""Action": "connect:ListUsers", "NotAction": {"Fn::If": ["A", "connect:Delete*", {"Ref": "AWS::NoValue"}]}, "Resource": "*""#;
    check_statements(&statement(chosen), RULE, &[]);
    let block = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:ListUsers\"]\n    not_actions = [\"connect:Delete*\"]\n    resources = [\"*\"]\n  }\n}\n";
    assert_eq!(reported("main.tf", block, RULE), ["error invalid-structure not_actions"]);
}

#[test]
fn operators_and_conditions_in_the_wrong_place_limit_nothing() {
    let statement = |rest: &str| format!(r#"{{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*", {rest}}}"#);
    let of = &["invalid-structure", "unknown-element", "condition-operator"];
    for operator in ["StringEquals", "ForAnyValue:StringLike", "BoolIfExists"] {
        let beside = statement(&format!(r#""{operator}": {{"aws:RequestedRegion": "x"}}"#));
        check_statements(&beside, of, &[&format!("error invalid-structure {operator}")]);
    }
    let misspelled = statement(r#""Conditions": {"StringEquals": {"aws:RequestedRegion": "x"}}"#);
    check_statements(&misspelled, of, &["error unknown-element Conditions"]);
    let set = statement(r#""Condition": {"ForAnyValues:StringEquals": {"aws:TagKeys": "x"}}"#);
    check_statements(&set, of, &["warning condition-operator ForAnyValues:StringEquals"]);
    check_statements(&statement(r#""Condition": {"StringEquals": {"aws:RequestedRegion": "x"}}"#), of, &[]);
}

#[test]
fn a_misspelled_element_is_not_missing_too() {
    let of = &["unknown-element", "missing-element"];
    let statement = r#"{"Efect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}"#;
    check_statements(statement, of, &["warning unknown-element Efect"]);
    check_statements(&statement.replace("Efect", "Effect"), of, &[]);
    check_statements(&statement.replace(r#""Efect": "Allow", "#, ""), of, &["warning missing-element Action"]);
}

#[test]
fn what_is_half_typed_is_left_alone() {
    for statement in [
        r#"{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*", "Condition": {"connect:InstanceId": "x"}"#,
        r#"{"Effect": "Allow", "Action": ["connect:ListUsers", [, "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*", "Condition": {"StringEquals": "}}"#,
    ] {
        let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}"#);
        assert_eq!(reported("p.json", &text, RULE), [""; 0], "{text}");
    }
}
