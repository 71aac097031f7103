//! Rules on risk, both ways.

use super::names::policy;
use super::*;

const RISK: &[&str] =
    &["full-access", "privilege-escalation", "credential-exposure", "data-exposure", "destructive-action", "allow-not-action"];

fn allow(action: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}"#)
}

#[test]
fn an_entry_gets_one_finding_the_worst_first() {
    check_statements(&allow("connect:CreateUser"), RISK, &["warning privilege-escalation connect:CreateUser"]);
    check_statements(&allow("connect:createuser"), RISK, &["warning privilege-escalation connect:createuser"]);
    // A wildcard has at least the level of the worst name it matches.
    check_statements(&allow("connect:Get*"), RISK, &["warning credential-exposure connect:Get*"]);
    check_statements(&allow("connect:Update*"), RISK, &["warning privilege-escalation connect:Update*"]);
    check_statements(&allow("connect:Describe*"), RISK, &["information data-exposure connect:Describe*"]);
    check_statements(&allow("connect:Delete*"), RISK, &["warning destructive-action connect:Delete*"]);
    check_statements(&allow("*"), RISK, &[]);
    check_statements(&[allow("*"), allow("connect:ListUsers")].join(", "), RISK, &["warning full-access *"]);
    check_statements(&allow("c?nnect:**"), RISK, &["warning full-access c?nnect:**"]);
    check_statements(&allow("connect:ListQueues"), RISK, &[]);
}

#[test]
fn what_sends_contacts_elsewhere_is_reported() {
    let of = &["traffic-redirect"];
    check_statements(&allow("connect:UpdateQuickConnectConfig"), of, &["information traffic-redirect connect:UpdateQuickConnectConfig"]);
    check_statements(&allow("connect:UpdateQuickConnect*"), of, &["information traffic-redirect connect:UpdateQuickConnect*"]);
    check_statements(&allow("connect:DescribeQuickConnect"), of, &[]);
    check_statements(&allow("connect:UpdateQuickConnectName"), of, &[]);
    let deny = format!("{}, {}", allow("connect:UpdateQuickConnectConfig"), allow("connect:UpdateQuick*").replace("Allow", "Deny"));
    check_statements(&deny, of, &[]);
}

#[test]
fn named_resources_and_conditions_lower_by_one_level() {
    let narrow = |action: &str| format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "arn:aws:connect:*:*:instance/a"}}"#);
    check_statements(&narrow("connect:*"), RISK, &["information full-access connect:*"]);
    check_statements(&narrow("connect:CreateUser"), RISK, &["information privilege-escalation connect:CreateUser"]);
    check_statements(&narrow("connect:MonitorContact"), RISK, &["hint data-exposure connect:MonitorContact"]);
    check_statements(&narrow("connect:Update*"), RISK, &["information privilege-escalation connect:Update*"]);
    check_statements(&narrow("connect:Describe*"), RISK, &["hint data-exposure connect:Describe*"]);
    let condition = r#"{"Effect": "Allow", "Action": "connect:CreateUser", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}"#;
    check_statements(condition, RISK, &["information privilege-escalation connect:CreateUser"]);
    let guarded = r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "connect.amazonaws.com"}}}"#;
    check_statements(&[guarded, &allow("connect:ListQueues")].join(", "), RISK, &[]);
}

