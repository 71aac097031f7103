//! Rules on names, both ways.

use super::*;
use crate::finding::Severity;

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
        &["warning: unknown action `connect:DescribeUsr` exempts nothing; the list already contains `connect:Describe*`"],
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

/// The findings of one rule in a profile with these permissions.
fn in_profile(permissions: &[&str]) -> Vec<Finding> {
    let text = format!(r#"{{"SecurityProfileName": "a", "Permissions": ["{}"]}}"#, permissions.join("\", \""));
    findings("p.json", &text).into_iter().filter(|finding| finding.rule == "unknown-permission").collect()
}

#[test]
fn names_of_another_kind_stand_for_no_permission() {
    for (name, message) in [
        ("Admin", "`Admin` is the name of a default security profile, not a permission; list the permissions of that profile"),
        (
            "Quality Analyst",
            "`Quality Analyst` is the name of a default security profile, not a permission; list the permissions of that profile",
        ),
        ("Supervisor", "`Supervisor` is the name of a role, not a permission; list the permissions that the role needs"),
        ("CreateQueue", "`CreateQueue` is an API operation, not a permission; related: `Queues.Create`"),
        ("CreateUseCase", "`CreateUseCase` is an API operation, not a permission; IAM policies allow it as `connect:CreateUseCase`"),
        ("connect:CreateQueue", "`connect:CreateQueue` is an IAM action, not a permission; related: `Queues.Create`"),
        ("s3:GetObject", "`s3:GetObject` is an IAM action, not a permission; allow it in an IAM policy"),
    ] {
        let found = in_profile(&[name]);
        let [only] = found.as_slice() else { panic!("{name}: {found:?}") };
        assert_eq!((only.message.as_str(), only.severity), (message, Severity::Error));
        assert!(only.fixes.is_empty(), "{only:?}");
    }
}

#[test]
fn what_allows_more_is_named_without_a_fix() {
    let found = in_profile(&["Queues"]);
    assert_eq!(found[0].suggestions[0], "Queues.View");
    let titles: Vec<&str> = found[0].fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(titles, ["Replace with `Queues.View`"]);
    assert!(found[0].fix_to_apply(true).is_none(), "other names are offered too");
    let statement =
        r#"{"Effect": "Allow", "Action": ["connect:DescribeUsr", "connect:CreateProfile", "connect:CreateUsers"], "Resource": "*"}"#;
    let found = findings("p.json", statement);
    let of = |text: &str| found.iter().find(|finding| &statement[finding.range.clone()] == text).unwrap();
    assert_eq!(of("connect:DescribeUsr").fix_to_apply(true).unwrap().title, "Replace with `connect:DescribeUser`");
    assert!(of("connect:DescribeUsr").fix_to_apply(false).is_none());
    assert_eq!(of("connect:CreateProfile").suggestions, ["profile:CreateProfile"]);
    // A plural alone would be safe, but what it writes is reported as a risk.
    assert!(of("connect:CreateUsers").fix_to_apply(false).is_none() && of("connect:CreateUsers").fix_to_apply(true).is_some());
}

#[test]
fn what_the_list_holds_is_not_offered_again() {
    for (list, text) in [
        (r#""connect:DescribeUser", "connect:DescribeUsr""#, "the list already contains `connect:DescribeUser`"),
        (r#""connect:Describe*", "connect:DescribeUsr""#, "the list already contains `connect:Describe*`"),
    ] {
        let statement = format!(r#"{{"Effect": "Allow", "Action": [{list}], "Resource": "*"}}"#);
        let found = findings("p.json", &statement).into_iter().find(|finding| finding.rule == "unknown-action").unwrap();
        assert_eq!(found.message, format!("unknown action `connect:DescribeUsr`; {text}"));
        assert!(found.suggestions.is_empty());
        assert_eq!(found.fixes[0].title, "Remove the entry");
    }
    // In the other branch of a condition it is not in the same list.
    let yaml = "Effect: Allow\nResource: '*'\nAction: !If [a, ['connect:DescribeUser'], ['connect:DescribeUsr']]\n";
    let found = findings("p.yaml", yaml).into_iter().find(|finding| finding.rule == "unknown-action").unwrap();
    assert_eq!(found.fixes[0].title, "Replace with `connect:DescribeUser`");
}

#[test]
fn invisible_characters_are_named_by_code_point() {
    for (entry, expected) in [
        ("connect:List\u{200b}Users", "`connect:ListUsers` contains the invisible character U+200B"),
        ("connect:\u{a0}ListUsers", "`connect:ListUsers` contains the invisible character U+00A0"),
        ("connect:L\u{456}stUsers", "`\u{456}` (U+0456) is not allowed in an action"),
    ] {
        let text = format!(r#"{{"Effect": "Allow", "Action": ["{entry}", "connect:DescribeUser"], "Resource": "*"}}"#);
        check_message("p.json", &text, expected);
    }
    let profile = "{\"SecurityProfileName\": \"a\", \"Permissions\": [\"Users.View\u{feff}\", \"Queues.View\"]}";
    check_message("p.json", profile, "`Users.View` contains the invisible character U+FEFF");
    assert_eq!(fixed("p.json", profile, "unknown-permission"), profile.replace('\u{feff}', ""));
    let unknown = in_profile(&["Frob\u{200b}nicate"]);
    assert!(unknown[0].message.contains("`Frob<U+200B>nicate`"), "{}", unknown[0].message);
}

#[test]
fn another_spelling_in_the_list_is_corrected_and_not_removed() {
    for list in [r#""connect:listusers", "connect:ListUsers""#, r#""connect:ListUsers", "connect:listusers""#] {
        let statement = format!(r#"{{"Effect": "Allow", "Action": [{list}, "connect:ListPrompts"], "Resource": "*"}}"#);
        assert_eq!(fixed("p.json", &statement, "action-case"), statement.replace("listusers", "ListUsers"));
        assert_eq!(fixed("p.json", &statement, "duplicate-entry").to_lowercase().matches("connect:listusers").count(), 1);
    }
}
