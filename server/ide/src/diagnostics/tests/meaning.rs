//! Rules on meaning, both ways.

use super::*;

fn on(resource: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Action": "connect:*Queue*", "Resource": "{resource}"}}"#)
}

#[test]
fn the_consoles_words_are_no_types() {
    let of = &["unknown-resource-type"];
    for (wrong, right) in [
        ("user", "agent"),
        ("quick-connect", "transfer-destination"),
        ("quick-connects", "transfer-destination"),
        ("hours-of-operation", "operating-hours"),
        ("agent-status", "agent-state"),
        ("hierarchy-group", "agent-group"),
        ("contact-flow-module", "flow-module"),
        ("Queue", "queue"),
        ("routing-profiles", "routing-profile"),
        ("securityprofile", "security-profile"),
    ] {
        let text = on(&format!("arn:aws:connect:*:*:instance/*/{wrong}/*"));
        assert_eq!(reported("p.json", &text, of).len(), 1, "{text}");
        assert_eq!(fixed("p.json", &text, of[0]), on(&format!("arn:aws:connect:*:*:instance/*/{right}/*")));
    }
    for right in
        ["arn:aws:connect:*:*:instance/*", "arn:aws:connect:*:*:instance/*/*", "*", "arn:aws:connect:*:*:instance/a/qu*/b", "${x}/user/*"]
    {
        check_statements(&on(right), of, &[]);
    }
    check_statements(
        &on("${aws_connect_instance.a.arn}/user/*"),
        of,
        &["warning unknown-resource-type ${aws_connect_instance.a.arn}/user/*"],
    );
    check_statements(
        &on("arn:aws:connect:*:*:instance/*/brand-new/*"),
        of,
        &["information unknown-resource-type arn:aws:connect:*:*:instance/*/brand-new/*"],
    );
}

#[test]
fn an_arn_has_all_its_parts() {
    let of = &["malformed-arn"];
    for wrong in [
        "arn:aws:connect:us-east-1:instance/*",
        "arn:aws:connect:us-east-1:111122223333",
        "arn:aws:connect:us-east-1::instance/*",
        "arn:aws:connect::111122223333:instance/*",
        "arn:aws:connect:us-east-1:11112222333:instance/*",
        "arn:aws:connect:us-east-1:111122223333:instance/",
        "arn:aws:connect:us-east-1:111122223333:queue/*",
        "arn:aws:connect:us-east-1:111122223333:instance/*/queue",
        "arn:aws:qconnect:us-east-1:111122223333:assistant/*",
    ] {
        check_statements(&on(wrong), of, &[&format!("warning malformed-arn {wrong}")]);
    }
    for right in [
        "arn:aws:connect:*",
        "arn:aws:connect:*:*:*",
        "arn:aws-us-gov:connect:us-east-1:111122223333:instance/*",
        "arn:aws:connect:us-east-1:aws:view/*",
        "arn:aws:connect:us-east-1:111122223333:phone-number/*",
        "arn:aws:connect:${x}:instance/*",
        "arn:aws:s3:::bucket",
        "arn:${AWS::Partition}:connect:${AWS::Region}:${AWS::AccountId}:instance/${Id}",
    ] {
        check_statements(&on(right), of, &[]);
    }
}

#[test]
fn an_action_needs_a_resource_of_its_type() {
    let of = &["resource-mismatch"];
    let check = |action: &str, resource: &str, expected: &[&str]| {
        let statement = format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}"#);
        check_statements(&statement, of, expected);
    };
    let queue = "arn:aws:connect:us-east-1:111122223333:instance/a/queue/b";
    check("connect:DescribeUser", queue, &["warning resource-mismatch connect:DescribeUser"]);
    check("connect:DescribeUser", "arn:aws:connect:*:*:instance/a/queue/*", &["information resource-mismatch connect:DescribeUser"]);
    check("connect:ListInstances", queue, &["warning resource-mismatch connect:ListInstances"]);
    check("connect:DescribeQueue", queue, &[]);
    check("connect:DescribeUser", "${x}", &[]);
    check("connect:Describe*", queue, &[]);
    // Sources disagree on this one, and AWS pairs that one so.
    check("connect:StartOutboundVoiceContact", queue, &[]);
    check("connect:GetMetricDataV2", "arn:aws:connect-campaigns:*:*:campaign/*", &[]);
    let other = format!(r#"{{"Effect": "Allow", "Action": "connect:DescribeUser", "NotResource": "{queue}"}}"#);
    check_statements(&other, of, &[]);
}