#[test]
fn a_role_is_passed_to_named_services_only() {
    let pass = |condition: &str| {
        let statement = format!(r#"{{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {condition}}}"#);
        [statement, allow("connect:ListQueues")].join(", ")
    };
    check_statements(&pass(r#"{"StringLike": {"iam:PassedToService": "connect*.amazonaws.com"}}"#), RISK, &[]);
    for open in [
        r#"{"StringLike": {"iam:PassedToService": "*"}}"#,
        r#"{"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}"#,
        r#"{"StringEqualsIfExists": {"iam:PassedToService": "connect.amazonaws.com"}}"#,
    ] {
        check_statements(&pass(open), RISK, &["information privilege-escalation iam:PassRole"]);
    }
}

#[test]
fn an_empty_condition_limits_nothing() {
    check_statements(
        &allow("connect:CreateUser").replace(r#""Resource""#, r#""Condition": {}, "Resource""#),
        RISK,
        &["warning privilege-escalation connect:CreateUser"],
    );
    let deny = r#"{"Effect": "Deny", "Action": "connect:CreateUser", "Resource": "*", "Condition": {}}"#;
    check_statements(&[&allow("connect:CreateUser"), deny].join(", "), RISK, &[]);
}

#[test]
fn what_is_denied_on_everything_is_no_risk() {
    let deny = |rest: &str| format!(r#"{}, {{"Effect": "Deny", {rest}}}"#, allow("connect:CreateUser"));
    check_statements(&deny(r#""Action": "connect:create*", "Resource": "*""#), RISK, &[]);
    check_statements(&deny(r#""NotAction": "connect:List*", "Resource": "*""#), RISK, &[]);
    let still = &["warning privilege-escalation connect:CreateUser"];
    check_statements(&deny(r#""Action": "connect:Create*", "Resource": "arn:aws:connect:*:*:instance/a""#), RISK, still);
    check_statements(
        &deny(r#""Action": "connect:Create*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}"#),
        RISK,
        still,
    );
    check_statements(&deny(r#""Action": {"Fn::If": ["X", "connect:Create*", "connect:ListUsers"]}, "Resource": "*""#), RISK, still);
    check_statements(&deny(r#""NotAction": "connect:Create*", "Resource": "*""#), RISK, still);
}

#[test]
fn ceilings_and_denials_give_nothing() {
    check_statements(&allow("connect:CreateUser").replace("Allow", "Deny"), RISK, &[]);
    for kind in ["AWS::Organizations::Policy", "AWS::EC2::VPCEndpoint"] {
        let text = format!(
            r#"{{"R": {{"Type": "{kind}", "Properties": {{"PolicyDocument": {{"Version": "2012-10-17", "Statement": [{}, {}]}}}}}}}}"#,
            allow("connect:*"),
            allow("connect:CreateUser").replace("\"Action\"", "\"NotAction\"")
        );
        assert_eq!(reported("t.json", &text, RISK), [""; 0], "{text}");
    }
}

#[test]
fn everything_but_is_more_than_it_seems() {
    let of = &["allow-not-action"];
    check_statements(&allow("connect:Delete*").replace("\"Action\"", "\"NotAction\""), of, &["warning allow-not-action NotAction"]);
    check_statements(r#"{"Effect": "Deny", "NotAction": "connect:*", "Resource": "*"}"#, of, &[]);
    let narrow = r#"{"Effect": "Allow", "NotAction": "connect:Delete*", "Resource": "arn:aws:connect:*:*:instance/a"}"#;
    check_statements(narrow, of, &["information allow-not-action NotAction"]);
}

#[test]
fn permissions_that_deserve_a_second_look() {
    let of = &["risky-permission", "conflicting-permissions", "restriction-bypass"];
    let profile = |rest: &str| reported("p.json", &format!(r#"{{"SecurityProfileName": "a", "Permissions": [{rest}}}"#), of);
    assert_eq!(profile(r#""Users.Create", "Users.View"]"#), ["information risky-permission Users.Create"]);
    assert_eq!(profile(r#""ManagerListenIn", "ContactSearch.View"]"#), ["information risky-permission ManagerListenIn"]);
    assert_eq!(profile(r#""PhoneNumbers.Edit", "PhoneNumbers.Claim"]"#), ["information risky-permission PhoneNumbers.Edit"]);
    assert_eq!(profile(r#""OutboundCallAccess", "Users.View", "Queues.Edit", "TransferContact.Enabled"]"#), [""; 0]);
    assert_eq!(
        profile(r#""CallRecordings.Redacted.Access", "CallRecordings.Unredacted.Access"]"#),
        [
            "information conflicting-permissions CallRecordings.Unredacted.Access",
            "information risky-permission CallRecordings.Unredacted.Access"
        ]
    );
    assert_eq!(
        profile(r#""ContactSearch.View"], "TagRestrictedResources": ["User"], "AllowedAccessControlTags": {"a": "b"}"#),
        ["information restriction-bypass ContactSearch.View"]
    );
    assert_eq!(profile(r#""ContactSearch.View"], "TagRestrictedResources": [], "AllowedAccessControlTags": {}"#), [""; 0]);
    assert_eq!(
        profile(r#""CallRecordings.Redacted.Access", "ScreenRecording.Access"]"#),
        ["information restriction-bypass ScreenRecording.Access", "information risky-permission ScreenRecording.Access"]
    );
}

#[test]
fn a_managed_policy_counts_where_it_is_attached() {
    let terraform =
        |arn: &str| format!("resource \"aws_iam_role_policy_attachment\" \"a\" {{\n  role       = \"r\"\n  policy_arn = {arn}\n}}\n");
    let full = "warning full-access arn:aws:iam::aws:policy/AmazonConnect_FullAccess";
    assert_eq!(reported("a.tf", &terraform(r#""arn:aws:iam::aws:policy/AmazonConnect_FullAccess""#), RISK), [full]);
    assert_eq!(reported("a.tf", &terraform(r#""arn:${local.p}:iam::aws:policy/AmazonConnectFullAccess""#), RISK).len(), 1);
    assert_eq!(reported("a.tf", &terraform(r#""arn:aws:iam::aws:policy/AmazonConnectReadOnlyAccess""#), RISK), [""; 0]);
    assert_eq!(reported("a.tf", &terraform(r#""arn:aws:iam::123456789012:policy/AmazonConnect_FullAccess""#), RISK), [""; 0]);
    let role = |arns: &str| format!("Type: AWS::IAM::Role\nProperties:\n  ManagedPolicyArns:\n    - {arns}\n");
    assert_eq!(reported("a.yaml", &role("arn:aws:iam::aws:policy/AmazonConnect_FullAccess"), RISK), [full]);
    assert_eq!(reported("a.yaml", &role("!Sub arn:${AWS::Partition}:iam::aws:policy/AmazonConnect_FullAccess"), RISK).len(), 1);
    let joined =
        r#"{"ManagedPolicyArns": [{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/AmazonConnect_FullAccess"]]}]}"#;
    assert_eq!(reported("a.json", joined, RISK), ["warning full-access :iam::aws:policy/AmazonConnect_FullAccess"]);
    let function = |key: &str| format!("Type: AWS::Serverless::Function\nProperties:\n  {key}:\n    - AmazonConnect_FullAccess\n");
    assert_eq!(reported("a.yaml", &function("Policies"), RISK), ["warning full-access AmazonConnect_FullAccess"]);
    assert_eq!(reported("a.yaml", &function("Tags"), RISK), [""; 0]);
}

#[test]
fn a_wildcard_names_the_worst_action_and_all_kinds() {
    let message = |action: &str| {
        let found = findings("p.json", &policy(&allow(action)));
        let found: Vec<_> = found.into_iter().filter(|finding| RISK.contains(&finding.rule)).map(|finding| finding.message).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap_or_default()
    };
    let update = message("connect:Update*");
    assert!(
        update.starts_with("`connect:Update*` includes `connect:UpdateSecurityProfile`, which allows privilege escalation: "),
        "{update}"
    );
    assert!(update.contains("; it also includes `connect:UpdateUserIdentityInfo` (escalation) and "), "{update}");
    assert!(update.ends_with(" other risky actions (data, deletes, redirects)"), "{update}");
    let get = message("connect:Get*");
    assert!(get.starts_with("`connect:Get*` includes `connect:GetFederationToken`, which exposes sign-in credentials: "), "{get}");
}

#[test]
fn wildcards_that_only_expose_data_are_one_finding_for_a_policy() {
    let two = r#"{"Effect": "Allow", "Action": ["connect:Describe*", "connect:List*", "connect:ListQueues"], "Resource": "*"}, {"Effect": "Allow", "Action": "connect:Search*", "Resource": "*"}"#;
    check_statements(two, RISK, &["information data-exposure connect:Describe*"]);
    let found = findings("p.json", &policy(two));
    let message = found.iter().find(|finding| finding.rule == "data-exposure").map(|finding| finding.message.as_str());
    assert!(
        message.is_some_and(|message| message.starts_with("`connect:Describe*` and 2 other wildcards of this policy expose data; ")),
        "{message:?}"
    );
    // A name is reported where it is written.
    let named = r#"{"Effect": "Allow", "Action": ["connect:Describe*", "connect:MonitorContact"], "Resource": "*"}"#;
    check_statements(named, RISK, &["information data-exposure connect:Describe*", "information data-exposure connect:MonitorContact"]);
}

#[test]
fn full_access_says_it_all() {
    let both = |resource: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": ["connect:*", "connect:CreateUser"], "Resource": "{resource}"}}, {}, {}"#,
            allow("connect:GetFederationToken"),
            allow("iam:PutRolePolicy")
        )
    };
    let iam = "warning privilege-escalation iam:PutRolePolicy";
    check_statements(&both("*"), RISK, &["warning full-access connect:*", iam]);
    check_statements(
        &both("arn:aws:connect:*:*:instance/a"),
        RISK,
        &["information full-access connect:*", "warning credential-exposure connect:GetFederationToken", iam],
    );
    check_statements(&[allow("*"), allow("connect:ListQueues"), allow("iam:PutRolePolicy")].join(", "), RISK, &["warning full-access *"]);
}

#[test]
fn rights_over_roles_are_warnings_unless_they_are_limited() {
    let on = |action: &str, resource: &str| {
        format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "{resource}"}}, {}"#, allow("connect:ListQueues"))
    };
    for action in [
        "iam:PutRolePolicy",
        "iam:AttachRolePolicy",
        "iam:PutUserPolicy",
        "iam:AttachUserPolicy",
        "iam:CreatePolicyVersion",
        "iam:SetDefaultPolicyVersion",
        "iam:UpdateAssumeRolePolicy",
        "iam:PassRole",
    ] {
        check_statements(&on(action, "*"), RISK, &[&format!("warning privilege-escalation {action}")]);
    }
    for all in ["arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/*"] {
        check_statements(&on("iam:PutRolePolicy", all), RISK, &["warning privilege-escalation iam:PutRolePolicy"]);
        check_statements(&on("iam:*Role*", all), RISK, &["warning privilege-escalation iam:*Role*"]);
    }
    let linked = "arn:aws:iam::*:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect*";
    check_statements(&on("iam:PutRolePolicy", linked), RISK, &["information privilege-escalation iam:PutRolePolicy"]);
    check_statements(&on("iam:CreateServiceLinkedRole", "*"), RISK, &["information privilege-escalation iam:CreateServiceLinkedRole"]);
    // The condition on PassRole leaves what else a wildcard reaches.
    let guarded = r#"{"Effect": "Allow", "Action": "iam:P*", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "connect.amazonaws.com"}}}"#;
    check_statements(&[guarded, &allow("connect:ListQueues")].join(", "), RISK, &["information privilege-escalation iam:P*"]);
}

#[test]
fn a_few_dangerous_actions_of_a_wildcard_can_be_denied() {
    let of = "credential-exposure";
    let gone = |name: &str, before: &str, part: &str| {
        let after = fixed(name, before, of);
        assert!(after.contains(part), "{after}");
        assert_eq!(reported(name, &after, &[of, "bad-sid", "duplicate-entry"]), [""; 0], "{after}");
        let format = Format::from_path(Path::new(name)).expect("a format");
        assert!(Document::read(after.as_str(), format).tree().errors().is_empty(), "{after}");
    };
    let statement = r#"{"Sid": "Read", "Effect": "Allow", "Action": ["connect:Get*", "connect:List*"], "Resource": "*"}"#;
    let denied = r#"{"Sid": "ReadDeny", "Effect": "Deny", "Action": ["connect:GetFederationToken"], "Resource": "*"}"#;
    gone("p.json", &policy(statement), &format!("{statement}, {denied}"));
    let with_deny = format!(r#"{statement}, {{"Effect": "Deny", "Action": ["connect:AdminGetEmergencyAccessToken"], "Resource": "*"}}"#);
    gone("p.json", &policy(&with_deny), r#"["connect:AdminGetEmergencyAccessToken", "connect:GetFederationToken"]"#);
    let yaml = "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n      - connect:Get*\n    Resource: '*'\n";
    gone("p.yaml", yaml, "  - Effect: Deny\n    Action:\n      - connect:GetFederationToken\n    Resource: '*'\n");
    let block = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    effect    = \"Allow\"\n    actions   = [\"connect:Get*\"]\n    resources = [\"*\"]\n  }\n}\n";
    gone("m.tf", block, "    effect    = \"Deny\"\n    actions   = [\"connect:GetFederationToken\"]\n");
    // A name is not denied by who allows it, and too many names do not help.
    for text in [allow("connect:GetFederationToken"), allow("connect:Update*")] {
        let found = findings("p.json", &policy(&text));
        assert!(found.iter().any(|finding| RISK.contains(&finding.rule)), "{text}");
        assert!(found.iter().filter(|finding| RISK.contains(&finding.rule)).all(|finding| finding.fixes.is_empty()), "{text}");
    }
    // A condition would limit the Deny too.
    let limited =
        r#"{"Effect": "Allow", "Action": "connect:Get*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}"#;
    assert!(findings("p.json", &policy(limited)).iter().filter(|finding| finding.rule == of).all(|finding| finding.fixes.is_empty()));
}

#[test]
fn a_policy_that_is_only_a_limit_gives_nothing() {
    const DATA: &str =
        "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions   = [\"connect:*\"]\n    resources = [\"*\"]\n  }\n}\n";
    const MANAGED: &str = "resource \"aws_iam_policy\" \"b\" {\n  policy = jsonencode({ Version = \"2012-10-17\", Statement = [{ Effect = \"Allow\", Action = \"connect:*\", Resource = \"*\" }] })\n}\n";
    let resource = |kind: &str, attribute: &str, value: &str| format!("resource \"{kind}\" \"r\" {{\n  {attribute} = {value}\n}}\n");
    let document = "data.aws_iam_policy_document.d.json";
    let boundary = resource("aws_iam_role", "permissions_boundary", "aws_iam_policy.b.arn");
    let limit = resource("aws_organizations_policy", "content", document);
    let of_document = resource("aws_iam_policy", "policy", document).replace("\"r\"", "\"b\"");
    let attached = resource("aws_iam_role_policy_attachment", "policy_arn", "aws_iam_policy.b.arn");
    let guard = "data \"aws_iam_policy_document\" \"g\" {\n  statement {\n    effect    = \"Deny\"\n    actions   = [\"iam:*\"]\n    resources = [aws_iam_policy.b.arn]\n  }\n}\n";
    let output = "output \"arn\" {\n  value = aws_iam_policy.b.arn\n}\n";
    for silent in [
        format!("{DATA}{limit}"),
        format!("{DATA}{of_document}{boundary}"),
        format!("{MANAGED}{boundary}"),
        format!("{MANAGED}{boundary}{guard}{output}"),
        format!("{MANAGED}{}", boundary.replace(".b.arn", ".b[0].arn")),
    ] {
        assert_eq!(reported("m.tf", &silent, RISK), [""; 0], "{silent}");
    }
    for risky in [
        DATA.to_owned(),
        MANAGED.to_owned(),
        format!("{MANAGED}{attached}"),
        format!("{MANAGED}{boundary}{attached}"),
        format!("{DATA}{limit}{}", resource("aws_iam_role_policy", "policy", document)),
        format!("{DATA}{of_document}{attached}"),
        format!("{MANAGED}{}", boundary.replace(".b.", ".other.")),
    ] {
        assert_eq!(reported("m.tf", &risky, RISK).len(), 1, "{risky}");
    }
    let template = |more: &str, role: &str| {
        format!(
            "Resources:\n  Boundary:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n{more}      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n          - Effect: Allow\n            Action: connect:*\n            Resource: '*'\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      {role}\n"
        )
    };
    for silent in
        ["PermissionsBoundary: !Ref Boundary", "PermissionsBoundary: {Ref: Boundary}", "PermissionsBoundary: !GetAtt Boundary.PolicyArn"]
    {
        assert_eq!(reported("t.yaml", &template("", silent), RISK), [""; 0], "{silent}");
    }
    for risky in [
        template("", "ManagedPolicyArns: [!Ref Boundary]"),
        template("", "PermissionsBoundary: !Ref Other"),
        template("", "PermissionsBoundary: !Ref Boundary\n      ManagedPolicyArns: [!Ref Boundary]"),
        template("      Roles: [!Ref Role]\n", "PermissionsBoundary: !Ref Boundary"),
    ] {
        assert_eq!(reported("t.yaml", &risky, RISK).len(), 1, "{risky}");
    }
}

/// The titles of the fixes of a rule's findings.
fn titles(name: &str, text: &str, rule: &str) -> Vec<String> {
    let found = findings(name, text).into_iter().filter(|finding| finding.rule == rule);
    let found: Vec<Vec<String>> = found.map(|finding| finding.fixes.into_iter().map(|fix| fix.title).collect()).collect();
    assert!(!found.is_empty(), "{rule} does not fire:\n{text}");
    found.concat()
}

#[test]
fn a_deny_is_added_only_where_a_list_has_room_for_it() {
    let rule = "credential-exposure";
    let wild = |statements: &str| {
        format!(
            "resource \"aws_iam_policy\" \"p\" {{\n  policy = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = {statements}\n  }})\n}}\n"
        )
    };
    let one = r#"{ Effect = "Allow", Action = ["connect:GetF*"], Resource = "*" }"#;
    let other = r#"{ Effect = "Allow", Action = ["connect:ListUsers"], Resource = "*" }"#;
    let deny = r#"{ Effect = "Deny", Action = ["connect:DeleteUser"], Resource = "*" }"#;
    for (statements, count) in [
        (format!("[{one}]"), 1),
        (format!("var.c ? [{one}] : [{other}]"), 1),
        (format!("concat([{one}], [for s in var.s : {deny}])"), 1),
        (format!("[for s in var.s : {one}]"), 0),
        (format!("[for s in var.s : {one} if s != null]"), 0),
        (format!("concat([for s in var.s : {one}], [{deny}])"), 0),
        (format!("[var.c ? {one} : {other}]"), 0),
        (format!("[var.c ? {one} : {deny}]"), 0),
    ] {
        assert_eq!(titles("m.tf", &wild(&statements), rule).len(), count, "{statements}");
    }
    let looped = wild(&format!("concat([{one}], [for s in var.s : {deny}])"));
    assert!(fixed("m.tf", &looped, rule).contains("for s in var.s : { Effect = \"Deny\", Action = [\"connect:DeleteUser\"]"));

    let yaml = |statements: &str| format!("Version: '2012-10-17'\nStatement: {statements}\n");
    let one = "{Effect: Allow, Action: ['connect:GetF*'], Resource: '*'}";
    for (statements, count) in [
        (format!("[{one}]"), 1),
        (format!("!If [C, [{one}], []]"), 1),
        (format!("[!If [C, {one}, !Ref AWS::NoValue]]"), 0),
        (format!("!If [C, {one}, !Ref AWS::NoValue]"), 0),
        (format!("[{{'Fn::If': [C, {one}, !Ref AWS::NoValue]}}]"), 0),
    ] {
        assert_eq!(titles("t.yaml", &yaml(&statements), rule).len(), count, "{statements}");
    }
}
