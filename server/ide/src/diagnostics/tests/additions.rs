//! Where fixes add actions, and what they replace condition values by.

use super::{check_statements, findings, fixed, reported};

const DEPENDENT: &str = "missing-dependent-action";

#[test]
fn a_dependent_action_on_everything_is_added_where_it_is_granted() {
    let yaml = |resource: &str| {
        format!("Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: connect:ListInstances\n    Resource: {resource}\n")
    };
    assert_eq!(
        fixed("t.yaml", &yaml("'*'"), DEPENDENT),
        yaml("'*'").replace("connect:ListInstances", "[connect:ListInstances, ds:DescribeDirectories]")
    );
    for (resource, new) in [
        ("!GetAtt Inst.Arn", "'*'"),
        ("!Ref Inst", "'*'"),
        ("!Sub '${I}'", "'*'"),
        ("[!Sub '${I}']", "['*']"),
        ("!If [C, '*', !GetAtt Inst.Arn]", "'*'"),
    ] {
        let added = format!("  - Effect: Allow\n    Action: ds:DescribeDirectories\n    Resource: {new}\n");
        assert_eq!(fixed("t.yaml", &yaml(resource), DEPENDENT).trim_end(), (yaml(resource) + &added).trim_end(), "{resource}");
    }
    let terraform = |resources: &str| {
        format!(
            "locals {{\n  arn = aws_connect_instance.i.arn\n  all = \"*\"\n}}\ndata \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    actions   = [\"connect:ListInstances\"]\n    resources = {resources}\n  }}\n}}\n"
        )
    };
    let added = "\n\n  statement {\n    actions   = [\"ds:DescribeDirectories\"]\n    resources = [\"*\"]\n  }\n}\n";
    for resources in ["[aws_connect_instance.i.arn]", "[local.arn]", "[\"${var.instance}\"]", "var.arns"] {
        let before = terraform(resources);
        assert_eq!(
            fixed("m.tf", &before, DEPENDENT),
            before.replace("\n}\n", "|").replacen("  }|", &format!("  }}{added}"), 1).replace('|', "\n}\n"),
            "{resources}"
        );
    }
    let before = terraform("[local.all]");
    let both = "[\"connect:ListInstances\", \"ds:DescribeDirectories\"]";
    assert_eq!(fixed("m.tf", &before, DEPENDENT), before.replace("[\"connect:ListInstances\"]", both));
}

#[test]
fn an_action_is_not_added_in_another_branch_or_in_a_loop() {
    let arn = "arn:aws:connect:us-east-1:111122223333:instance/*";
    let policy = |statements: &str| {
        format!("locals {{\n  p = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = {statements}\n  }})\n}}\n")
    };
    let one = format!("{{ Effect = \"Allow\", Action = [\"connect:ListInstances\"], Resource = \"{arn}\" }}");
    let open = r#"{ Effect = "Allow", Action = ["connect:ListUsers"], Resource = "*" }"#;
    for (statements, into_open) in [
        (format!("[{one}, {open}]"), Some(true)),
        (format!("var.c ? [{one}] : [{open}]"), Some(false)),
        (format!("[{one}, var.c ? {open} : null]"), Some(false)),
        (format!("concat([{one}], [for s in var.s : {open}])"), Some(false)),
        (format!("[var.c ? {one} : {open}]"), None),
        (format!("[for s in var.s : {one}]"), None),
        (format!("[for s in var.s : {one} if s != null]"), None),
    ] {
        let text = policy(&statements);
        let found = findings("m.tf", &text);
        let Some(finding) = found.iter().find(|finding| finding.rule == DEPENDENT) else {
            assert_eq!(into_open, None, "{DEPENDENT} does not fire:\n{text}");
            continue;
        };
        assert_eq!(finding.fixes.is_empty(), into_open.is_none(), "{statements}");
        if let Some(into_open) = into_open {
            let after = fixed("m.tf", &text, DEPENDENT).replace([' ', '\n'], "");
            assert_eq!(after.contains("\"connect:ListUsers\",\"ds:DescribeDirectories\""), into_open, "{after}");
        }
    }
}

#[test]
fn wildcards_in_an_instance_id_need_an_operator_that_supports_them() {
    let of = &["condition-value"];
    let statement = |operator: &str, value: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*", "Condition": {{"{operator}": {{"connect:InstanceId": "{value}"}}}}}}"#
        )
    };
    let arn = "arn:aws:connect:us-east-1:111122223333:instance/";
    for operator in ["StringEquals", "stringequals", "StringNotEqualsIfExists", "ForAnyValue:StringEquals", "StringEqualsIgnoreCase"] {
        for value in ["*", "0a1b*", "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5?"] {
            check_statements(&statement(operator, value), of, &[&format!("warning condition-value {value}")]);
            // Without the rest of the ARN, the value would not match either.
            let found = findings("p.json", &statement(operator, &format!("{arn}{value}")));
            assert!(found.iter().any(|finding| finding.rule == of[0] && finding.fixes.is_empty()), "{found:?}");
        }
        check_statements(&statement(operator, "${*}"), of, &[]);
    }
    for operator in ["StringLike", "StringNotLike", "ForAllValues:StringLikeIfExists"] {
        check_statements(&statement(operator, "*"), of, &[]);
        check_statements(&statement(operator, "0a1b?"), of, &[]);
        assert_eq!(fixed("p.json", &statement(operator, &format!("{arn}*")), of[0]), statement(operator, "*"));
    }
    // An operator on ARNs compares the ID with nothing that it can be.
    let found = findings("p.json", &statement("ArnLike", &format!("{arn}a")));
    assert!(found.iter().filter(|finding| finding.rule == of[0]).all(|finding| finding.fixes.is_empty()), "{found:?}");
    let block = |test: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"x\" {{\n  statement {{\n    actions = [\"connect:DescribeUser\"]\n    resources = [\"*\"]\n    condition {{\n      test = \"{test}\"\n      variable = \"connect:InstanceId\"\n      values = [\"*\"]\n    }}\n  }}\n}}\n"
        )
    };
    assert_eq!(reported("m.tf", &block("StringEquals"), of), ["warning condition-value *"]);
    assert_eq!(reported("m.tf", &block("StringLike"), of), [""; 0]);
}
