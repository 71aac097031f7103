//! `connect-policy explain`

use crate::support::connect_policy;

#[test]
fn a_name_that_is_not_known_is_a_failure() {
    let run = connect_policy(&["explain", "no-such-name-at-all"]).finish().exits_with(1);
    assert_eq!(run.output, "");
    assert!(run.errors.starts_with("connect-policy: nothing found for `no-such-name-at-all`"), "{run:?}");
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

#[test]
fn words_are_searched_and_the_best_results_are_listed() {
    let run = connect_policy(&["explain", "who", "can", "listen", "to", "live", "calls?"]).finish().exits_with(0);
    assert!(run.output.starts_with("ManagerListenIn  (permission: "), "{run:?}");
    assert!(run.output.contains("connect:MonitorContact") && run.output.contains("Tip: "), "{run:?}");
    let run = connect_policy(&["explain", "xyzzy", "plugh"]).finish().exits_with(1);
    assert_eq!(run.output, "");
    assert!(run.errors.contains("nothing found for `xyzzy plugh`"), "{run:?}");
}

#[test]
fn results_are_written_as_json() {
    let run = connect_policy(&["explain", "--format", "json", "claim a phone number"]).finish().exits_with(0);
    let value: serde_json::Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(value["version"], 1);
    assert_eq!(value["results"][0]["kind"], "permission");
    assert_eq!(value["results"][0]["name"], "PhoneNumbers.Claim");
}

const REFUSED: &str = "User: arn:aws:iam::111122223333:user/dana is not authorized to perform: connect:DescribeUser on resource: \
    arn:aws:connect:eu-west-2:111122223333:instance/4b2a/agent/7 because no identity-based policy allows the connect:DescribeUser action";

#[test]
fn a_refused_request_is_explained_and_looked_for_in_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let policy =
        r#"{"Statement": [{"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "arn:aws:connect:*:*:instance/*/queue/*"}]}"#;
    std::fs::write(folder.path().join("policy.json"), policy).expect("written");
    let path = folder.path().display().to_string();
    let run = connect_policy(&["explain", REFUSED, "--in", &path]).finish().exits_with(0);
    for part in ["\"Action\": \"connect:DescribeUser\"", "policy.json:1", "on other resources only"] {
        assert!(run.output.contains(part), "{part} is missing:\n{}", run.output);
    }
    let run = connect_policy(&["explain", "listen to calls", "--in", &path]).finish().exits_with(2);
    assert!(run.errors.contains("`--in` requires"), "{run:?}");
}
