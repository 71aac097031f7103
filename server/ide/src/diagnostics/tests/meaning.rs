//! Rules on meaning, both ways.

use super::names::policy;
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
    // Roles are not known to be assumed for another account's instance.
    check_statements(&statement(""), of, &["hint confused-deputy connect.amazonaws.com"]);
    let queue = r#", "Resource": "*""#;
    let resource = statement(queue).replace("sts:AssumeRole", "sqs:SendMessage");
    check_statements(&resource, of, &["information confused-deputy connect.amazonaws.com"]);
    check_statements(&statement(r#", "Condition": {"StringEquals": {"AWS:SourceAccount": "1"}}"#), of, &[]);
    check_statements(&statement(r#", "Condition": {"Ref": "X"}"#), of, &[]);
    check_statements(&statement("").replace("Allow", "Deny"), of, &[]);
    let block = |rest: &str| format!("resource \"aws_lambda_permission\" \"x\" {{\n  principal = \"connect.amazonaws.com\"\n{rest}}}\n");
    assert_eq!(reported("main.tf", &block(""), of), ["information confused-deputy connect.amazonaws.com"]);
    assert_eq!(reported("main.tf", &block("  source_account = var.account\n"), of), [""; 0]);
}

#[test]
fn a_condition_without_its_key_is_never_or_always_true() {
    let of = &["unsupported-condition-key"];
    let check = |effect: &str, action: &str, condition: &str, expected: &[&str]| {
        let statement = format!(r#"{{"Effect": "{effect}", "Action": {action}, "Resource": "*", "Condition": {condition}}}"#);
        let found = findings("p.json", &policy(&statement));
        let found: Vec<String> = found
            .into_iter()
            .filter(|finding| finding.rule == of[0])
            .map(|finding| format!("{} {}", finding.severity, finding.message))
            .collect();
        assert_eq!(found, expected, "{statement}");
    };
    let user = r#""connect:DescribeUser""#;
    let none = "no action in this statement supports `connect:Channel`, so the condition";
    for (operator, is_true) in [
        ("StringEquals", false),
        ("stringlike", false),
        ("ForAnyValue:StringEquals", false),
        ("ForAnyValue:StringNotEquals", false),
        ("StringNotEquals", true),
        ("StringNotLike", true),
        ("StringEqualsIfExists", true),
        ("StringNotEqualsIfExists", true),
        ("ForAllValues:StringEquals", true),
    ] {
        let condition = format!(r#"{{"{operator}": {{"CONNECT:Channel": "VOICE"}}}}"#);
        let (allow, deny) = match is_true {
            true => ("always matches and does not limit this Allow", "always matches and does not limit this Deny"),
            false => ("never matches and nothing is allowed", "never matches and blocks nothing"),
        };
        check("Allow", user, &condition, &[&format!("warning {none} {allow}")]);
        check("Deny", user, &condition, &[&format!("warning {none} {deny}")]);
    }
    check(
        "Allow",
        user,
        r#"{"Null": {"connect:Channel": "true"}}"#,
        &[&format!("warning {none} always matches and does not limit this Allow")],
    );
    check("Allow", user, r#"{"Null": {"connect:Channel": false}}"#, &[&format!("warning {none} never matches and nothing is allowed")]);
    // What is not known decides nothing.
    check("Allow", user, r#"{"Null": {"connect:Channel": "${x}"}}"#, &[]);
    check("Allow", user, r#"{"StringEqual": {"connect:Channel": "VOICE"}}"#, &[]);
    check(
        "Allow",
        r#"["connect:DescribeUser", "${More}"]"#,
        r#"{"StringEquals": {"connect:Channel": "VOICE"}}"#,
        &["information `connect:DescribeUser` does not support `connect:Channel`, so the condition never matches and it is not allowed"],
    );
    // AWS's own example.
    check("Allow", user, r#"{"ForAnyValue:StringEquals": {"connect:InstanceId": "a"}}"#, &[]);

    let both = r#"["connect:DescribeUser", "ds:DescribeDirectories"]"#;
    let lack = "`ds:DescribeDirectories` does not support `connect:InstanceId`, so the condition";
    let positive = r#"{"StringEquals": {"connect:InstanceId": "a"}}"#;
    let negative = r#"{"StringNotEquals": {"connect:InstanceId": "a"}}"#;
    check("Allow", both, positive, &[&format!("information {lack} never matches and it is not allowed")]);
    check("Deny", both, positive, &[&format!("warning {lack} never matches and it is not blocked")]);
    check("Allow", both, negative, &[&format!("warning {lack} always matches and it is allowed without it")]);
    check("Deny", both, negative, &[&format!("information {lack} always matches and it is blocked")]);
    // Nobody expects a wildcard to allow more than the condition fits.
    check("Allow", r#""connect:List*""#, positive, &[]);
    let wild = policy(&format!(r#"{{"Effect": "Deny", "Action": "connect:*", "Resource": "*", "Condition": {positive}}}"#));
    let message = findings("p.json", &wild).into_iter().find(|finding| finding.rule == of[0]).expect("a finding").message;
    assert!(
        message.contains(" other actions do not support `connect:InstanceId`, so the condition never matches and they are not blocked"),
        "{message}"
    );

    let block = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:DescribeUser\"]\n    resources = [\"*\"]\n    condition {\n      test = \"StringEquals\"\n      variable = \"connect:Channel\"\n      values = [\"VOICE\"]\n    }\n  }\n}\n";
    assert_eq!(reported("main.tf", block, of), ["warning unsupported-condition-key connect:Channel"]);
    assert_eq!(reported("main.tf", &block.replace("connect:Channel", "connect:InstanceId"), of), [""; 0]);
    let yaml = "Version: 2012-10-17\nStatement:\n  Effect: Deny\n  Action: connect:DescribeUser\n  Resource: '*'\n  Condition:\n    StringEquals:\n      connect:Channel: VOICE\n";
    assert_eq!(reported("p.yaml", yaml, of), ["warning unsupported-condition-key connect:Channel"]);
}

#[test]
fn an_instances_id_is_compared_with_ids() {
    let of = &["condition-value"];
    let id = "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d";
    let statement = |value: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*", "Condition": {{"StringEquals": {{"connect:instanceId": "{value}"}}}}}}"#
        )
    };
    let wrong = statement(&format!("arn:aws:connect:us-east-1:111122223333:instance/{id}"));
    assert_eq!(fixed("p.json", &wrong, of[0]), statement(id));
    for right in [id, "${InstanceId}", "INSTANCE_ID", "<instance>"] {
        check_statements(&statement(right), of, &[]);
    }
    check_statements(&statement("prod-center"), of, &["information condition-value prod-center"]);

    let block = |value: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"x\" {{\n  statement {{\n    actions = [\"connect:DescribeUser\"]\n    resources = [\"*\"]\n    condition {{\n      test = \"StringEquals\"\n      variable = \"connect:InstanceId\"\n      values = [{value}]\n    }}\n  }}\n}}\n"
        )
    };
    assert_eq!(fixed("m.tf", &block("aws_connect_instance.main.arn"), of[0]), block("aws_connect_instance.main.id"));
    assert_eq!(fixed("m.tf", &block("\"${aws_connect_instance.main.arn}\""), of[0]), block("\"${aws_connect_instance.main.id}\""));
    for right in ["aws_connect_instance.main.id", "var.instance", "aws_connect_queue.main.arn"] {
        assert_eq!(reported("m.tf", &block(right), of), [""; 0], "{right}");
    }
    let template = |value: &str| {
        format!(
            "Resources:\n  I:\n    Type: AWS::Connect::Instance\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\n          - Effect: Allow\n            Action: connect:DescribeUser\n            Resource: '*'\n            Condition:\n              StringEquals:\n                connect:InstanceId: {value}\n"
        )
    };
    for wrong in ["!Ref I", "!GetAtt I.Arn"] {
        assert_eq!(reported("t.yaml", &template(wrong), of).len(), 1, "{wrong}");
    }
    for right in ["!GetAtt I.Id", "!Ref Parameter"] {
        assert_eq!(reported("t.yaml", &template(right), of), [""; 0], "{right}");
    }
    let json = r#"{"Resources": {"I": {"Type": "AWS::Connect::Instance"}, "P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*", "Condition": {"StringEquals": {"connect:InstanceId": VALUE}}}]}}}}}"#;
    assert_eq!(reported("t.json", &json.replace("VALUE", r#"{"Ref": "I"}"#), of).len(), 1);
    assert_eq!(reported("t.json", &json.replace("VALUE", r#"{"Fn::GetAtt": ["I", "Id"]}"#), of), [""; 0]);
}

#[test]
fn sign_in_is_allowed_on_users() {
    let of = &["resource-mismatch"];
    let statement = |resource: &str| format!(r#"{{"Effect": "Allow", "Action": "connect:GetFederationToken", "Resource": "{resource}"}}"#);
    let instance = "arn:aws:connect:us-east-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d";
    check_statements(&statement(instance), of, &["warning resource-mismatch connect:GetFederationToken"]);
    for right in [
        format!("{instance}/user/${{aws:userid}}"),
        format!("{instance}/*"),
        "*".to_owned(),
        "${Instance}/user/*".to_owned(),
        "${Arn}".to_owned(),
    ] {
        check_statements(&statement(&right), of, &[]);
    }
}

#[test]
fn an_arns_wrong_part_is_named() {
    let of = &["malformed-arn", "resource-mismatch"];
    let message = |arn: &str| {
        let found =
            findings("p.json", &policy(&format!(r#"{{"Effect": "Allow", "Action": "connect:DescribeQueue", "Resource": "{arn}"}}"#)));
        let found: Vec<String> = found.into_iter().filter(|one| of.contains(&one.rule)).map(|one| one.message).collect();
        assert_eq!(found.len(), 1, "{arn}: {found:?}");
        found.into_iter().next().unwrap_or_default()
    };
    for (arn, start) in [
        ("arn:aws:connect:us-east-1:instance/*/queue/*", "missing account ID; "),
        ("arn:aws:connect:111122223333:instance/*/queue/*", "missing Region; "),
        ("arn:aws:connect:instance/*/queue/*", "missing Region and account ID; "),
        ("arn::connect:us-east-1:111122223333:instance/*/queue/*", "missing partition in the ARN"),
        ("arn:::::instance/*/queue/*", "missing partition, service, Region and account ID in the ARN"),
        ("arn:aws::us-east-1:111122223333:instance/*/queue/*", "missing service in the ARN"),
        ("arn:aws:connect:us-east-1:111122223333:/instance/*/queue/*", "unexpected `/` before `instance`"),
        (
            "arn:aws:connect:us-east-1:111122223333:instance/0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d:queue/*",
            "expected `/` between the instance ID and `queue`",
        ),
        ("arn:aws:connect:us-east-1:111122223333:instance/contact-center-prod/queue/*", "`contact-center-prod` is not an instance ID"),
        ("arn:aws:iam::111122223333:role/AWSServiceRoleForAmazonConnect_x", "missing path in the ARN of a service-linked role"),
    ] {
        if arn.contains(":iam:") {
            let statement = format!(
                r#"{{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "{arn}"}}, {{"Effect": "Allow", "Action": "connect:ListQueues", "Resource": "*"}}"#
            );
            check_statements(&statement, of, &[&format!("warning malformed-arn {arn}")]);
        } else {
            let message = message(arn);
            assert!(message.starts_with(start), "{arn}: {message}");
        }
    }
    for (wrong, right) in [
        ("arn:aws:connect:*:*:/instance/*/queue/*", "arn:aws:connect:*:*:instance/*/queue/*"),
        ("arn:aws:connect:*:*:instance/*:queue/*", "arn:aws:connect:*:*:instance/*/queue/*"),
        ("arn:aws:connect:*:*:instance/*/queue", "arn:aws:connect:*:*:instance/*/queue/*"),
        (
            "arn:aws:iam::*:role/AWSServiceRoleForAmazonConnect*",
            "arn:aws:iam::*:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect*",
        ),
    ] {
        assert_eq!(fixed("p.json", &on(wrong), of[0]), on(right), "{wrong}");
    }
    let linked = "arn:aws:iam::*:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect*";
    for right in [
        linked,
        "arn:aws:iam::*:role/*AWSServiceRoleForAmazonConnect*",
        "arn:aws:iam::*:role/Agent",
        "arn:aws:connect:*:*:instance/*/queue/*",
    ] {
        check_statements(&on(right), of, &[]);
    }
}

#[test]
fn restricted_security_profiles_are_no_bypass() {
    let of = &["restriction-bypass"];
    let profile = |restricted: &str| {
        format!(
            r#"{{"SecurityProfileName": "a", "Permissions": ["SecurityProfiles.Create", "SecurityProfiles.View"], "AllowedAccessControlTags": {{"a": "b"}}, "TagRestrictedResources": [{restricted}]}}"#
        )
    };
    assert_eq!(reported("p.json", &profile(r#""User""#), of), ["information restriction-bypass SecurityProfiles.Create"]);
    assert_eq!(reported("p.json", &profile(r#""User", "SecurityProfile""#), of), [""; 0]);
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