#[test]
fn some_actions_need_several_types_at_once() {
    let of = &["missing-resource-type"];
    let statement = |resource: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "connect:UpdateUserRoutingProfile", "Resource": "arn:aws:connect:*:*:instance/a/{resource}/*"}}"#
        )
    };
    check_statements(&statement("agent"), of, &["information missing-resource-type connect:UpdateUserRoutingProfile"]);
    // All statements count.
    check_statements(&[statement("agent"), statement("routing-profile")].join(", "), of, &[]);
    let wild = r#"{"Effect": "Allow", "Action": "connect:Update*", "Resource": "*"}"#;
    check_statements(&[&statement("agent"), wild].join(", "), of, &[]);
}

#[test]
fn condition_keys_exist_and_fit() {
    let of = &["unknown-condition-key", "condition-operator"];
    let check = |condition: &str, expected: &[&str]| {
        let statement = format!(r#"{{"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*", "Condition": {condition}}}"#);
        check_statements(&statement, of, expected);
    };
    check(r#"{"StringEquals": {"connect:instanceid": "a", "aws:ResourceTag/x": "y", "connect:HierarchyGroupL1Id/a": "b"}}"#, &[]);
    check(r#"{"StringEquals": {"connect:InstanceIdd": "a"}}"#, &["warning unknown-condition-key connect:InstanceIdd"]);
    check(r#"{"StringEquals": {"connect:Channel": "VOICE"}}"#, &["information unknown-condition-key connect:Channel"]);
    check(r#"{"StringEquals": {"connect:${Key}": "VOICE", "aws:Whatever": "x"}}"#, &[]);
    check(r#"{"StringEquals": {"aws:ResourceTags/x": "y"}}"#, &["warning unknown-condition-key aws:ResourceTags/x"]);
    check(r#"{"StringEquals": {"aws:SourceAcount": "1"}}"#, &["warning unknown-condition-key aws:SourceAcount"]);
    check(r#"{"StringEquals": {"AWS:SOURCEACCOUNT": "1", "aws:ResourceTag": "y", "aws:SourceVpcZ1": "x"}}"#, &[]);
    check(r#"{"NumericEquals": {"connect:InstanceId": "1"}}"#, &["warning condition-operator NumericEquals"]);
    check(r#"{"StringEqual": {"connect:InstanceId": "1"}}"#, &["warning condition-operator StringEqual"]);
    check(r#"{"ForAnyValue:StringLikeIfExists": {"connect:InstanceId": "1"}, "Null": {"aws:TagKeys": "true"}}"#, &[]);
    check(
        r#"{"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringLike": {"aws:SourceArn": "x"}, "bool": {"aws:SecureTransport": true}}"#,
        &[],
    );
    let block = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:DescribeUser\"]\n    resources = [\"*\"]\n    condition {\n      test = \"StringEqual\"\n      variable = \"connect:InstanceIdd\"\n      values = [\"a\"]\n    }\n  }\n}\n";
    assert_eq!(
        reported("main.tf", block, of),
        ["warning condition-operator StringEqual", "warning unknown-condition-key connect:InstanceIdd"]
    );
}

#[test]
fn dependent_actions_may_stand_in_any_statement() {
    let of = &["missing-dependent-action"];
    let search = r#"{"Effect": "Allow", "Action": "connect:SearchQueues", "Resource": "*"}"#;
    check_statements(search, of, &["hint missing-dependent-action connect:SearchQueues"]);
    for other in [
        r#"{"Effect": "Allow", "Action": "connect:describequeue", "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": "connect:De?cribe*", "Resource": "*"}"#,
        r#"{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": ["${More}"], "Resource": "*"}"#,
        r#"{"Effect": {"Ref": "E"}, "Action": "connect:ListUsers", "Resource": "*"}"#,
    ] {
        check_statements(&[search, other].join(", "), of, &[]);
    }
    check_statements(&search.replace("Allow", "Deny"), of, &[]);
}

#[test]
fn a_page_must_be_seen_to_be_edited() {
    let of = &["edit-without-view"];
    let edit =
        r#"{"Effect": "Allow", "Action": ["connect:AssociateApprovedOrigin", "connect:DisassociateApprovedOrigin"], "Resource": "*"}"#;
    check_statements(edit, of, &["hint edit-without-view connect:AssociateApprovedOrigin"]);
    check_statements(&edit.replace(", \"connect:DisassociateApprovedOrigin\"", ""), of, &[]);
    let view = r#"{"Effect": "Allow", "Action": ["connect:List*", "connect:Describe*", "ds:DescribeDirectories"], "Resource": "*"}"#;
    check_statements(&[edit, view].join(", "), of, &[]);
}

#[test]
fn a_permission_may_need_another() {
    let of = &["missing-permission"];
    let profile = |permissions: &str| reported("p.json", &format!(r#"{{"SecurityProfileName": "a", "Permissions": [{permissions}]}}"#), of);
    assert_eq!(profile(r#""Queues.Edit""#), ["hint missing-permission Queues.Edit"]);
    assert_eq!(profile(r#""Queues.Edit", "Queues.View""#), [""; 0]);
    assert_eq!(profile(r#""Queues.Edit", "${More}""#), [""; 0]);
    // Today's name and yesterday's are the same permission.
    assert_eq!(profile(r#""CallRecordings.Unredacted.DownloadButton", "ListenCallRecordings""#), [""; 0]);
    let list = r#"["Queues.Edit", "Users.Edit", "Users.Create"]"#;
    assert_eq!(reported("p.json", list, of), [""; 0]);
}

#[test]
fn amazon_connect_is_let_in_for_somebody() {
    let of = &["confused-deputy"];
    let statement = |condition: &str| {
        format!(r#"{{"Effect": "Allow", "Principal": {{"Service": ["connect.amazonaws.com"]}}, "Action": "sts:AssumeRole"{condition}}}"#)
    };
    check_statements(&statement(""), of, &["information confused-deputy connect.amazonaws.com"]);
    check_statements(&statement(r#", "Condition": {"StringEquals": {"AWS:SourceAccount": "1"}}"#), of, &[]);
    check_statements(&statement(r#", "Condition": {"Ref": "X"}"#), of, &[]);
    check_statements(&statement("").replace("Allow", "Deny"), of, &[]);
    let block = |rest: &str| format!("resource \"aws_lambda_permission\" \"x\" {{\n  principal = \"connect.amazonaws.com\"\n{rest}}}\n");
    assert_eq!(reported("main.tf", &block(""), of), ["information confused-deputy connect.amazonaws.com"]);
    assert_eq!(reported("main.tf", &block("  source_account = var.account\n"), of), [""; 0]);
}

#[test]
fn an_arn_is_not_inside_another() {
    let of = &["malformed-arn"];
    let instance = "arn:aws:connect:us-east-1:111122223333:instance/";
    let terraform = |resource: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"x\" {{\n  statement {{\n    actions = [\"connect:DescribeUser\"]\n    resources = [\"{resource}\"]\n  }}\n}}\n"
        )
    };
    for inner in
        ["${aws_connect_instance.i.arn}", "${data.aws_connect_instance.i[0].arn}", "${var.instance_arn}", "${local.connect.InstanceArn}"]
    {
        let resource = format!("{instance}{inner}/agent/*");
        assert_eq!(reported("main.tf", &terraform(&resource), of), [format!("warning malformed-arn {resource}")]);
        assert_eq!(reported("main.tf", &terraform(&format!("{inner}/agent/*")), of), [""; 0]);
    }
    for inner in ["${aws_connect_instance.i.id}", "${split(\\\"/\\\", var.instance_arn)[1]}", "${var.learn}", "*", "&{aws:PrincipalArn}"] {
        assert_eq!(reported("main.tf", &terraform(&format!("{instance}{inner}/agent/*")), of), [""; 0], "{inner}");
    }
    let inner = format!("{instance}0a1b2c3d-1111-2222-3333-444455556666");
    for resource in [format!("{instance}{inner}/agent/*"), format!("arn:aws:connect:us-east-1:111122223333:{inner}")] {
        let statement = format!(r#"{{"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "{resource}"}}"#);
        check_statements(&statement, of, &[&format!("warning malformed-arn {resource}")]);
    }
    let other = r#"{"Effect": "Allow", "Action": ["connect:DescribeUser", "s3:GetObject"], "Resource": ["*", "arn:aws:acme:us-east-1:111122223333:x/arn:aws:s3:::b"]}"#;
    check_statements(other, of, &[]);
    let template = |hole: &str| {
        format!(
            "Resources:\n  Care:\n    Type: AWS::Connect::Instance\n  Care2:\n    Type: AWS::S3::Bucket\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\n          - Effect: Allow\n            Action: connect:DescribeUser\n            Resource: !Sub arn:${{AWS::Partition}}:connect:${{AWS::Region}}:${{AWS::AccountId}}:instance/${{{hole}}}/agent/*\n"
        )
    };
    for (hole, count) in [("Care", 1), ("Care.Arn", 1), ("InstanceArn", 1), ("Care2", 0), ("InstanceId", 0), ("Care.Id", 0)] {
        assert_eq!(reported("t.yaml", &template(hole), of).len(), count, "{hole}");
    }
}
