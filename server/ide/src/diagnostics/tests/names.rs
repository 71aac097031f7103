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
