//! What each source changes, and what the maintainer reads: copies of the fixture with one change of each kind, and the lines of
//! the data that differ afterwards.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::tests::{data, fixture};
use super::*;

/// Lines of the data, without the indent and the comma.
fn records(text: &str) -> Vec<&str> {
    text.lines().map(|line| line.trim().trim_end_matches(',')).collect()
}

/// The lines that only the first text has (`-`), and those that only the second one has (`+`). All others stay in order.
#[track_caller]
fn diff(before: &str, after: &str) -> Vec<String> {
    let (before, after) = (records(before), records(after));
    let kept = |lines: &[&str], others: &[&str]| lines.iter().filter(|line| others.contains(line)).map(|&line| line.to_owned()).collect();
    let (one, other): (Vec<String>, Vec<String>) = (kept(&before, &after), kept(&after, &before));
    assert_eq!(one, other, "lines changed their order");
    let removed = before.iter().filter(|line| !after.contains(line)).map(|line| format!("- {line}"));
    let added = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}"));
    removed.chain(added).collect()
}

fn value(path: &Path) -> Value {
    serde_json::from_str(&text_of(path).expect("a file")).expect("JSON")
}

fn write(path: &Path, value: &Value) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, value.to_string()).expect("written");
}

/// Runs the tool on a folder with these sources, twice. The second run has nothing left to write, but still reports what the
/// maintainer has not done. Gives the differences and the text of the report.
#[track_caller]
fn changes(folder: &TempDir, file: &Path, sources: Arguments) -> (Vec<String>, String) {
    let before = text_of(file).expect("the data");
    let arguments = Arguments { data: Some(folder.path().to_owned()), ..sources };
    let check = run(&Arguments { is_check: true, ..arguments.clone() }).expect("it runs");
    assert!(check.has_changes() && check.text().contains(" would change"), "{}", check.text());
    assert_eq!(text_of(file).expect("the data"), before, "a check wrote");
    let report = run(&arguments).expect("it runs");
    assert_eq!(report.notes, check.notes);
    let after = text_of(file).expect("the data");
    let again = run(&arguments).expect("it runs");
    assert!(!again.has_changes(), "{}", again.text());
    assert_eq!(text_of(file).expect("the data"), after);
    let needs = |report: &Report| report.notes.iter().filter(|note| note.starts_with("needs ")).cloned().collect::<Vec<_>>();
    assert_eq!(needs(&again), needs(&report));
    (diff(&before, &after), report.text())
}

/// The name of a type in all lists of types and in the types themselves.
fn renamed(text: &str, from: &str, to: &str) -> String {
    let changed = text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
    assert_ne!(changed, text, "{from} is in the source");
    changed
}

#[test]
fn iam_data_with_one_change_of_each_kind() {
    let (folder, path) = data();
    let package = folder.path().join("package");
    let source = |kind: &str| fixture("iam-data").join("data").join(kind).join("connect.json");
    let copy = |kind: &str| package.join("data").join(kind).join("connect.json");
    let mut actions = value(&source("actions"));
    actions.as_object_mut().expect("actions").remove("associatebot").expect("the removed action");
    actions["startemailcontact"]["accessLevel"] = json!("Read");
    actions["creategizmo"] = json!({"name": "CreateGizmo", "accessLevel": "Write", "conditionKeys": ["connect:InstanceId"],
        "resourceTypes": [{"name": "instance", "required": true, "dependentActions": ["iam:PassRole"]}], "dependentActions": []});
    write(&copy("actions"), &serde_json::from_str(&renamed(&actions.to_string(), "metric", "measure")).expect("JSON"));
    let types = text_of(&source("resourceTypes")).expect("a file");
    write(&copy("resourceTypes"), &serde_json::from_str(&renamed(&types, "metric", "measure")).expect("JSON"));
    write(&copy("conditionKeys"), &value(&source("conditionKeys")));
    write(&package.join("data/serviceNames.json"), &value(&fixture("iam-data/data/serviceNames.json")));

    let before = text_of(&path).expect("the data");
    let line = |name: &str| {
        let record = |line: &&str| line.contains(&format!("\"name\": \"{name}\""));
        records(&before).into_iter().find(record).expect("a record").to_owned()
    };
    let (email, tag) = (line("StartEmailContact"), line("TagResource"));
    let arn = "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/metric/${MetricId}";
    let (diff, report) = changes(&folder, &path, Arguments { iam_data: Some(package), ..Arguments::default() });
    let kept = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from} is in {text}");
        text.replacen(from, to, 1)
    };
    assert_eq!(
        diff,
        [
            format!("- {email}"),
            format!("- {tag}"),
            r#"+ {"name": "CreateGizmo", "access": "Write", "resources": [{"type": "instance", "required": true}], "conditions": ["connect:InstanceId"], "dependent": ["iam:PassRole"], "sources": ["iam-data"]}"#.to_owned(),
            format!("+ {}", kept(&email, "\"access\": \"Write\"", "\"access\": \"Read\"")),
            // Types are in order of name: "measure" has the place of "metric".
            format!("+ {}", kept(&tag, "\"type\": \"metric\"", "\"type\": \"measure\"")),
            format!(r#"+ {{"type": "measure", "arn": "{arn}", "conditions": ["aws:ResourceTag/${{TagKey}}"]}}"#),
        ]
    );
    assert_eq!(
        report,
        "1 of 1 services changed: connect
needs a summary and a risk class: connect:CreateGizmo
connect:StartEmailContact: access level changed from Write to Read; review its risk class
connect:AssociateBot: no longer in iam-data, kept
connect: resource type measure: new, with the ARN of metric
connect: resource type metric: no longer in iam-data, kept
"
    );
}

