//! Each rewrite told once, as what becomes of a policy, and made in every language and layout.

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_model::Role;
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::{apply_edits, split_cursors};

use super::Rewrite;
use crate::analysis::Analysis;

mod languages;

use languages::{Language, Layout, POLICIES, PROFILES};

fn analyse(file: &str, text: &str) -> Analysis {
    let format = Format::from_path(Path::new(file)).expect("a format");
    Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin()))
}

fn apply(text: &str, rewrite: &Rewrite) -> Option<String> {
    let edits = rewrite.change.as_ref().ok()?.iter();
    Some(apply_edits(text, edits.map(|edit| (edit.range.clone(), &edit.new_text))))
}

/// The rewrite of a name at the entries with `¦`, in a document without these marks.
fn rewrite(file: &str, marked: &str, name: &str) -> (String, Option<Rewrite>) {
    let (text, places) = split_cursors(marked);
    let range = *places.first().expect("a cursor")..*places.last().expect("a cursor");
    let analysis = analyse(file, &text);
    assert!(analysis.document().tree().errors().is_empty(), "{text}");
    let rewrite = analysis.rewrites(range).into_iter().find(|rewrite| rewrite.name == name);
    (text, rewrite)
}

/// Makes the rewrite in all languages and layouts that can say what is there before.
#[track_caller]
fn check_in(languages: &[Language], name: &str, title: &str, before: &[&str], after: &[&str]) {
    let mut made = 0;
    for language in languages {
        for layout in [Layout::Lines, Layout::Line] {
            let (Some(marked), Some(expected)) = (language.write(before, layout), language.write(after, layout)) else { continue };
            let (text, found) = rewrite(language.file, &marked, name);
            let found = found.unwrap_or_else(|| panic!("{name} is not offered in\n{text}"));
            assert_eq!(found.title, title);
            let changed = apply(&text, &found).unwrap_or_else(|| panic!("{found:?} in\n{text}"));
            assert_eq!(changed, expected, "{} {layout:?}", language.file);
            assert!(analyse(language.file, &changed).document().tree().errors().is_empty(), "{changed}");
            made += 1;
        }
    }
    assert!(made >= languages.len() - 1, "{made}");
}

#[track_caller]
fn check(name: &str, title: &str, before: &[&str], after: &[&str]) {
    check_in(POLICIES, name, title, before, after);
}

/// The rewrite is not offered, in no language and layout.
#[track_caller]
fn check_no(languages: &[Language], name: &str, before: &[&str]) {
    for language in languages {
        for layout in [Layout::Lines, Layout::Line, Layout::Single] {
            let Some(marked) = language.write(before, layout) else { continue };
            let (text, found) = rewrite(language.file, &marked, name);
            assert_eq!(found, None, "{text}");
        }
    }
}

/// What becomes of one document.
#[track_caller]
fn check_text(file: &str, name: &str, marked: &str, expected: &str) {
    let (text, found) = rewrite(file, marked, name);
    let found = found.unwrap_or_else(|| panic!("{name} is not offered in\n{text}"));
    assert_eq!(apply(&text, &found).as_deref(), Some(expected), "{found:?}");
}

#[test]
fn a_wildcard_becomes_the_actions_that_it_matches() {
    check(
        "expandWildcard",
        "Expand `connect:*hAvailable*` into 1 action",
        &["cases:GetCase", "¦connect:*hAvailable*", "connect:DeleteUser"],
        &["cases:GetCase", "connect:SearchAvailablePhoneNumbers", "connect:DeleteUser"],
    );
    // The one that is there already does not come twice, and the comments stay.
    check(
        "expandWildcard",
        "Expand `connect:ListPhone*` into 2 actions",
        &["connect:ListPhoneNumbers # one", "¦connect:ListPhone* # all"],
        &["connect:ListPhoneNumbers # one", "connect:ListPhoneNumbersV2 # all"],
    );
    check(
        "expandWildcard",
        "Expand `Connect:listphone*` into 2 actions",
        &["¦Connect:listphone*"],
        &["Connect:listphonenumbers", "Connect:listphonenumbersv2"],
    );
    check_text(
        "p.json",
        "expandWildcard",
        r#"{"Effect": "Allow", "Action": "¦connect:ListPhone*", "Resource": "*"}"#,
        r#"{"Effect": "Allow", "Action": ["connect:ListPhoneNumbers", "connect:ListPhoneNumbersV2"], "Resource": "*"}"#,
    );
}

