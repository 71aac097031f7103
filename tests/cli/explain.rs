//! `connect-policy explain`

use crate::support::connect_policy;

#[test]
fn a_name_that_is_not_known_is_a_failure() {
    let run = connect_policy(&["explain", "no-such-name-at-all"]).finish().exits_with(1);
    assert_eq!(run.output, "");
    assert!(run.errors.starts_with("connect-policy: `no-such-name-at-all` is not known"), "{run:?}");
}

#[test]
fn a_name_is_needed() {
    connect_policy(&["explain"]).finish().exits_with(2);
}

#[test]
fn known_names_are_explained_as_plain_text() {
    let run = connect_policy(&["explain", "connect:DescribeUser", "Users.View", "unknown-action"]).finish().exits_with(0);
    assert_eq!(run.errors, "");
    for part in ["connect:DescribeUser", "Users.View", "unknown-action"] {
        assert!(run.output.contains(part), "{part} is missing:\n{}", run.output);
    }
    assert!(!run.output.contains("**"), "{}", run.output);
}

#[test]
fn what_is_known_is_explained_beside_what_is_not() {
    let run = connect_policy(&["explain", "connect:DescribeUsr", "connect:DescribeUser"]).finish().exits_with(1);
    assert!(run.output.contains("connect:DescribeUser"), "{run:?}");
    assert!(run.errors.contains("did you mean") && run.errors.contains("connect:DescribeUser"), "{run:?}");
}
