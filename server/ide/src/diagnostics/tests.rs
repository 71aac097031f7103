//! Rules as a person meets them: a document with carets under what is told of, and what is told.

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_model::{Module, Scope};
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::{Fixture, FixtureFile, apply_edits};

use super::acc::Acc;
use super::meta::RuleMeta;
use super::registry::{self, rules};
use super::rule_context::RuleContext;
use crate::analysis::Analysis;
use crate::context::Context;
use crate::finding::{Finding, TextEdit};

mod additions;
mod arns;
mod meaning;
mod names;
mod risk;
mod shape;
mod structure;

/// Checks a document whose first line is `#- NAME` and in which every finding has a line of carets below it, followed by
/// `rule` or `rule: beginning of the message`. Everything that is found must be told, and the other way round.
#[track_caller]
fn check(fixture: &str) {
    let fixture = Fixture::parse(fixture);
    let FixtureFile { name, text, annotations, .. } = fixture.file();
    let found = findings(name, text);
    let mut reported: Vec<String> = Vec::new();
    let mut wanted = annotations.clone();
    for finding in &found {
        let said = format!("{} {:?} {}: {}", finding.severity, finding.range, finding.rule, finding.message);
        match wanted
            .iter()
            .position(|wanted| wanted.range == finding.range && format!("{}: {}", finding.rule, finding.message).starts_with(&wanted.text))
        {
            Some(index) => {
                wanted.remove(index);
            }
            None => reported.push(said),
        }
    }
    assert!(reported.is_empty() && wanted.is_empty(), "not expected: {reported:#?}\nnot found: {wanted:#?}\nin\n{text}");
}

fn findings(name: &str, text: &str) -> Vec<Finding> {
    let format = Format::from_path(Path::new(name)).expect("a format");
    Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin())).diagnostics()
}

/// The syntax errors of a JSON file, as `check` reports them: line, and message.
fn json_syntax(text: &str) -> Vec<String> {
    let found = Analysis::new(Document::read(text, Format::Json), Arc::new(Catalog::builtin())).json_syntax();
    found.into_iter().map(|finding| format!("{} {}", text[..finding.range.start].matches('\n').count() + 1, finding.message)).collect()
}

/// What is told of a document: level, rule and text of each finding of certain rules.
fn reported(name: &str, text: &str, of: &[&str]) -> Vec<String> {
    let found = findings(name, text).into_iter().filter(|finding| of.contains(&finding.rule));
    found.map(|finding| format!("{} {} {}", finding.severity, finding.rule, &text[finding.range])).collect()
}

/// Checks what rules tell of the statements of a policy.
#[track_caller]
fn check_statements(statements: &str, of: &[&str], expected: &[&str]) {
    let text = format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{statements}]}}");
    assert_eq!(reported("policy.json", &text, of), expected, "{text}");
}

/// The document after the first fix of the first finding of a rule.
#[track_caller]
fn fixed(name: &str, text: &str, rule: &str) -> String {
    let found = findings(name, text);
    let finding = found.iter().find(|finding| finding.rule == rule).unwrap_or_else(|| panic!("{rule} does not fire: {found:#?}"));
    apply(text, &finding.fixes.first().expect("a fix").edits)
}

fn apply(text: &str, edits: &[TextEdit]) -> String {
    apply_edits(text, edits.iter().map(|edit| (edit.range.clone(), &edit.new_text)))
}