#[test]
fn what_aws_does_not_list_is_kept_when_a_wildcard_is_expanded() {
    check(
        "expandWildcard",
        "Expand `connect:ListTestCases*` into 1 action (not in AWS's reference)",
        &["¦connect:ListTestCases*"],
        &["connect:ListTestCases"],
    );
}

#[test]
fn a_wildcard_that_says_too_much_or_nothing_is_not_expanded() {
    check_no(POLICIES, "expandWildcard", &["connect:ListUsers", "¦*"]);
    check_no(POLICIES, "expandWildcard", &["connect:ListUsers", "¦connect:*"]);
    check_no(POLICIES, "expandWildcard", &["connect:ListUsers", "¦c*:ListUsers"]);
    check_no(POLICIES, "expandWildcard", &["connect:ListUsers", "¦connect:Zz*"]);
    check_no(POLICIES, "expandWildcard", &["¦connect:ListUsers", "connect:ListPhone*"]);
}

#[test]
fn a_set_becomes_the_fewest_wildcards_that_match_exactly_it() {
    check(
        "useWildcards",
        "Replace 2 entries with `connect:ListPhone*`",
        &["connect:CreateUser", "¦connect:ListPhoneNumbers", "connect:ListPhoneNumbersV2"],
        &["connect:CreateUser", "connect:ListPhone*"],
    );
    // Comments of what goes move above what comes.
    check(
        "useWildcards",
        "Replace 2 entries with `connect:ListPhone*`",
        &["¦connect:ListPhoneNumbersV2 # two", "connect:CreateUser", "connect:ListPhoneNumbers # one"],
        &[" # one", "connect:ListPhone* # two", "connect:CreateUser"],
    );
    check(
        "useWildcards",
        "Replace 4 entries with `connect:ListPhone*` and `cases:BatchGet*`",
        &["¦connect:ListPhoneNumbersV2", "connect:ListPhoneNumbers", "cases:BatchGetField", "cases:BatchGetCaseRule"],
        &["connect:ListPhone*", "cases:BatchGet*"],
    );
}

#[test]
fn a_selection_is_a_set_of_its_own() {
    check(
        "useWildcards",
        "Replace 2 entries with `connect:ListPhone*`",
        &["¦connect:ListPhoneNumbers", "¦connect:ListPhoneNumbersV2", "cases:BatchGetField", "cases:BatchGetCaseRule"],
        &["connect:ListPhone*", "cases:BatchGetField", "cases:BatchGetCaseRule"],
    );
}

#[test]
fn where_no_wildcard_matches_exactly_the_set_that_is_said() {
    for language in POLICIES {
        let marked = language.write(&["¦connect:ListUsers", "connect:DescribeUser"], Layout::Lines).expect("a text");
        let (text, found) = rewrite(language.file, &marked, "useWildcards");
        let reason = found.expect("an offer").change.expect_err("a reason");
        assert_eq!(reason, "no shorter wildcard matches exactly these actions", "{text}");
    }
    // All of `ListTest*` in AWS's reference is none, but AWS uses some.
    check_no(POLICIES, "useWildcards", &["¦connect:ListUsers", "cases:GetCase"]);
    check_no(POLICIES, "useWildcards", &["¦connect:ListUsers"]);
    check_no(PROFILES, "useWildcards", &["¦Users.View", "Users.Edit"]);
}

#[test]
fn a_list_is_sorted_and_each_entry_stands_in_it_once() {
    check(
        "sortEntries",
        "Sort the actions and remove duplicates",
        &["connect:ListUsers # again", "¦connect:DescribeUser", "cases:GetCase # first", "connect:listusers # small"],
        &["cases:GetCase # first", "connect:DescribeUser", " # small", "connect:ListUsers # again"],
    );
    check("sortEntries", "Remove duplicates from the actions", &["¦connect:ListUsers", "connect:ListUsers"], &["connect:ListUsers"]);
    check_in(
        PROFILES,
        "sortEntries",
        "Sort the permissions",
        &["¦Users.View", "BasicAgentAccess # the CCP", "Queues.View"],
        &["BasicAgentAccess # the CCP", "Queues.View", "Users.View"],
    );
    check_no(POLICIES, "sortEntries", &["¦connect:DescribeUser", "connect:ListUsers"]);
    check_no(POLICIES, "sortEntries", &["¦connect:DescribeUser"]);
    // Letter case matters in permissions.
    check_no(PROFILES, "sortEntries", &["¦Users.View", "users.view"]);
}

