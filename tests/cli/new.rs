//! `connect-policy new`

use crate::support::connect_policy;

#[test]
fn without_a_kind_all_are_listed_with_a_line_each() {
    let run = connect_policy(&["new"]).finish().exits_with(0);
    assert_eq!(run.errors, "");
    let line = run.output.lines().find(|line| line.starts_with("read-only ")).unwrap();
    assert!(line.ends_with("  Allows describing, listing and searching everything in one instance"), "{line}");
    assert!(run.output.lines().count() >= 15 && run.output.lines().all(|line| line.chars().count() <= 120), "{}", run.output);
}

#[test]
fn every_kind_is_printed_and_checked_without_findings() {
    let list = connect_policy(&["new"]).finish().exits_with(0).output;
    for kind in list.lines().filter_map(|line| line.split(' ').next()) {
        for (format, name) in [("json", "a.json"), ("yaml", "a.yaml"), ("terraform", "a.tf"), ("cloudformation-json", "a.json")] {
            let run = connect_policy(&["new", kind, "--format", format]).finish().exits_with(0);
            assert_eq!(run.errors, "", "{kind} {format}");
            let check = connect_policy(&["check", "--stdin-filename", name, "-"]).input(run.output).finish();
            assert_eq!(check.code, Some(0), "{kind} {format}: {check:?}");
        }
    }
}

#[test]
fn json_is_the_usual_format() {
    let run = connect_policy(&["new", "connect-trust"]).finish().exits_with(0);
    let policy = run.json();
    assert_eq!(policy["Statement"][0]["Principal"]["Service"], "connect.amazonaws.com");
    assert_eq!(policy["Statement"][0]["Condition"]["StringEquals"]["aws:SourceAccount"], "111122223333");
    assert_eq!(connect_policy(&["new", "connect-trust", "--format", "json"]).finish().output, run.output);
}

#[test]
fn an_unknown_kind_is_answered_with_the_nearest() {
    let run = connect_policy(&["new", "read-onyl"]).finish().exits_with(2);
    assert_eq!(run.output, "");
    assert_eq!(run.errors, "connect-policy: unknown kind `read-onyl`; did you mean `read-only`?\n");
    let run = connect_policy(&["new", "zzz"]).finish().exits_with(2);
    assert_eq!(run.errors, "connect-policy: unknown kind `zzz`; run `connect-policy new` to list all kinds\n");
}

#[test]
fn a_format_that_a_kind_lacks_is_an_error_that_names_the_others() {
    let run = connect_policy(&["new", "policy", "--format", "terraform-awscc"]).finish().exits_with(2);
    assert!(run.errors.contains("is not available in the format `terraform-awscc`; use `json`, `yaml`"), "{run:?}");
    let run = connect_policy(&["new", "policy", "--format", "xml"]).finish().exits_with(2);
    assert!(run.errors.contains("possible values: json, yaml, terraform"), "{run:?}");
}
