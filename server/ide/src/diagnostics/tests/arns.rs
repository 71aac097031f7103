//! ARNs of resources: their parts, and what stands for a whole one.

use super::*;

fn on(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}"#)
}

fn messages(statement: &str, rule: &str) -> Vec<String> {
    let text = format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{statement}]}}");
    findings("policy.json", &text).into_iter().filter(|one| one.rule == rule).map(|one| one.message).collect()
}

const ARN_RULES: &[&str] = &["resource-mismatch", "malformed-arn", "unknown-resource-type", "missing-resource-type"];

#[test]
fn a_placeholder_for_a_whole_arn_is_silent() {
    for text in [
        "{{ arn }}",
        "{{ .Values.arn }}/queue/*",
        "{{resolve:ssm:/x}}/queue/*",
        "<QUEUE_ARN>",
        "%ARN%",
        "__ARN__",
        "@ARN@",
        "$ARN",
        "#{arn}",
        "#{arn}/queue/*",
        "REPLACE_ME",
    ] {
        check_statements(&on("connect:DescribeUser", text), ARN_RULES, &[]);
        let yaml = format!(
            "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: connect:DescribeUser\n    Resource:\n      - '{text}'\n"
        );
        assert_eq!(reported("p.yaml", &yaml, ARN_RULES), [""; 0], "{yaml}");
    }
    let queue = "arn:aws:connect:us-east-1:111122223333:instance/a/queue/b";
    check_statements(&on("connect:DescribeUser", queue), ARN_RULES, &["warning resource-mismatch connect:DescribeUser"]);
}

#[test]
fn a_reference_with_slashes_and_colons_is_one_segment() {
    for text in [
        "arn:aws:connect:us-east-1:111122223333:instance/{{resolve:ssm:/connect/id}}/agent/*",
        "arn:aws:connect:{{resolve:ssm:/region}}:{{ account }}:instance/{{ id }}/agent/*",
        "arn:aws:connect:*:*:instance/${{ vars.ID }}/agent/*",
        "arn:aws:connect:*:*:instance/#{id}/agent/*",
        "arn:aws:connect:*:*:instance/*/{{resolve:ssm:/a/b}}/*",
    ] {
        check_statements(&on("connect:DescribeUser", text), ARN_RULES, &[]);
    }
    let wrong = "arn:aws:connect:*:*:instance/{{resolve:ssm:/connect/id}}/user/*";
    check_statements(&on("connect:DescribeUser", wrong), ARN_RULES, &[&format!("warning unknown-resource-type {wrong}")]);
}

