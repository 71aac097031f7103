//! `connect-policy catalog`, `catalog diff` and `rules`.

use std::fs;

use connect_policy_catalog::Catalog;
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::support::connect_policy;

#[test]
fn what_is_known_is_counted_with_its_sources() {
    let folder = tempdir().unwrap();
    let human = connect_policy(&["catalog"]).in_folder(&folder).finish().exits_with(0).output;
    let catalog = Catalog::builtin();
    let actions: usize = catalog.services().map(|service| service.actions.len()).sum();
    let (services, permissions) = (catalog.services().count(), catalog.permissions().len());
    let of_services = format!("{actions} actions of {services} services");
    let of_profiles = format!("{permissions} security profile permissions: ");
    for part in ["Catalog, updated 20", &of_services, &of_profiles, " current", "iam-data "] {
        assert!(human.contains(part), "{part}: {human}");
    }
    let json = connect_policy(&["catalog", "--format", "json"]).in_folder(&folder).finish().exits_with(0).json();
    let counts = &json["counts"];
    assert_eq!((&counts["services"], &counts["actions"], &counts["permissions"]), (&json!(services), &json!(actions), &json!(permissions)));
    assert_eq!(
        (&counts["consoleTasks"], &counts["legacyActions"], &counts["addedActions"]),
        (&json!(catalog.tasks().len()), &json!(14), &json!(0))
    );
    let by_status = counts["permissionsByStatus"].as_object().unwrap().values().map(|count| count.as_u64().unwrap());
    assert_eq!(by_status.sum::<u64>(), permissions as u64);
    let source = json["sources"].as_array().unwrap().iter().find(|source| source["id"] == "iam-data").unwrap();
    for field in ["title", "version", "date", "use"] {
        assert!(source[field].is_string(), "{source}");
    }
}

#[test]
fn what_the_workspace_adds_is_counted_too() {
    let folder = tempdir().unwrap();
    let toml = "[catalog]\nactions = [\"connect:Frobnicate\", \"connect:ListUsers\"]\npermissions = [\"Acme.Access\", \"Users.View\"]";
    fs::write(folder.path().join("connect-policy.toml"), toml).unwrap();
    let counts = connect_policy(&["catalog", "--format", "json"]).in_folder(&folder).finish().exits_with(0).json()["counts"].take();
    assert_eq!((&counts["addedActions"], &counts["addedPermissions"]), (&json!(1), &json!(2)));
    fs::write(folder.path().join("connect-policy.toml"), "[what]").unwrap();
    connect_policy(&["catalog"]).in_folder(&folder).finish().exits_with(2);
}

fn diff(text: &str, code: i32) -> Value {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.json"), text).unwrap();
    connect_policy(&["catalog", "diff", "a.json", "--format", "json"]).in_folder(&folder).finish().exits_with(code).json()
}

#[test]
fn a_newer_reference_is_compared() {
    let json = diff(r#"{"Name": "polly", "Actions": [{"Name": "DescribeVoices"}, {"Name": "Sing"}]}"#, 1);
    assert_eq!((&json["kind"], &json["common"], &json["adds"]), (&json!("service-reference"), &json!(1), &json!(["polly:Sing"])));
    assert_eq!(json["lacks"].as_array().unwrap().len(), 9);
    let all = ["DeleteLexicon", "DescribeVoices", "GetLexicon", "GetSpeechSynthesisTask", "ListLexicons"];
    let rest = json["lacks"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().split_once(':').unwrap().1);
    let mut names: Vec<&str> = all.into_iter().chain(rest).collect();
    names.sort_unstable();
    names.dedup();
    let actions: Vec<Value> = names.iter().map(|name| json!({"Name": name})).collect();
    let json = diff(&json!({"Name": "polly", "Actions": actions}).to_string(), 0);
    assert_eq!((&json["adds"], &json["lacks"]), (&json!([]), &json!([])));
}

#[test]
fn a_list_of_permissions_is_compared() {
    let json = diff(r#"{"Permissions": ["Users.View", "Acme.Access"]}"#, 1);
    assert_eq!((&json["kind"], &json["common"], &json["adds"]), (&json!("permission-list"), &json!(1), &json!(["Acme.Access"])));
    let lacks = json["lacks"].as_array().unwrap();
    assert!(lacks.contains(&json!("Users.Edit")) && !lacks.contains(&json!("Users.View")));
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.json"), r#"["Acme.Access"]"#).unwrap();
    let human = connect_policy(&["catalog", "diff", "a.json"]).in_folder(&folder).finish().exits_with(1).output;
    assert!(human.starts_with("+ Acme.Access\n- ") && human.ends_with(" missing, 0 unchanged\n"), "{human}");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let folder = tempdir().unwrap();
    let refused = |text: &str| {
        fs::write(folder.path().join("a.json"), text).unwrap();
        connect_policy(&["catalog", "diff", "a.json"]).in_folder(&folder).finish().exits_with(2).errors
    };
    assert_eq!(refused("{"), "connect-policy: a.json: line 1: unexpected end of file\n");
    assert_eq!(refused("{}"), "connect-policy: a.json: line 1: missing key `Permissions`\n");
    assert_eq!(refused(r#"{"Name": "nosuch", "Actions": []}"#), "connect-policy: a.json: no detailed data for service `nosuch`\n");
    let run = connect_policy(&["catalog", "diff", "none.json"]).in_folder(&folder).finish().exits_with(2);
    assert_eq!(run.errors, "connect-policy: none.json: file not found\n");
}

#[test]
fn the_rules_are_listed() {
    let human = connect_policy(&["rules"]).finish().exits_with(0).output;
    assert!(human.lines().any(|line| line.starts_with("unknown-action ") && line.contains(" warning ")), "{human}");
    let json = connect_policy(&["rules", "--format", "json"]).finish().exits_with(0).json();
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(rules.len(), human.lines().count());
    let rule = rules.iter().find(|rule| rule["id"] == "bad-config").unwrap();
    assert_eq!(rule["level"], "error");
    assert!(rule["help"].as_str().unwrap().ends_with("#bad-config") && rule["summary"].is_string(), "{rule}");
}