#[test]
fn labels_become_names() {
    check_in(
        PROFILES,
        "labelsToNames",
        "Replace 2 labels with API names",
        &["¦Quick connects - View # to transfer", "BasicAgentAccess", "Users - View"],
        &["TransferDestinations.View # to transfer", "BasicAgentAccess", "Users.View"],
    );
    check_in(
        PROFILES,
        "labelsToNames",
        "Replace the label with the API name",
        &["Users.View", "¦Users - View # same"],
        &[" # same", "Users.View"],
    );
    check_no(PROFILES, "labelsToNames", &["¦BasicAgentAccess", "Users.View"]);
}

/// The statements of a document as `actions on resources`, in order.
fn statements(analysis: &Analysis) -> Vec<String> {
    let document = analysis.document();
    let texts = |statement: &connect_policy_model::Statement, role: Role| -> String {
        let entries = statement.lists(role).flat_map(|list| &list.entries);
        entries.map(|entry| entry.text(document).into_owned()).collect::<Vec<_>>().join(" ")
    };
    let statements = analysis.meaning().policies.iter().flat_map(|policy| &policy.statements);
    statements.map(|one| format!("{} on {}", texts(one, Role::Action), texts(one, Role::Resource))).collect()
}

/// Makes a rewrite of a statement in all languages; what the statements say afterwards.
#[track_caller]
fn check_statements(name: &str, before: &[&str], resource: &str, after: &[&str]) {
    for language in POLICIES {
        for layout in [Layout::Lines, Layout::Line, Layout::Single] {
            let Some(marked) = language.write(before, layout) else { continue };
            let marked = marked.replace("\"*\"", &format!("\"{resource}\"")).replace("'*'", &format!("'{resource}'"));
            let (text, found) = rewrite(language.file, &marked, name);
            let found = found.unwrap_or_else(|| panic!("{name} is not offered in\n{text}"));
            let changed = apply(&text, &found).unwrap_or_else(|| panic!("{found:?} in\n{text}"));
            let analysis = analyse(language.file, &changed);
            assert!(analysis.document().tree().errors().is_empty(), "{changed}");
            assert_eq!(statements(&analysis), after, "{changed}");
            for comment in before.iter().filter_map(|entry| entry.split_once(" # ")) {
                assert_eq!(changed.matches(&format!(" {}\n", comment.1)).count(), 1, "{changed}");
            }
        }
    }
}

const QUEUES: &str = "arn:aws:connect:eu-west-1:111122223333:instance/a/queue/*";

#[test]
fn actions_that_only_take_everything_get_a_statement_of_their_own() {
    check_statements(
        "splitByResource",
        &["¦connect:ListInstances # all", "connect:DescribeQueue # one"],
        QUEUES,
        &[&format!("connect:DescribeQueue on {QUEUES}"), "connect:ListInstances on *"],
    );
    // A wildcard of both kinds stays, and what of it only takes `*` is named.
    check_statements(
        "splitByResource",
        &["¦connect:ListInst*", "connect:DescribeQueue"],
        QUEUES,
        &[&format!("connect:ListInst* connect:DescribeQueue on {QUEUES}"), "connect:ListInstances on *"],
    );
}

#[test]
fn actions_that_take_arns_get_theirs() {
    check_statements(
        "splitByResource",
        &["¦connect:ListInstances", "connect:DescribeQueue"],
        "*",
        &["connect:ListInstances on *", "connect:DescribeQueue on arn:aws:connect:*:*:instance/*/queue/*"],
    );
}