#[test]
fn a_wrong_part_of_an_arn_is_named() {
    let arn = |rest: &str| format!("arn:aws:connect:{rest}");
    for (wrong, message, right) in [
        (arn("us-east1:111122223333:instance/*"), "`us-east1` is not a Region", None),
        (arn("us-east-1a:111122223333:instance/*"), "`us-east-1a` is not a Region", None),
        (arn("eu-central:111122223333:instance/*"), "`eu-central` is not a Region", None),
        (arn("US-EAST-1:111122223333:instance/*"), "`US-EAST-1` is not a Region", None),
        (arn("111122223333:us-east-1:instance/*"), "`111122223333` is not a Region", None),
        (arn("us-east-1:1111-2222-3333:instance/*"), "account ID `1111-2222-3333` must have 12 digits", None),
        (arn("*:*:instances/*"), "expected `instance/…`", Some(arn("*:*:instance/*"))),
        (arn("*:*:Instance/*/queue/*"), "expected `instance/…`", Some(arn("*:*:instance/*/queue/*"))),
        (arn("*:*:instance:*"), "expected `/` after `instance`", Some(arn("*:*:instance/*"))),
        ("arn:aws:conect:*:*:instance/*".to_owned(), "expected `connect` in the ARN, found `conect`", Some(arn("*:*:instance/*"))),
        ("arn:aws:Connect:*:*:instance/*".to_owned(), "expected `connect` in the ARN, found `Connect`", Some(arn("*:*:instance/*"))),
        ("aws:connect:*:*:instance/*".to_owned(), "missing `arn:`", Some(arn("*:*:instance/*"))),
        (
            "${AWS::Partition}:connect:*:*:instance/*".to_owned(),
            "missing `arn:`",
            Some("arn:${AWS::Partition}:connect:*:*:instance/*".to_owned()),
        ),
        ("ARN:aws:connect:*:*:instance/*".to_owned(), "expected `arn:` at the start", Some(arn("*:*:instance/*"))),
        (" arn:aws:connect:*:*:instance/*".to_owned(), "unexpected white space before `arn:`", Some(arn("*:*:instance/*"))),
    ] {
        let alone = on("connect:ListUsers", &wrong);
        let found = messages(&alone, "malformed-arn");
        assert!(matches!(found.as_slice(), [one] if one.starts_with(message)), "{wrong}: {found:?}");
        check_statements(&alone, &["resource-mismatch"], &[]);
        let list =
            format!(r#"{{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": ["{wrong}", "arn:aws:connect:*:*:instance/b"]}}"#);
        assert_eq!(messages(&list, "malformed-arn").len(), 1, "{list}");
        if let Some(right) = right {
            assert_eq!(fixed("p.json", &alone, "malformed-arn"), on("connect:ListUsers", &right));
        }
    }
    for right in [
        "arn:aws:connect:us-gov-west-1:111122223333:instance/*",
        "arn:aws:connect:ap-southeast-2:111122223333:instance/*",
        "arn:aws:connect:eusc-de-east-1:111122223333:instance/*",
        "arn:aws:connect:us-*:111122223333:instance/*",
        "arn:aws:connect:region:account-id:instance/*",
        "arn:aws:connect:REGION:ACCOUNT_ID:instance/*",
        "arn:aws:connect:<region>:<account>:instance/*",
        "arn:aws:connect:${AWS::Region}:${AWS::AccountId}:instance/*",
        "arn:aws:connect:your-region:your-account:instance/*",
        "arn:aws:connect:*:*:inst*",
        "arn:aws:kinesis:us-east-1:111122223333:stream/x",
        "arn:aws:directconnect:us-east-1:111122223333:dxcon/x",
        "arn:aws:conect:us-east-1:111122223333:bucket/x",
        "aws:s3:::bucket",
        " arn:aws:s3:::bucket",
        "${var.arn}:connect",
        "arn:",
        "ar",
        "",
    ] {
        check_statements(&on("connect:ListUsers", right), &["malformed-arn"], &[]);
    }
    // Of a policy that is about something else.
    check_statements(&on("s3:GetObject", "aws:connect:*:*:instance/*"), &["malformed-arn"], &[]);
}

#[test]
fn a_type_without_a_name_of_its_own_is_shown_as_an_arn() {
    let instance = "arn:aws:connect:us-east-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d";
    for (action, needed) in [("ListQueues", "`instance/ID/queue/*`"), ("ListContactFlows", "`instance/ID/contact-flow/*`")] {
        let found = messages(&on(&format!("connect:{action}"), instance), "resource-mismatch");
        assert!(matches!(found.as_slice(), [one] if one.ends_with(&format!("; it requires {needed}"))), "{found:?}");
    }
}

#[test]
fn a_substituted_reference_to_an_instance_is_its_arn() {
    let template = |value: &str| {
        format!(
            "Resources:\n  I:\n    Type: AWS::Connect::Instance\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n          - Effect: Allow\n            Action: connect:DescribeUser\n            Resource: '*'\n            Condition:\n              StringEquals:\n                connect:InstanceId: {value}\n"
        )
    };
    let count = |value: &str| reported("t.yaml", &template(value), &["condition-value"]).len();
    for value in ["!Ref I", "!Sub '${I}'", "!Sub '${I.Arn}'", "[!Sub '${I}']", "{'Fn::Sub': '${I}'}", "!Sub ['${I}', {A: b}]"] {
        assert_eq!(count(value), 1, "{value}");
    }
    for value in ["!Sub '${I.Id}'", "!Sub '${Other}'", "!GetAtt I.Id", "!Sub ['${I}', {I: b}]"] {
        assert_eq!(count(value), 0, "{value}");
    }
}
