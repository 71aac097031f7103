//! What a report says of a policy and of profiles, and what of a change of them.

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, Format};

use super::access::Report;
use crate::analysis::Analysis;

fn report(file: &str, text: &str) -> Report {
    let format = Format::from_path(Path::new(file)).expect("a format");
    let analysis = Analysis::new(Document::read(text, format), Arc::new(Catalog::builtin()));
    let mut report = Report::default();
    report.add(file, analysis.report(&analysis.diagnostics()));
    report
}

/// A policy that allows these actions on everything.
fn policy(actions: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": [{actions}], "Resource": "*"}}]}}"#)
}

/// Two profiles with these permissions.
fn profiles(one: &str, other: &str) -> String {
    let profile = |id: &str, list: &str| {
        format!(
            "  {id}:\n    Type: AWS::Connect::SecurityProfile\n    Properties:\n      SecurityProfileName: {id}\n      Permissions: [{list}]\n"
        )
    };
    format!("Resources:\n{}{}", profile("Agents", one), profile("Leads", other))
}

const ORIGINS: &str = r#""connect:AssociateApprovedOrigin", "connect:ListApprovedOrigins""#;

#[test]
fn a_policy_is_told_in_tasks_with_what_is_missing() {
    let mut whole =
        report("p.json", &policy(r#""connect:AssociateApprovedOrigin", "connect:Disassociate*Origin", "connect:ListApprovedOrigins""#));
    let policy_report = whole.policies.remove(0);
    assert_eq!(policy_report.name, "p.json");
    let hidden: Vec<&str> = policy_report.hidden_tasks.iter().map(|task| task.title).collect();
    assert_eq!(hidden, ["Edit approved origins"]);
    assert!(policy_report.hidden_tasks[0].missing_view_actions.contains(&"connect:DescribeInstance"), "{policy_report:?}");
    assert!(policy_report.tasks.is_empty(), "its page cannot be opened: {policy_report:?}");

    let partially_granted = report("p.json", &policy(ORIGINS));
    let missing_actions: Vec<_> =
        partially_granted.policies[0].partially_granted.iter().map(|task| (task.title, task.missing_actions.clone())).collect();
    assert_eq!(missing_actions, [("Edit approved origins", vec!["connect:DisassociateApprovedOrigin"])]);
    assert_eq!(partially_granted.ungranted()[0].actions, ["connect:DisassociateApprovedOrigin"]);
}

#[test]
fn what_is_denied_is_not_granted() {
    let text = r#"{"Statement": [{"Effect": "Allow", "Action": "connect:*", "Resource": "*"}, {"Effect": "Deny", "Action": "connect:Delete*", "Resource": "*"}]}"#;
    let actions = &report("p.json", text).policies[0].actions;
    assert!(actions.contains("connect:ListUsers") && !actions.contains("connect:DeleteUser"));
}

#[test]
fn profiles_stand_side_by_side_with_letters_for_verbs() {
    let report =
        report("t.yaml", &profiles("BasicAgentAccess, Users.View", "Users.View, Users.Edit, Users.Delete, RestrictTaskCreation.Access"));
    let matrix = report.matrix(&Catalog::builtin());
    let mut rows: Vec<String> = Vec::new();
    for row in matrix.sections.iter().flat_map(|section| &section.rows) {
        let cell = |cell: &Vec<super::matrix::Mark>| {
            let mark = |mark: &super::matrix::Mark| {
                format!("{}{}{}", mark.code, if mark.is_risky { "!" } else { "" }, if mark.restricts { "-" } else { "" })
            };
            cell.iter().map(mark).collect::<Vec<_>>().join(" ")
        };
        rows.push(format!("{}: {}", row.group, row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")));
    }
    rows.sort();
    assert_eq!(rows, ["BasicAgentAccess: ✓ | ", "RestrictTaskCreation:  | A-", "Users: V | V E! D!"]);
    assert_eq!(matrix.legend, [("V", "View"), ("E", "Edit"), ("D", "Delete"), ("A", "Access"), ("✓", "granted")]);
}

#[test]
fn what_the_console_does_not_show_stands_with_its_group() {
    let report = report("t.yaml", &profiles("Queues.View", "Queues.View, Queues.Purge"));
    let matrix = report.matrix(&Catalog::builtin());
    let titles: Vec<&str> = matrix.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["Routing"]);
    let codes: Vec<&str> = matrix.sections[0].rows[0].cells[1].iter().map(|mark| mark.code.as_str()).collect();
    assert_eq!(codes, ["V", "Purge"]);
}

#[test]
fn a_change_is_told_in_tasks_actions_and_risks() {
    let before = report("p.json", &policy(ORIGINS));
    let after = report(
        "p.json",
        &policy(r#""connect:AssociateApprovedOrigin", "connect:DisassociateApprovedOrigin", "connect:UpdateUserSecurityProfiles""#),
    );
    let change = after.since(&before);
    let changed = &change.policies[0];
    assert_eq!(changed.given, ["connect:DisassociateApprovedOrigin", "connect:UpdateUserSecurityProfiles"]);
    assert_eq!(changed.taken, ["connect:ListApprovedOrigins"]);
    let escalations: Vec<_> = change.escalations().map(|(_, risk)| risk.entry.as_str()).collect();
    assert_eq!(escalations, ["connect:UpdateUserSecurityProfiles"]);
    assert!(before.since(&after).escalations().next().is_none());
    assert!(after.since(&after.clone()).is_empty());
}

#[test]
fn a_policy_said_otherwise_has_not_changed() {
    let before = report("p.json", &policy(r#""connect:ListPhone*""#));
    let after = report("p.json", &policy(r#""connect:ListPhoneNumbers", "connect:ListPhoneNumbersV2""#));
    assert!(after.since(&before).is_empty());
}

#[test]
fn profiles_that_come_and_go_are_told_with_all_that_they_give() {
    let before = report("t.yaml", &profiles("Users.View", "Queues.View"));
    let after = report("t.yaml", &profiles("Users.View, Queues.View", "Queues.View").replace("Leads", "Heads"));
    let change = after.since(&before);
    let reported: Vec<_> =
        change.profiles.iter().map(|one| (one.name.as_str(), one.is_new, one.is_gone, one.given.clone(), one.taken.clone())).collect();
    let queues = || vec!["Queues.View".to_owned()];
    assert_eq!(
        reported,
        [("Agents", false, false, queues(), vec![]), ("Heads", true, false, queues(), vec![]), ("Leads", false, true, vec![], queues())]
    );
}

#[test]
fn a_policy_of_aws_that_is_attached_gives_what_it_says() {
    let role =
        "Resources:\n  Desk:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns:\n        - arn:aws:iam::aws:policy/";
    let report = |policy: &str| report("t.yaml", &format!("{role}{policy}\n"));
    let full = &report("AmazonConnect_FullAccess").policies[0];
    assert_eq!(full.name, "Desk / AmazonConnect_FullAccess");
    assert!(full.actions.contains("connect:DeleteInstance") && full.is_whole);
    assert_eq!(full.risks.iter().map(|risk| risk.rule).collect::<Vec<_>>(), ["full-access"]);
    let reading = &report("AmazonConnectReadOnlyAccess").policies[0];
    assert!(reading.actions.contains("connect:ListUsers") && !reading.actions.contains("connect:AdminGetEmergencyAccessToken"));
    assert!(reading.tasks.iter().all(|task| !task.title.starts_with("Add")) && reading.risks.is_empty());
}

#[test]
fn a_task_is_granted_only_if_its_page_can_be_opened() {
    let titles = |tasks: &[super::access::TaskReport]| tasks.iter().map(|task| task.title).collect::<Vec<_>>();
    let alone = report("p.json", &policy(r#""connect:DescribeInstance""#)).policies.remove(0);
    assert_eq!((titles(&alone.tasks), titles(&alone.hidden_tasks)), (vec![], vec![]), "reading the instance opens no page");
    let whole = report("p.json", &policy(r#""connect:*", "ds:DescribeDirectories""#)).policies.remove(0);
    assert!(titles(&whole.tasks).contains(&"Edit approved origins") && titles(&whole.tasks).contains(&"View telephony options"));
    assert!(whole.hidden_tasks.is_empty(), "{:?}", titles(&whole.hidden_tasks));
}

#[test]
fn the_overview_has_the_worst_first() {
    let mut all = report("reader.json", &policy(r#""connect:ListUsers""#));
    all.add("agents.yaml", report("t.yaml", &profiles("Users.View", "Users.Edit, Users.Delete")));
    let add = |all: &mut Report, name: &str, text: String| {
        let part = report(name, &text);
        all.add(name, part);
    };
    add(&mut all, "data.json", policy(r#""connect:DescribeContact""#));
    add(&mut all, "admin.json", policy(r#""connect:*""#));
    let overview = all.overview();
    let holders: Vec<super::Holder> = overview.rows.iter().map(|row| row.holder).collect();
    assert_eq!(holders[0], super::Holder::Policy(2), "{overview:?}");
    assert!(holders.contains(&super::Holder::Profile(1)) && !holders.contains(&super::Holder::Policy(0)), "{overview:?}");
    assert_eq!(overview.classes[0], "full-access");
    assert_eq!(overview.rows[0].cells[0].map(|(count, _)| count), Some(1));
    assert!(overview.rows.iter().all(|row| row.cells.len() == overview.classes.len()));
    assert_eq!(all.policies_by_risk(), [2, 1, 0]);
    assert_eq!(all.profiles_by_risk(), [1, 0]);
}
