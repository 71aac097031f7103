//! The first item for a typed text.

use super::at_cursor;

/// The first label that is offered, with the order as a client that trusts `sort_text` shows it.
#[track_caller]
fn first(name: &str, text: &str, typed: &str) -> String {
    let (analysis, offset) = at_cursor(name, text);
    let mut offered = analysis.completions(offset);
    assert!(offered.is_incomplete, "more typing must bring another order");
    let labels: Vec<String> = offered.items.iter().map(|item| item.label.clone()).collect();
    offered.items.sort_by(|one, other| one.sort_text.cmp(&other.sort_text));
    assert!(offered.items.iter().map(|item| &item.label).eq(&labels), "the order of the list and of `sort_text` differ");
    // A client ranks by its own measure what does not fit equally well.
    assert!(offered.items.iter().all(|item| item.filter_text == typed), "{typed}");
    labels.into_iter().next().unwrap_or_default()
}

#[test]
fn actions_by_word_start_then_length_then_reading() {
    for (typed, expected) in [
        ("user", "connect:ListUsers"),
        ("listus", "connect:ListUsers"),
        ("connect:listus", "connect:ListUsers"),
        ("connect:user", "connect:ListUsers"),
        ("connect:lus", "connect:ListUsers"),
        ("queue", "connect:ListQueues"),
        ("descqueue", "connect:DescribeQueue"),
        ("delete user", "connect:DeleteUser"),
        ("connect:Get", "connect:GetMetricData"),
        ("connect:describeus", "connect:DescribeUser"),
        ("connect:crus", "connect:CreateUser"),
        ("connect:List*", "connect:List*"),
        ("connect:List", "connect:ListBots"),
        ("Connect:ListU", "connect:ListUsers"),
        ("conn", "connect:"),
        ("metric", "connect:ListMetrics"),
        ("contactflow", "connect:ListContactFlows"),
    ] {
        let text = format!(r#"{{"Statement": [{{"Effect": "Allow", "Action": ["{typed}¦"]}}]}}"#);
        assert_eq!(first("p.json", &text, typed), expected, "{typed}");
    }
}

#[test]
fn permissions_by_name_or_label() {
    for (typed, expected) in [
        ("user", "Users.View"),
        ("users", "Users.View"),
        ("Users.E", "Users.Edit"),
        ("quick conn", "TransferDestinations.View"),
        ("quick connects - create", "TransferDestinations.Create"),
        ("conn create", "TransferDestinations.Create"),
        ("queue", "Queues.View"),
        ("routing", "RoutingPolicies.View"),
        ("Profile: Ag", "Profile: Agent (7 permissions, observed)"),
    ] {
        let text = format!(r#"{{"Type": "AWS::Connect::SecurityProfile", "Properties": {{"Permissions": ["{typed}¦"]}}}}"#);
        assert_eq!(first("p.json", &text, typed), expected, "{typed}");
    }
}

#[test]
fn with_nothing_typed_names_are_in_order_and_wildcards_at_the_end() {
    let (analysis, offset) = at_cursor("p.json", r#"{"Statement": [{"Effect": "Allow", "Action": ["connect:¦"]}]}"#);
    let labels: Vec<String> = analysis.completions(offset).items.into_iter().map(|item| item.label).collect();
    let actions = labels.iter().take_while(|label| !label.contains('*')).count();
    assert_eq!(actions, 387);
    assert!(labels[..actions].is_sorted() && labels[actions..].is_sorted(), "{labels:?}");
}

#[test]
fn labels_that_an_editor_cuts_differ_in_front() {
    for text in [
        r#"{"Statement": [{"Effect": "Allow", "Action": [¦]}]}"#,
        r#"{"Type": "AWS::Connect::SecurityProfile", "Properties": {"Permissions": [¦]}}"#,
    ] {
        let (analysis, offset) = at_cursor("p.json", text);
        let mut starts: Vec<String> = analysis.completions(offset).items.iter().map(|item| item.label.chars().take(50).collect()).collect();
        let count = starts.len();
        starts.sort_unstable();
        starts.dedup();
        assert_eq!(starts.len(), count);
    }
}