#[test]
fn a_statement_is_parted_in_its_own_style() {
    check_text(
        "p.json",
        "splitByResource",
        "{\"Statement\": [\n  {\n    // both kinds\n    \"Sid\": \"Look\",\n    \"Effect\": \"Allow\",\n    \"Action\": [\n      \"¦connect:ListInstances\", // all\n      \"connect:DescribeQueue\"\n    ],\n    \"Resource\": [\"arn:aws:connect:*:*:instance/*/queue/*\", \"*\"]\n  },\n  {\"Sid\": \"LookEverywhere\", \"Effect\": \"Deny\", \"Action\": \"connect:DeleteUser\", \"Resource\": \"*\"}\n]}\n",
        "{\"Statement\": [\n  {\n    // both kinds\n    \"Sid\": \"Look\",\n    \"Effect\": \"Allow\",\n    \"Action\": [\n      \"connect:DescribeQueue\"\n    ],\n    \"Resource\": [\"arn:aws:connect:*:*:instance/*/queue/*\"]\n  },\n  {\n    \"Sid\": \"LookEverywhere2\",\n    \"Effect\": \"Allow\",\n    \"Action\": [\n      \"connect:ListInstances\" // all\n    ],\n    \"Resource\": [\"*\"]\n  },\n  {\"Sid\": \"LookEverywhere\", \"Effect\": \"Deny\", \"Action\": \"connect:DeleteUser\", \"Resource\": \"*\"}\n]}\n",
    );
    check_text(
        "m.tf",
        "splitByResource",
        "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions   = [\"¦connect:ListInstances\", \"connect:DescribeQueue\"] # both\n    resources = [var.queue_arn]\n\n    condition {\n      test     = \"Bool\"\n      variable = \"aws:SecureTransport\"\n      values   = [\"true\"]\n    }\n  }\n}\n",
        "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions   = [\"connect:DescribeQueue\"] # both\n    resources = [var.queue_arn]\n\n    condition {\n      test     = \"Bool\"\n      variable = \"aws:SecureTransport\"\n      values   = [\"true\"]\n    }\n  }\n\n  statement {\n    actions   = [\"connect:ListInstances\"]\n    resources = [\"*\"]\n    condition {\n      test     = \"Bool\"\n      variable = \"aws:SecureTransport\"\n      values   = [\"true\"]\n    }\n  }\n}\n",
    );
    // A statement that is no list of them becomes one.
    check_text(
        "t.yaml",
        "splitByResource",
        "Version: '2012-10-17'\nStatement:\n  Effect: Allow # both\n  Action:\n    - ¦connect:ListInstances\n    - connect:DescribeQueue\n  Resource: !Sub ${Instance}/queue/*\n",
        "Version: '2012-10-17'\nStatement:\n  - Effect: Allow # both\n    Action:\n      - connect:DescribeQueue\n    Resource: !Sub ${Instance}/queue/*\n  - Effect: Allow\n    Action:\n      - connect:ListInstances\n    Resource: '*'\n",
    );
    check_text(
        "p.json",
        "splitByResource",
        r#"{"Statement": {"Effect": "Allow", "Action": ["¦connect:ListInstances", "connect:DescribeQueue"], "Resource": "arn:x"}}"#,
        r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:DescribeQueue"], "Resource": "arn:x"}, {"Effect": "Allow", "Action": ["connect:ListInstances"], "Resource": "*"}]}"#,
    );
}

#[test]
fn a_statement_of_one_kind_is_not_parted() {
    check_no(POLICIES, "splitByResource", &["¦connect:ListInstances", "connect:CreateInstance"]);
    check_no(POLICIES, "splitByResource", &["¦connect:DescribeQueue", "connect:ListUsers"]);
    // What a Deny says of ARNs is not to become more.
    let (text, found) = rewrite(
        "p.json",
        &format!(
            r#"{{"Statement": [{{"Effect": "Deny", "Action": ["¦connect:ListInstances", "connect:DescribeQueue"], "Resource": "{QUEUES}"}}]}}"#
        ),
        "splitByResource",
    );
    assert_eq!(found, None, "{text}");
}

const ROLE: &str = "arn:aws:iam::*:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_*";

#[test]
fn rights_over_roles_are_narrowed_to_the_service_linked_role() {
    check_statements(
        "narrowToServiceRole",
        &["connect:CreateInstance", "¦iam:PutRolePolicy # for the role", "iam:AttachRolePolicy"],
        "*",
        &["connect:CreateInstance on *", &format!("iam:PutRolePolicy iam:AttachRolePolicy on {ROLE}")],
    );
    check_text(
        "p.json",
        "narrowToServiceRole",
        r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}, {"Effect": "Allow", "Action": "¦iam:PutRolePolicy", "Resource": "*"}]}"#,
        &format!(
            r#"{{"Statement": [{{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}}, {{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "{ROLE}"}}]}}"#
        ),
    );
}

#[test]
fn rights_over_roles_that_are_narrow_already_stay() {
    check_no(POLICIES, "narrowToServiceRole", &["¦connect:CreateInstance"]);
    for (resource, condition) in [(ROLE, ""), ("*", r#", "Condition": {"StringEquals": {"iam:AWSServiceName": "profile.amazonaws.com"}}"#)]
    {
        let marked = format!(
            r#"{{"Statement": [{{"Effect": "Allow", "Action": ["connect:ListUsers", "¦iam:CreateServiceLinkedRole"], "Resource": "{resource}"{condition}}}]}}"#
        );
        let (text, found) = rewrite("p.json", &marked, "narrowToServiceRole");
        assert_eq!(found, None, "{text}");
    }
}
