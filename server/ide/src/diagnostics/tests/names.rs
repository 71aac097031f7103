//! Rules on names, both ways.

use super::*;

#[test]
fn letter_case_is_a_hint_where_the_action_is_known() {
    check_statements(
        r#"{"Effect": "Allow", "Action": ["connect:listusers", "Connect:ListQueues", "connect:ListPrompts", "connect:listp*"], "Resource": "*"}"#,
        &["action-case"],
        &["hint action-case connect:listusers", "hint action-case Connect:ListQueues"],
    );
}

/// The messages about the one wrong entry of a policy or a profile.
#[track_caller]
fn check_message(name: &str, text: &str, expected: &str) {
    let found = findings(name, text);
    let messages: Vec<&str> =
        found.iter().filter(|finding| finding.rule != "old-version").map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, [expected], "{text}");
}

#[test]
fn white_space_is_named_by_its_place() {
    for (entry, expected) in [
        ("connect:ListUsers ", "`connect:ListUsers ` ends with white space"),
        (" connect:ListUsers", "` connect:ListUsers` starts with white space"),
        (" connect:ListUsers ", "` connect:ListUsers ` starts and ends with white space"),
        ("connect: ListUsers", "`connect: ListUsers` contains white space"),
    ] {
        let text = format!(r#"{{"Effect": "Allow", "Action": ["{entry}", "connect:DescribeUser"], "Resource": "*"}}"#);
        check_message("p.json", &text, expected);
    }
    let profile = r#"{"SecurityProfileName": "a", "Permissions": ["Users.View ", "Queues.View"]}"#;
    check_message("p.json", profile, "`Users.View ` ends with white space");
}

#[test]
fn a_dot_in_the_colons_position_is_named() {
    let text = |entry: &str| format!(r#"{{"Effect": "Allow", "Action": ["{entry}", "connect:ListUsers"], "Resource": "*"}}"#);
    check_message("p.json", &text("connect.ListPrompts"), "missing `:` in `connect.ListPrompts`; did you mean `connect:ListPrompts`?");
    check_message(
        "p.json",
        &text("wisdom.ListAssistants"),
        "missing `:` in `wisdom.ListAssistants`; did you mean `wisdom:ListAssistants`?",
    );
    check_message("p.json", &text("ListPrompts"), "missing service prefix in `ListPrompts`; did you mean `connect:ListPrompts`?");
}

#[test]
fn the_later_of_two_entries_is_a_duplicate() {
    let of = &["duplicate-entry"];
    check_statements(
        r#"{"Effect": "Allow", "Action": ["connect:ListUsers", "CONNECT:listusers", "${x}", "${x}"], "Resource": ["*", "*"]}"#,
        of,
        &["hint duplicate-entry CONNECT:listusers", "hint duplicate-entry *"],
    );
    // Each in its own statement says something else.
    check_statements(
        r#"{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}, {"Effect": "Deny", "Action": "connect:ListUsers", "Resource": "*"}"#,
        of,
        &[],
    );
}

#[test]
fn a_duplicate_permission_is_an_error_where_the_schema_refuses_it() {
    let of = &["duplicate-entry"];
    let template = r#"{"R": {"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": ["Users.View", "Users.View"]}}}"#;
    assert_eq!(reported("t.json", template, of), ["error duplicate-entry Users.View"]);
    let request = r#"{"SecurityProfileName": "a", "Permissions": ["Users.View", "Users.View", "users.view"]}"#;
    assert_eq!(reported("t.json", request, of), ["hint duplicate-entry Users.View"]);
}

#[test]
fn many_duplicates_are_one_finding_with_one_fix() {
    let of = &["duplicate-entry"];
    let list = |count: usize| vec!["\"connect:ListUsers\""; count].join(", ");
    let two = |first: usize, second: usize| {
        let statement = |count: usize| format!(r#"{{"Effect": "Allow", "Action": [{}], "Resource": "*"}}"#, list(count));
        policy(&format!("{}, {}", statement(first), statement(second)))
    };
    assert_eq!(reported("p.json", &two(4, 3), of).len(), 5);
    assert_eq!(reported("p.json", &two(5, 3), of), ["hint duplicate-entry connect:ListUsers"]);
    assert_eq!(fixed("p.json", &two(5, 3), of[0]), two(1, 1));
    let yaml = |items: &str| format!("Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action:\n{items}    Resource: '*'\n");
    let (one, other) = ("      - connect:ListUsers\n", "      - connect:ListQueues\n");
    assert_eq!(fixed("p.yaml", &yaml(&format!("{}{other}{one}", one.repeat(6))), of[0]), yaml(&format!("{one}{other}")));
}

#[test]
fn a_duplicate_leaves_no_trace() {
    let text = "{\"SecurityProfileName\": \"a\", \"Permissions\": [\n  \"Users.View\",\n  \"Users.View\"\n]}";
    assert_eq!(fixed("t.json", text, "duplicate-entry"), "{\"SecurityProfileName\": \"a\", \"Permissions\": [\n  \"Users.View\"\n]}");
}

#[test]
fn what_a_wildcard_covers_is_redundant() {
    let of = &["redundant-action"];
    check_statements(
        r#"{"Effect": "Allow", "Action": ["connect:ListUsers", "connect:List*", "connect:ListQ*", "cases:ListDomains"], "Resource": "*"}"#,
        of,
        &["hint redundant-action connect:ListUsers", "hint redundant-action connect:ListQ*"],
    );
    check_statements(
        r#"{"Effect": "Allow", "Action": ["connect:List?sers", "connect:List*sers", "connect:List*s"], "Resource": "*"}"#,
        of,
        &["hint redundant-action connect:List?sers", "hint redundant-action connect:List*sers"],
    );
    check_statements(r#"{"Effect": "Allow", "Action": ["connect:ListU?", "connect:ListU*x", "connect:List?"], "Resource": "*"}"#, of, &[]);
}

#[test]
fn many_actions_in_another_letter_case_are_one_finding_with_one_fix() {
    let policy = |count: usize| {
        let names = ["listusers", "listqueues", "listprompts", "listviews", "listbots", "listroles", "listrules"];
        let entries: Vec<String> = names[..count].iter().map(|name| format!("\"connect:{name}\"")).collect();
        format!(r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": [{}], "Resource": "*"}}]}}"#, entries.join(", "))
    };
    let of = &["action-case"];
    assert_eq!(reported("p.json", &policy(4), of).len(), 4);
    let many = policy(7);
    assert_eq!(reported("p.json", &many, of), ["hint action-case connect:listusers"]);
    let after = fixed("p.json", &many, of[0]);
    assert_eq!(reported("p.json", &after, of), [""; 0]);
    assert!(after.contains("\"connect:ListUsers\", \"connect:ListQueues\""), "{after}");
    let yaml = "Version: 2012-10-17\nStatement:\n  - Effect: Allow\n    Resource: '*'\n    Action:\n".to_owned()
        + &["listusers", "listqueues", "listprompts", "listviews", "listbots", "listrules"]
            .map(|name| format!("      - connect:{name}\n"))
            .concat();
    assert_eq!(reported("p.yaml", &yaml, of), ["hint action-case connect:listusers"]);
    assert_eq!(reported("p.yaml", &fixed("p.yaml", &yaml, of[0]), of), [""; 0]);
}

/// The messages of a rule about a policy's statements.
#[track_caller]
fn check_messages(name: &str, text: &str, rule: &str, expected: &[&str]) {
    let found = findings(name, text);
    let found = found.iter().filter(|finding| finding.rule == rule);
    let found: Vec<String> = found.map(|finding| format!("{}: {}", finding.severity, finding.message)).collect();
    assert_eq!(found, expected, "{text}");
}

pub(super) fn policy(statements: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)
}

const ALLOW_GET: &str =
    r#"{"Effect": "Allow", "Action": ["connect:Get*", "connect:ListUsers", "connect:DescribeUser"], "Resource": "*"}, "#;

#[test]
fn a_wrong_name_in_a_deny_blocks_nothing() {
    let deny = |action: &str| policy(&format!(r#"{ALLOW_GET}{{"Effect": "Deny", "Action": "{action}", "Resource": "*"}}"#));
    check_messages(
        "p.json",
        &deny("connect:GetFederationTokens"),
        "legacy-action",
        &["warning: `connect:GetFederationTokens` no longer exists and blocks nothing; use `connect:AdminGetEmergencyAccessToken`. \
           `connect:Get*` in statement 1 allows `connect:GetFederationToken`"],
    );
    check_messages(
        "p.json",
        &deny("connect:DescribeUsr"),
        "unknown-action",
        &["warning: unknown action `connect:DescribeUsr` blocks nothing; did you mean `connect:DescribeUser`? \
           Statement 1 allows `connect:DescribeUser`"],
    );
    check_messages(
        "p.json",
        &deny("connect:DeleteUsr"),
        "unknown-action",
        &["warning: unknown action `connect:DeleteUsr` blocks nothing; did you mean `connect:DeleteUser`?"],
    );
    check_messages(
        "p.json",
        &deny("connect:GetFedration*"),
        "dead-wildcard",
        &["warning: `connect:GetFedration*` matches no action, so it blocks nothing; did you mean `connect:GetFederation*`? \
           `connect:Get*` in statement 1 allows `connect:GetFederationToken`"],
    );
    check_messages(
        "p.json",
        &deny("conect:ListUsers"),
        "unknown-service",
        &["warning: unknown service prefix `conect`, so it blocks nothing; did you mean `connect:ListUsers`? \
           Statement 1 allows `connect:ListUsers`"],
    );
    // A far name of another service is information in an Allow.
    check_messages(
        "p.json",
        &deny("s3:FrobnicateGizmo"),
        "unknown-action",
        &["warning: unknown action `s3:FrobnicateGizmo` blocks nothing"],
    );
    let allow = deny("s3:FrobnicateGizmo").replace("Deny", "Allow");
    check_messages("p.json", &allow, "unknown-action", &["information: unknown action `s3:FrobnicateGizmo`"]);
    let allow = deny("s3:Frobnicate*").replace("Deny", "Allow");
    check_messages("p.json", &allow, "dead-wildcard", &["information: `s3:Frobnicate*` matches no action"]);
    let allow = deny("s3:GetObjct*").replace("Deny", "Allow");
    check_messages("p.json", &allow, "dead-wildcard", &["warning: `s3:GetObjct*` matches no action; did you mean `s3:GetObject*`?"]);
}

#[test]
fn what_another_deny_blocks_is_not_said_to_be_allowed() {
    let text = policy(&format!(
        r#"{ALLOW_GET}{{"Effect": "Deny", "Action": ["connect:GetFederationTokens", "connect:GetFederationToken"], "Resource": "*"}}"#
    ));
    check_messages(
        "p.json",
        &text,
        "legacy-action",
        &["warning: `connect:GetFederationTokens` no longer exists and blocks nothing; use `connect:AdminGetEmergencyAccessToken`"],
    );
}

#[test]
fn a_wrong_name_in_a_not_action_exempts_nothing() {
    let text = policy(r#"{"Effect": "Deny", "NotAction": ["connect:DescribeUsr", "connect:Describe*"], "Resource": "*"}"#);
    check_messages(
        "p.json",
        &text,
        "unknown-action",
        &["warning: unknown action `connect:DescribeUsr` exempts nothing; did you mean `connect:DescribeUser`?"],
    );
    let block = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    effect = \"Deny\"\n    not_actions = [\"connect:DescribeUsr\"]\n    resources = [\"*\"]\n  }\n}\n";
    check_messages(
        "main.tf",
        block,
        "unknown-action",
        &["warning: unknown action `connect:DescribeUsr` exempts nothing; did you mean `connect:DescribeUser`?"],
    );
}

#[test]
fn a_wrong_arn_in_a_deny_blocks_nothing() {
    let deny = |arn: &str| policy(&format!(r#"{{"Effect": "Deny", "Action": "connect:DescribeUser", "Resource": "{arn}"}}"#));
    check_messages(
        "p.json",
        &deny("arn:aws:connect:*:*:instance/*/user/*"),
        "unknown-resource-type",
        &["warning: unknown resource type `user`; did you mean `agent`? As written, this ARN blocks nothing"],
    );
    check_messages(
        "p.json",
        &deny("arn:aws:connect::111122223333:instance/*/agent/*"),
        "malformed-arn",
        &["warning: missing Region; use `*` for all Regions. As written, this ARN blocks nothing"],
    );
    check_messages(
        "p.json",
        &deny("arn:aws:connect:*:*:instance/*/queue/*"),
        "resource-mismatch",
        &["warning: `connect:DescribeUser` does not apply to these resources; it requires `user`. As written, this Deny does not block it"],
    );
    check_messages("p.json", &deny("arn:aws:connect:*:*:instance/*/agent/*"), "resource-mismatch", &[]);
}

#[test]
fn an_iam_action_in_a_profile_is_named_as_one() {
    let profile = |entry: &str| format!(r#"{{"SecurityProfileName": "a", "Permissions": ["{entry}", "Users.View"]}}"#);
    for (entry, message) in [
        ("connect:CreateUser", "error: `connect:CreateUser` is an IAM action, not a permission; the permission is `Users.Create`"),
        ("connect:*", "error: `connect:*` is an IAM action, not a permission; use it in an IAM policy"),
        ("s3:GetObject", "error: `s3:GetObject` is an IAM action, not a permission; use it in an IAM policy"),
    ] {
        check_messages("p.json", &profile(entry), "unknown-permission", &[message]);
        let found = findings("p.json", &profile(entry));
        assert!(found.iter().all(|finding| finding.rule != "unknown-permission" || finding.fixes.is_empty()));
    }
}
