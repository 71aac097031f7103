//! Which statement of one's own policies a refused request comes down to.

use std::path::Path;

use connect_policy_catalog::Catalog;
use connect_policy_ide::search::{Asked, Bearing, NearStatement, PolicyType, Reason, nearest_statements};
use connect_policy_ide::{Module, Scope};
use connect_policy_syntax::{Document, Format};

const USER: &str = "arn:aws:connect:eu-west-2:111122223333:instance/4b2a/agent/7";

fn near(files: &[(&'static str, &str)], policy: Option<PolicyType>) -> Vec<NearStatement> {
    near_for(files, policy, Reason::NotAllowed)
}

fn near_for(files: &[(&'static str, &str)], policy: Option<PolicyType>, reason: Reason) -> Vec<NearStatement> {
    let read = |(name, text): &(&str, &str)| Document::read(*text, Format::from_path(Path::new(name)).expect("a format"));
    let module = Module::read(files.iter().map(read).collect(), &Catalog::builtin(), Scope::All);
    let asked = Asked { action: "connect:DescribeUser".to_owned(), resource: Some(USER.to_owned()), policy, reason };
    let of_module = |(index, (name, _)): (usize, &(&'static str, &str))| {
        let (document, meaning) = module.document(index).expect("a document");
        (*name, meaning, document)
    };
    let documents: Vec<_> = files.iter().enumerate().map(of_module).collect();
    nearest_statements(&asked, &documents, 5)
}

#[track_caller]
fn check(name: &'static str, text: &str, line: usize, bearing: Bearing, reason: &str) {
    let found = near(&[(name, text)], None);
    let Some(first) = found.first() else { panic!("nothing found in\n{text}") };
    assert_eq!((first.line, first.bearing), (line, bearing), "{first:?}");
    assert!(first.reason.contains(reason), "{reason} is missing: {}", first.reason);
}

#[test]
fn what_keeps_a_statement_from_allowing_is_said() {
    check(
        "p.json",
        "{\"Statement\": [\n{\"Effect\": \"Allow\", \"Action\": \"connect:Describe*\", \"Resource\": \"arn:aws:connect:*:*:instance/*/queue/*\"}\n]}",
        2,
        Bearing::OtherResource,
        "on other resources only: `arn:aws:connect:*:*:instance/*/queue/*`",
    );
    check(
        "p.yaml",
        "Statement:\n  - Effect: Allow\n    Action: [connect:ListUsers]\n    Resource: '*'\n",
        2,
        Bearing::OtherAction,
        "do not include `connect:DescribeUser`",
    );
    check(
        "p.json",
        r#"{"Statement": [{"Effect": "Allow", "Action": "connect:*", "Resource": "*", "Condition": {"StringEquals": {"connect:InstanceId": "x"}}}]}"#,
        1,
        Bearing::MayAllow,
        "only under a condition on `connect:InstanceId`",
    );
    check(
        "p.json",
        r#"{"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}"#,
        1,
        Bearing::Allows,
        "`NotAction` on `*`",
    );
}

#[test]
fn a_deny_comes_before_every_allow() {
    let text = "{\"Statement\": [\n{\"Effect\": \"Allow\", \"Action\": \"connect:*\", \"Resource\": \"*\"},\n{\"Sid\": \"Guard\", \"Effect\": \"Deny\", \"Action\": \"connect:Describe*\", \"Resource\": \"*\"}\n]}";
    check("p.json", text, 3, Bearing::Denies, "`connect:Describe*` on `*`");
    let found = near(&[("p.json", text)], None);
    assert_eq!(found[0].sid.as_deref(), Some("Guard"));
    assert_eq!(found[1].bearing, Bearing::Allows);
    // What allows it is of no use against an explicit deny.
    let denying = near_for(&[("p.json", text)], None, Reason::ExplicitDeny);
    assert_eq!(denying.iter().map(|near| near.bearing).collect::<Vec<_>>(), [Bearing::Denies]);
}

#[test]
fn a_deny_of_all_but_some_is_seen() {
    check(
        "p.json",
        r#"{"Statement": [{"Effect": "Deny", "NotAction": ["connect:List*"], "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]}"#,
        1,
        Bearing::MayDeny,
        "under a condition on `aws:MultiFactorAuthPresent`",
    );
    let listed = r#"{"Statement": [{"Effect": "Deny", "NotAction": ["connect:Describe*"], "Resource": "*"}]}"#;
    assert_eq!(near(&[("p.json", listed)], None), []);
}

#[test]
fn what_stands_behind_a_local_counts() {
    let policy = "resource \"aws_iam_policy\" \"p\" {\n  policy = jsonencode({\n    Statement = [{\n      Effect   = \"Allow\"\n      Action   = local.reads\n      Resource = \"*\"\n    }]\n  })\n}\n";
    let locals = "locals {\n  reads = [\"connect:DescribeUser\"]\n}\n";
    let found = near(&[("main.tf", policy), ("locals.tf", locals)], None);
    assert_eq!((found[0].path.as_str(), found[0].bearing), ("main.tf", Bearing::Allows), "{found:?}");
}

#[test]
fn a_policy_of_the_kind_that_refused_comes_first() {
    let scp = "resource \"aws_organizations_policy\" \"scp\" {\n  content = jsonencode({ Statement = [{ Effect = \"Deny\", Action = \"connect:*\", Resource = \"*\" }] })\n}\n";
    let role = "resource \"aws_iam_policy\" \"p\" {\n  policy = jsonencode({ Statement = [{ Effect = \"Deny\", Action = \"connect:*\", Resource = \"*\" }] })\n}\n";
    for (policy, first) in [(PolicyType::ServiceControl, "scp.tf"), (PolicyType::Identity, "role.tf")] {
        let found = near(&[("role.tf", role), ("scp.tf", scp)], Some(policy));
        assert_eq!(found[0].path, first, "{found:?}");
    }
}

#[test]
fn what_has_nothing_to_do_with_it_is_left_out() {
    let text = r#"{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#;
    assert_eq!(near(&[("p.json", text)], None), []);
}
