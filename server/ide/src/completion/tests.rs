//! Completions as a person meets them: a document, a cursor, what is offered and what stands there afterwards.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::{apply_edits, split_cursor};

use crate::analysis::Analysis;

mod constructs;
mod places;
mod ranking;
mod rows;
mod typing;

/// The labels offered at `¦`, and the document after the item that is named is accepted.
#[track_caller]
fn accept(name: &str, text: &str, label: &str) -> String {
    let (analysis, offset) = at_cursor(name, text);
    let offered = analysis.completions(offset);
    let labels: Vec<&str> = offered.items.iter().map(|item| item.label.as_str()).collect();
    let item = offered.items.iter().find(|item| item.label == label).unwrap_or_else(|| panic!("{label} is not offered, but {labels:?}"));
    let text = analysis.document().text();
    assert!(item.edit.range.start <= offset && offset <= item.edit.range.end, "the edit must hold the cursor");
    let typed = &text[item.edit.range.start..offset];
    let begins_alike =
        item.filter_text.to_lowercase().starts_with(&typed.to_lowercase().trim_start_matches('"').chars().take(1).collect::<String>());
    assert!(begins_alike, "{:?} does not begin as {typed:?}", item.filter_text);
    let edits = std::iter::once(&item.edit).chain(&item.additional_edits);
    let mut edits: Vec<(Range<usize>, &String)> = edits.map(|edit| (edit.range.clone(), &edit.new_text)).collect();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "edits overlap: {edits:?}");
    apply_edits(text, edits)
}

fn at_cursor(name: &str, text: &str) -> (Analysis, usize) {
    let (text, offset) = split_cursor(text);
    let format = Format::from_path(Path::new(name)).expect("a format");
    (Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin())), offset)
}

fn labels(name: &str, text: &str) -> Vec<String> {
    let (analysis, offset) = at_cursor(name, text);
    analysis.completions(offset).items.into_iter().map(|item| item.label).collect()
}

