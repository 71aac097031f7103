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