#[test]
fn every_rules_page_has_an_example_that_fires_and_an_instead_that_does_not() {
    let mut failures = Vec::new();
    // The settings' own rule is of another file and is tested where that is read.
    for rule in rules().iter().filter(|rule| rule.code != "bad-config") {
        let page = rule.page();
        let blocks: Vec<&str> = page.split("```").skip(1).step_by(2).collect();
        let read = |block: &str| {
            let (language, text) = block.split_once('\n').expect("a language");
            // An ellipsis stands for more than a page can show.
            findings(&format!("example.{language}"), &text.replace('…', &"x".repeat(11_000)))
        };
        let (first, rest) = rule.summary.split_at(1);
        assert_eq!(page.lines().next(), Some(&*format!("{}{rest}", first.to_uppercase())), "{} begins with its summary", rule.code);
        let is_reported = match rule.code {
            "json-syntax" => blocks[0].split_once('\n').is_some_and(|(_, text)| !json_syntax(text).is_empty()),
            _ => read(blocks[0]).iter().any(|finding| finding.rule == rule.code),
        };
        if !is_reported {
            failures.push(format!("{}: the example is silent", rule.code));
        }
        // What the example shows besides its own fault may stay.
        let stays: Vec<&str> = read(blocks[0]).into_iter().map(|finding| finding.rule).filter(|other| *other != rule.code).collect();
        let left = read(blocks[1]).into_iter().filter(|finding| !stays.contains(&finding.rule));
        let reported = left.map(|finding| format!("{}: instead: {} {}", rule.code, finding.rule, finding.message));
        failures.extend(reported);
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_rule_has_nothing_to_report_where_it_does_not_run() {
    let mut documents: Vec<(String, String)> = vec![
        ("a.yaml".to_owned(), "ManagedPolicyArns:\n  - arn:aws:iam::aws:policy/AmazonConnect_FullAccess\n".to_owned()),
        ("a.yaml".to_owned(), "Type: AWS::Lambda::Permission\nProperties:\n  Action: lambda:InvokeFunction\n  FunctionName: a\n  Principal: connect.amazonaws.com\n".to_owned()),
        ("a.tf".to_owned(), "locals {\n  actions = [\"connect:*\", \"connect:DescribeUsr\"]\n}\n".to_owned()),
        ("a.json".to_owned(), "{\"Permissions\": [\"Users.View\", \"Brand.New\", \"Users.View\"], \"NextToken\": null}".to_owned()),
    ];
    for page in rules().iter().map(RuleMeta::page) {
        let blocks = page.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
        documents.extend(blocks.map(|(language, text)| (format!("example.{language}"), text.to_owned())));
    }
    let catalog = Catalog::builtin();
    let mut skipped = 0;
    for (name, text) in documents {
        let Some(format) = Format::from_path(Path::new(&name)) else { continue };
        let module = Module::read(vec![Document::read(text.as_str(), format)], &catalog, Scope::Connect);
        let context = Context::new(&module, 0, &catalog).expect("a document");
        let ctx = RuleContext::new(context);
        for rule in registry::all().iter().filter(|rule| !ctx.has(rule.meta.unit)) {
            let mut acc = Acc::new(context, &rule.meta);
            (rule.check)(&ctx, &mut acc);
            assert!(acc.into_findings().0.is_empty(), "{} is not about a {:?} only:\n{text}", rule.meta.code, rule.meta.unit);
            skipped += 1;
        }
    }
    assert!(skipped > 500, "{skipped}");
}

#[test]
fn a_pages_fixes_settle_its_example() {
    for rule in rules() {
        let page = rule.page();
        let Some((language, text)) = page.split("```").nth(1).and_then(|block| block.split_once('\n')) else { continue };
        let Some(format) = Format::from_path(Path::new(&format!("example.{language}"))) else { continue };
        let name = format!("example.{language}");
        let count = |text: &str| findings(&name, text).iter().filter(|finding| finding.rule == rule.code).count();
        for fix in findings(&name, text).into_iter().filter(|finding| finding.rule == rule.code).flat_map(|finding| finding.fixes) {
            let after = apply(text, &fix.edits);
            assert!(count(&after) < count(text), "{}: {} leaves it:\n{after}", rule.code, fix.title);
            let errors = |text: &str| Document::read(text, format).tree().errors().len();
            assert_eq!(errors(&after), errors(text), "{}: {} breaks it:\n{after}", rule.code, fix.title);
        }
    }
}

#[test]
fn a_typo_is_named_and_its_neighbour_left() {
    check(
        r#"
#- policy.json
{"Statement": [{"Effect": "Allow", "Action": [
    "connect:ListUsers",
    "connect:DescribeUsr",
     ^^^^^^^^^^^^^^^^^^^ unknown-action: unknown action `connect:DescribeUsr`; did you mean `connect:DescribeUser`
    "CONNECT:DescribeQueue"
     ^^^^^^^^^^^^^^^^^^^^^ action-case: AWS spells this action `connect:DescribeQueue`
], "Resource": "*"}], "Version": "2012-10-17"}
"#,
    );
}

#[test]
fn a_stray_space_is_removed() {
    let text = r#"{"Effect": "Allow", "Action": ["connect: DisassociateInstanceStorageConfig"], "Resource": "*"}"#;
    assert_eq!(fixed("p.json", text, "malformed-action"), text.replace("connect: D", "connect:D"));
}

#[test]
fn a_half_typed_document_keeps_the_findings_elsewhere() {
    check(
        r#"
#- policy.json
{"Statement": [
  {"Effect": "Allow", "Action": ["connect:DescribeUsr"], "Resource": "*"},
                                  ^^^^^^^^^^^^^^^^^^^ unknown-action
  {"Effect": "Allow", "Action": ["connect:Lis
  {"Effect": "Allow", "Action": ["connect:ListUser"], "Resource": "*"}
                                  ^^^^^^^^^^^^^^^^ unknown-action
], "Version": "2012-10-17"}
"#,
    );
}

#[test]
fn prefixes_are_told_of_where_a_right_one_is_near() {
    check(
        r#"
#- policy.json
{"Effect": "Allow", "Action": ["conect:ListUsers", "acme:Frobnicate", "connectparticipant:SendMessage"], "Resource": "*"}
                                ^^^^^^^^^^^^^^^^ unknown-service: unknown service prefix `conect`; did you mean `connect:ListUsers`?
                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown-service: `connectparticipant` is not an IAM service prefix
"#,
    );
}

#[test]
fn other_services_are_judged_in_policies_about_connect_only() {
    check(
        r#"
#- policy.json
{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObjct", "s3:*"], "Resource": "*"}]}
"#,
    );
    check(
        r#"
#- policy.json
{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObjct", "connect:ListUsers"], "Resource": "*"}], "Version": "2012-10-17"}
                                               ^^^^^^^^^^^ unknown-action: unknown action `s3:GetObjct`
"#,
    );
}

#[test]
fn full_access_is_told_of_where_something_is_granted() {
    check(
        r#"
#- policy.json
{"Statement": [{"Effect": "Allow", "Action": ["connect:*", "cases:Get*"], "Resource": "*"}], "Version": "2012-10-17"}
                                               ^^^^^^^^^ full-access
"#,
    );
    check(
        "#- deny.json\n{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"connect:*\", \"Resource\": \"*\"}], \"Version\": \"2012-10-17\"}",
    );
    check(
        r#"
#- ceiling.json
{"Resources": {"Scp": {"Type": "AWS::Organizations::Policy", "Properties": {"Content":
  {"Statement": [{"Effect": "Allow", "Action": ["connect:*"], "Resource": "*"}]}}}}}
"#,
    );
}

#[test]
fn permissions_are_told_of_as_sure_as_we_are() {
    check(
        r#"
#- template.json
{"Resources": {"Profile": {"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": [
  "BasicAgentAccess",
  "basicagentaccess",
   ^^^^^^^^^^^^^^^^ permission-case
  "Campaigns - Manage",
   ^^^^^^^^^^^^^^^^^^ ui-label: `Campaigns - Manage` is a console label; use `Campaigns.Manage`
  "RoutingProfiles.Edit",
   ^^^^^^^^^^^^^^^^^^^^ unknown-permission: unknown permission `RoutingProfiles.Edit`; did you mean `RoutingPolicies.Edit`?
  "HistoricalMetrics.Access",
   ^^^^^^^^^^^^^^^^^^^^^^^^ renamed-permission
  "Queues.Merge",
   ^^^^^^^^^^^^ unknown-permission: unknown permission `Queues.Merge`
  "AcmeTicketing.Access",
   ^^^^^^^^^^^^^^^^^^^^ unknown-permission: `AcmeTicketing.Access` requires a third-party application
  "Frobnicate"
   ^^^^^^^^^^ unknown-permission: `Frobnicate` is not in the catalog
]}}}}
"#,
    );
}

#[test]
fn what_a_live_instance_answers_is_not_doubted() {
    check("#- out.json\n{\"Permissions\": [\"Users.View\", \"Brand.New\", \"Queues.Frob\"], \"NextToken\": null}");
}

#[test]
fn what_is_no_policy_is_left_alone() {
    for text in [
        r#"{"handlers": {"create": {"permissions": ["connect:CreateUsr", "connect:ListUsers", "connect:DescribeUser"]}}}"#,
        r#"{"ApplicationPermissions": ["Users.View", "Users.Edit", "Frob"]}"#,
        r#"{"permissions": {"contents": "read"}}"#,
        r#"{"Action": {"Block": {}}, "Statement": {"ByteMatchStatement": {"SearchString": "connect:"}}}"#,
        r#"{"menu": [{"action": "connect:survival", "effect": "sparkle"}]}"#,
        r#"{"config": {"connect:instanceAlias": "a"}, "Tags": {"aws:connect:instanceId": "b"}}"#,
        r#"{"text": "$${connect:Queue:Sales}", "Type": "MessageParticipant", "Effect": "none"}"#,
        r#"{"Attributes": {"connect:Subtype": "connect:Guide"}}"#,
        r#"{"scopes": ["Users.View", "Users.Edit", "Mail.Read"]}"#,
        r#"{"Type": "AWS::Cloud9::Thing", "Properties": {"Permissions": ["read", "write"]}}"#,
        "// {\"Effect\": \"Allow\", \"Action\": \"connect:DescribeUsr\"}\n{}",
    ] {
        let found = findings("file.json", text);
        assert!(found.is_empty(), "{text}\n{found:#?}");
    }
}

#[test]
fn a_label_of_several_names_is_replaced_by_them_in_the_lists_own_style() {
    let before = "{\"SecurityProfileName\": \"a\", \"Permissions\": [\n    \"Users.View\",\n    \"AI agents\"\n]}";
    let after = fixed("p.json", before, "ui-label");
    assert!(after.contains("    \"QConnectAIAgents.Create\",\n    \"QConnectAIAgents."), "{after}");
    assert!(findings("p.json", &after).is_empty(), "{after}");
}