#[test]
fn a_services_actions_are_offered_whole() {
    let offered = labels("policy.json", r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:¦"]}]}"#);
    assert_eq!(offered.iter().filter(|label| !label.contains('*')).count(), 387);
    assert!(offered.contains(&"connect:List*".to_owned()));
}

#[test]
fn what_the_list_holds_is_left_out() {
    let offered = labels("policy.json", r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:ListUsers", "connect:¦"]}]}"#);
    assert!(!offered.contains(&"connect:ListUsers".to_owned()));
    assert_eq!(offered.iter().filter(|label| !label.contains('*')).count(), 386);
}

#[test]
fn an_accepted_action_stands_inside_its_quotes() {
    for (before, after) in [
        (r#"{"Statement":[{"Action":["connect:ListU¦"]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
        (r#"{"Statement":[{"Action":"connect:List¦Queues"}]}"#, r#"{"Statement":[{"Action":"connect:ListUsers"}]}"#),
        (r#"{"Statement":[{"Action":["¦"]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
        (r#"{"Statement":[{"Action":["listus¦"]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
    ] {
        assert_eq!(accept("policy.json", before, "connect:ListUsers"), after);
    }
}

#[test]
fn what_is_missing_around_an_entry_is_written_with_it() {
    for (before, after) in [
        // An open quote is left to whoever opened it.
        (
            "{\"Statement\":[{\"Action\":[\n\"connect:ListU¦\n\"connect:ListQueues\"]}]}",
            "{\"Statement\":[{\"Action\":[\n\"connect:ListUsers\n\"connect:ListQueues\"]}]}",
        ),
        (r#"{"Statement":[{"Action":[¦]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
        (
            r#"{"Statement":[{"Action":["connect:GetMetricData", ¦]}]}"#,
            r#"{"Statement":[{"Action":["connect:GetMetricData", "connect:ListUsers"]}]}"#,
        ),
        (r#"{"Statement":[{"Action":¦}]}"#, r#"{"Statement":[{"Action": "connect:ListUsers"}]}"#),
        (r#"{"Statement":[{"Action":[connect:ListU¦]}]}"#, r#"{"Statement":[{"Action":["connect:ListUsers"]}]}"#),
    ] {
        assert_eq!(accept("policy.json", before, "connect:ListUsers"), after);
    }
}

#[test]
fn an_edit_stays_on_its_line() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = format!("Statement:\n  - Effect: Allow\n    Action: connec¦tS{line_break}      x{line_break}");
        let (analysis, offset) = at_cursor("t.yaml", &text);
        let offered = analysis.completions(offset);
        assert!(!offered.items.is_empty(), "{text:?}");
        for item in &offered.items {
            assert!(!analysis.document().text()[item.edit.range.clone()].contains(['\n', '\r']), "{item:?}");
        }
    }
}

#[test]
fn a_permission_is_found_by_the_consoles_label() {
    let before = r#"{"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": ["quick conn¦"]}}"#;
    let after = r#"{"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": ["TransferDestinations.Create"]}}"#;
    assert_eq!(accept("profile.json", before, "TransferDestinations.Create"), after);
}

#[test]
fn json_in_a_json_string_keeps_its_escapes() {
    let before = r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"connect:ListU¦\"]}]}"}"#;
    let after = r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"connect:ListUsers\"]}]}"}"#;
    assert_eq!(accept("request.json", before, "connect:ListUsers"), after);
    let before = r#"{"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [¦]}]}"}"#;
    assert_eq!(accept("request.json", before, "connect:ListUsers"), after);
}

#[test]
fn nothing_is_offered_where_nothing_of_ours_may_stand() {
    for text in [
        r#"{"name": "connect:¦"}"#,
        r#"{"Statement": [{"Effect": "Allow", "Sid": "¦", "Action": "connect:ListUsers"}]}"#,
        r#"{"scripts": {"build": "¦"}}"#,
        r#"{"action": "¦", "menu": ["connect:survival"]}"#,
    ] {
        assert_eq!(labels("file.json", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn effects_and_keys_are_offered() {
    assert_eq!(labels("p.json", r#"{"Statement": [{"Effect": "¦"}]}"#), ["Allow", "Deny"]);
    let keys = labels("p.json", r#"{"Statement": [{"Effect": "Allow", "Act¦"}]}"#);
    assert!(keys.contains(&"Action".to_owned()) && !keys.contains(&"Effect".to_owned()), "{keys:?}");
}

#[test]
fn wildcards_tell_how_much_they_take_in() {
    let (analysis, offset) = at_cursor("p.json", r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:¦"]}]}"#);
    let offered = analysis.completions(offset);
    let list = offered.items.iter().find(|item| item.label == "connect:List*").expect("offered");
    assert_eq!(list.detail, "77 actions · ⚠ data");
    let detail = |label: &str| offered.items.iter().find(|item| item.label == label).map(|item| item.detail.clone());
    assert_eq!(detail("connect:Delete*").as_deref().and_then(|text| text.rsplit_once(" · ")).map(|(_, mark)| mark), Some("⚠ deletes"));
    assert!(detail("connect:Get*").is_some_and(|text| text.ends_with(" · ⚠ sign-in")));
}

#[test]
fn a_console_task_writes_its_actions_less_what_the_list_has() {
    let before = "{\"Statement\":[{\"Action\":[\n  \"connect:ListLambdaFunctions\",\n  \"¦\"\n]}]}";
    let labels = labels("p.json", before);
    let label = labels.iter().find(|label| label.starts_with("Add or remove Lambda functions (console task")).expect("offered").clone();
    let after = accept("p.json", before, &label);
    assert!(after.starts_with("{\"Statement\":[{\"Action\":[\n  \"connect:ListLambdaFunctions\",\n  \"connect:"), "{after}");
    assert!(after.ends_with("\"\n]}]}") && after.contains("\",\n  \"connect:DisassociateLambdaFunction\",\n  \""), "{after}");
    assert_eq!(after.matches("ListLambdaFunctions").count(), 1, "{after}");
}

#[test]
fn rows_of_risky_actions_are_marked() {
    let detail = |label: &str| {
        let typed = label.split(" (").next().unwrap_or(label);
        let (analysis, offset) = at_cursor("p.json", &format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": ["{typed}¦"]}}]}}"#));
        let offered = analysis.completions(offset);
        offered.items.iter().find(|item| item.label.starts_with(label)).expect("offered").detail.clone()
    };
    assert_eq!(detail("connect:CreateUser"), "Write · ⚠ escalation");
    assert_eq!(detail("connect:GetFederationToken"), "Read · ⚠ sign-in");
    assert_eq!(detail("connect:DeleteInstance"), "Write · ⚠ deletes");
    assert_eq!(detail("connect:UpdateQuickConnectConfig"), "Write · ⚠ redirects");
    assert_eq!(detail("connect:ListQueues"), "List");
    let catalog = Catalog::builtin();
    let risky = catalog.tasks().iter().find(|task| task.actions.contains(&"iam:PutRolePolicy")).expect("a task that writes a risky action");
    let row = detail(&format!("{} (console task", risky.title));
    assert!(row.ends_with(" · ⚠ escalation"), "{row}");
    assert!(crate::describe::task(&catalog, risky).contains("Caution: `iam:PutRolePolicy` (escalation): "));
}

#[test]
fn a_profile_that_was_observed_is_written_with_todays_names() {
    let before = r#"{"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": [¦]}}"#;
    let label = labels("p.json", before).into_iter().find(|label| label.starts_with("Profile: Agent ")).expect("offered");
    assert_eq!(label, "Profile: Agent (7 permissions, observed)");
    let after = accept("p.json", before, &label);
    assert!(after.contains("\"Permissions\": [\n  \"AccessMetrics\",\n  \"BasicAgentAccess\",\n"), "{after}");
    assert!(after.ends_with("\"Users.View\"\n]}}"), "{after}");
}

#[test]
fn resources_fit_the_statements_actions_and_have_tab_stops() {
    let before = r#"{"Statement": [{"Effect": "Allow", "Action": "connect:DescribeQueue", "Resource": "¦"}]}"#;
    let after = accept("p.json", before, "arn:aws:connect:*:*:instance/*/queue/*");
    assert!(after.contains(r#""arn:${1:aws}:connect:${2:*}:${3:*}:instance/${4:*}/queue/${5:*}""#), "{after}");
    let before = "Statement:\n  - Effect: Allow\n    Action: connect:DescribeQueue\n    Resource: !Sub '¦'\n";
    let after = accept("t.yaml", before, "arn:…:connect:…:…:instance/*/queue/*");
    assert!(
        after.contains(r"!Sub 'arn:\${AWS::Partition\}:connect:\${AWS::Region\}:\${AWS::AccountId\}:instance/${1:*}/queue/${2:*}'"),
        "{after}"
    );
}

#[test]
fn conditions_are_completed_part_by_part() {
    let statement = |condition: &str| {
        format!(
            r#"{{"Statement": [{{"Effect": "Allow", "Action": "connect:MonitorContact", "Resource": "*", "Condition": {condition}}}]}}"#
        )
    };
    assert!(labels("p.json", &statement(r#"{"Str¦"}"#)).contains(&"StringEquals".to_owned()));
    let keys = labels("p.json", &statement(r#"{"StringEquals": {"¦"}}"#));
    assert!(
        keys.iter().position(|key| key == "connect:MonitorCapabilities") < keys.iter().position(|key| key == "aws:SourceIp"),
        "{keys:?}"
    );
    assert_eq!(labels("p.json", &statement(r#"{"StringEquals": {"connect:MonitorCapabilities": ["¦"]}}"#)), ["BARGE", "SILENT_MONITOR"]);
    assert_eq!(labels("p.json", &statement(r#"{"Bool": {"aws:SecureTransport": "¦"}}"#)), ["true", "false"]);
    let block = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:MonitorContact\"]\n    condition {\n      test = \"StringEquals\"\n      variable = \"connect:MonitorCapabilities\"\n      values = [\"¦\"]\n    }\n  }\n}\n";
    assert_eq!(labels("m.tf", block), ["BARGE", "SILENT_MONITOR"]);
}

#[test]
fn principals_and_managed_policies_are_offered() {
    assert_eq!(
        labels("p.json", r#"{"Statement": [{"Effect": "Allow", "Principal": {"Service": "¦"}, "Action": "sts:AssumeRole"}]}"#),
        ["connect.amazonaws.com", "connect-campaigns.amazonaws.com", "profile.amazonaws.com", "lambda.amazonaws.com"]
    );
    let arns = labels("t.yaml", "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns:\n        - ¦\n");
    assert!(arns.contains(&"arn:aws:iam::aws:policy/AmazonConnect_FullAccess".to_owned()), "{arns:?}");
    let names =
        labels("t.yaml", "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - Am¦\n");
    assert!(names.contains(&"AmazonConnectReadOnlyAccess".to_owned()), "{names:?}");
    let terraform = labels("m.tf", "resource \"aws_iam_role_policy_attachment\" \"a\" {\n  policy_arn = \"¦\"\n}\n");
    assert_eq!(terraform.len(), arns.len());
}