#[test]
fn a_service_reference_with_one_change_of_each_kind() {
    let (folder, path) = data();
    let reference = |name: &str| folder.path().join(name);
    let user = |name: &str| json!({"Name": name, "ARNFormats": ["arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/agent/${UserId}"]});
    let action = |name: &str, resource: &str, flag: &str| {
        json!({"Name": name, "Resources": [{"Name": resource}], "ActionConditionKeys": ["connect:InstanceId"],
            "Annotations": {"Properties": {flag: true}}})
    };
    let names = ["AssociateBot", "AssociateCustomerProfilesDomain", "CreateUser", "StartEmailContact", "TagResource"];
    let before: Vec<Value> = names.iter().map(|name| action(name, "user", "IsWrite")).collect();
    write(&reference("before.json"), &json!({"Name": "connect", "Actions": before, "Resources": [user("user")]}));
    let sources = |name: &str| Arguments { references: vec![reference(name)], ..Arguments::default() };
    let arguments = Arguments { data: Some(folder.path().to_owned()), ..sources("before.json") };
    run(&arguments).expect("the data has this source's facts");

    let mut after: Vec<Value> = names[1..].iter().map(|name| action(name, "agent", "IsWrite")).collect();
    after[2] = action("StartEmailContact", "agent", "IsPermissionManagement");
    after.push(action("ListGizmos", "agent", "IsList"));
    write(&reference("after.json"), &json!({"Name": "connect", "Actions": after, "Resources": [user("agent")]}));
    let (diff, report) = changes(&folder, &path, sources("after.json"));
    let added: Vec<&String> = diff.iter().filter(|line| line.starts_with('+')).collect();
    // Four actions with the new type, the new action, and the type. `AssociateBot` and the type `user` are kept.
    assert_eq!((added.len(), diff.len()), (6, 10), "{diff:#?}");
    assert!(added.iter().all(|line| line.contains("\"agent\"")), "{added:#?}");
    assert_eq!(added.iter().filter(|line| line.contains("\"summary\": ")).count(), 4);
    let level = "{\"name\": \"StartEmailContact\", \"access\": \"Permissions management\", ";
    assert!(added.iter().any(|line| line.contains(level)), "{added:#?}");
    let record = r#"+ {"name": "ListGizmos", "access": "List", "resources": [{"type": "agent", "required": null}], "conditions": ["connect:InstanceId"], "dependent": [], "sources": ["service-reference"]}"#;
    assert!(added.iter().any(|line| *line == record), "{added:#?}");
    let notes: Vec<&str> = report.lines().filter(|line| !line.contains("resource type ") && !line.contains("condition key ")).collect();
    assert_eq!(
        notes,
        [
            "1 of 1 services changed: connect",
            "needs a summary and a risk class: connect:ListGizmos",
            "connect:StartEmailContact: access level changed from Write to Permissions management; review its risk class",
            "connect:AssociateBot: no longer in service-reference, kept",
        ]
    );
    for note in ["agent: new, with the ARN of user", "user: no longer in service-reference, kept"] {
        assert!(report.contains(&format!("connect: resource type {note}\n")), "{report}");
    }
}

#[test]
fn botocore_with_an_operation_added_and_one_removed() {
    let (folder, path) = data();
    let models = folder.path().join("models");
    let mut model = value(&fixture("botocore/connect/2017-08-08/service-2.json"));
    let operations = model["operations"].as_object_mut().expect("operations");
    operations.remove("AssociateBot").expect("the removed operation");
    operations.insert("AssociateCustomerProfilesDomain".to_owned(), json!({}));
    operations.insert("DeleteGizmo".to_owned(), json!({"errors": [{"shape": "ResourceInUseException"}]}));
    write(&models.join("connect/2017-08-08/service-2.json"), &model);
    let (diff, report) = changes(&folder, &path, Arguments { botocore: Some(models), ..Arguments::default() });
    assert_eq!(diff.len(), 2, "{diff:#?}");
    let (before, after) = (&diff[0][2..], &diff[1][2..]);
    assert!(before.contains("AssociateCustomerProfilesDomain") && before.contains("\"permissionOnly\": true, "), "{before}");
    assert_eq!(after, before.replace("\"permissionOnly\": true, ", "").replace("\"sources\": [", "\"sources\": [\"botocore\", "));
    assert_eq!(
        report,
        "1 of 1 services changed: connect
operation-errors.json changed; check the summaries of deletions
connect:AssociateBot: no longer in botocore, kept
connect:AssociateCustomerProfilesDomain: now an API operation
connect: operation DeleteGizmo has no action of the same name
"
    );
    let errors = text_of(&folder.path().join("operation-errors.json")).expect("the errors");
    assert!(errors.contains(r#"{"action": "connect:DeleteGizmo", "errors": ["ResourceInUseException"]}"#), "{errors}");
}

/// The shipped permissions in a data folder, and their names.
fn permissions(folder: &TempDir) -> (PathBuf, Vec<String>) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/permissions.json");
    let path = folder.path().join("permissions.json");
    fs::copy(&shipped, &path).expect("copied");
    let names = value(&shipped)["permissions"].as_array().expect("a list").clone();
    (path, names.iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect())
}

#[test]
fn a_list_of_permissions_with_one_added_and_one_removed() {
    let (folder, _) = data();
    let (path, mut names) = permissions(&folder);
    let list = folder.path().join("list.json");
    let sources = || Arguments { permissions: vec![list.clone()], ..Arguments::default() };
    write(&list, &json!({"Permissions": names}));
    let unchanged = run(&Arguments { data: Some(folder.path().to_owned()), ..sources() }).expect("it runs");
    assert_eq!((unchanged.has_changes(), unchanged.text()), (false, "0 of 1 services changed\n".to_owned()));

    // An instance has names of its own, and does not have those of disabled features.
    assert_eq!(names.remove(0), "AccessMetrics");
    names.extend(["Gizmos.Parts.Edit", "MyApplication.Access"].map(str::to_owned));
    write(&list, &json!({"Permissions": names}));
    let (diff, report) = changes(&folder, &path, sources());
    let record = r#"+ {"name": "Gizmos.Parts.Edit", "status": "observed", "summary": "", "sources": ["observed-profiles"]}"#;
    assert_eq!(diff, [record]);
    let written = value(&path);
    let names: Vec<&str> = written["permissions"].as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect();
    assert!(names.is_sorted() && names.contains(&"AccessMetrics"), "{names:?}");
    assert_eq!(
        report,
        "0 of 1 services changed
permissions.json changed
needs a summary and a risk class: permission Gizmos.Parts.Edit
permission MyApplication.Access: can be specific to the instance, not added
"
    );
}

#[test]
fn an_invalid_list_of_permissions_is_named() {
    let (folder, _) = data();
    let (path, _) = permissions(&folder);
    let before = text_of(&path).expect("the data");
    let list = folder.path().join("list.json");
    write(&list, &json!({"Permissions": "Users.View"}));
    let arguments = Arguments { data: Some(folder.path().to_owned()), permissions: vec![list], ..Arguments::default() };
    let error = run(&arguments).expect_err("it has no list");
    assert!(error.ends_with("list.json: line 1: `Permissions`: expected a list, found string \"Users.View\""), "{error}");
    assert_eq!(text_of(&path).expect("the data"), before);
}
