//! `connect-policy check --format sarif` and `--format github`.

use std::collections::BTreeSet;
use std::fs;

use boon::{Compiler, Schemas};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::support::{TYPO, TYPO_POLICY, connect_policy, repository};

fn sarif_of(text: &str) -> Value {
    let args = ["check", "-", "--format", "sarif", "--stdin-filename", "a b/c.json", "--exit-zero"];
    connect_policy(&args).input(text).finish().exits_with(0).json()
}

fn fingerprints(log: &Value) -> Vec<&str> {
    let results = log["runs"][0]["results"].as_array().unwrap();
    results.iter().map(|result| result["partialFingerprints"]["connectPolicyFinding/v1"].as_str().unwrap()).collect()
}

/// Errors of a log by the schema that OASIS publishes, kept beside this test.
fn is_valid(log: &Value) -> Result<(), String> {
    let schema = serde_json::from_str(include_str!("../support/sarif-2.1.0.schema.json")).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("sarif.json", schema).unwrap();
    let index = compiler.compile("sarif.json", &mut schemas).unwrap();
    schemas.validate(log, index).map_err(|error| format!("{error:#}"))
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let args = ["check", "--format", "sarif", "--level", "hint", "--exit-zero", "tests/examples"];
    let mut log = connect_policy(&args).in_folder(repository()).finish().exits_with(0).json();
    assert_eq!(is_valid(&log), Ok(()));
    for folder in ["tests/sound", "tests/typing", "server/docs"] {
        let args = ["check", "--format", "sarif", "--level", "hint", "--exit-zero", folder];
        assert_eq!(is_valid(&connect_policy(&args).in_folder(repository()).finish().json()), Ok(()), "{folder}");
    }
    // Names that several likenesses lead to, in lists of every kind.
    let permissions =
        r#"{"SecurityProfileName": "a", "Permissions": ["VoiceId.Acces", "Voice ID - Access", "VoiceIdAccess", "Queues", "Admin"]}"#;
    assert_eq!(is_valid(&sarif_of(permissions)), Ok(()));
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.json"), b"\0").unwrap();
    let skipped = connect_policy(&["check", "--format", "sarif", "a.json"]).in_folder(&folder).finish().exits_with(2).json();
    assert_eq!(is_valid(&skipped), Ok(()));
    log["runs"][0]["results"][0]["level"] = json!("fatal");
    assert!(is_valid(&log).is_err(), "the schema is asked");
}

/// What the schema does not say of the objects that we write.
#[test]
fn sarif_points_at_what_exists() {
    let args = ["check", "--format", "sarif", "--level", "hint", "--exit-zero", "tests/examples"];
    let log = connect_policy(&args).in_folder(repository()).finish().exits_with(0).json();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-2.1.0.json"));
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let driver = &run["tool"]["driver"];
    assert_eq!((&driver["name"], &driver["version"]), (&json!("connect-policy"), &json!(env!("CARGO_PKG_VERSION"))));
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        assert!(["none", "note", "warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()), "{rule}");
        for field in ["/id", "/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown", "/helpUri"] {
            assert!(rule.pointer(field).and_then(Value::as_str).is_some_and(|text| !text.is_empty()), "{field} of {rule}");
        }
        assert!(rule["helpUri"].as_str().unwrap().starts_with("https://"));
    }
    let ids: BTreeSet<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "each rule once");

    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 10 && results.iter().any(|result| result["fixes"].is_array()));
    for result in results {
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().unwrap()), "{result}");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("tests/examples/") && repository().join(uri).exists(), "{uri}");
        is_region(&place["region"], false);
        for fix in result["fixes"].as_array().into_iter().flatten() {
            assert!(fix["description"]["text"].is_string());
            let changes = fix["artifactChanges"].as_array().unwrap();
            assert_eq!((changes.len(), &changes[0]["artifactLocation"]["uri"]), (1, &json!(uri)));
            let replacements = changes[0]["replacements"].as_array().unwrap();
            assert!(!replacements.is_empty());
            for replacement in replacements {
                is_region(&replacement["deletedRegion"], true);
                assert!(replacement["insertedContent"]["text"].is_string());
            }
        }
    }
    let unique: BTreeSet<_> = fingerprints(&log).into_iter().collect();
    assert_eq!(unique.len(), results.len(), "each finding is its own");
}

fn is_region(region: &Value, may_be_empty: bool) {
    let [start_line, start, end_line, end] =
        ["startLine", "startColumn", "endLine", "endColumn"].map(|field| region[field].as_u64().unwrap());
    assert!(start_line >= 1 && start >= 1 && end >= 1, "{region}");
    assert!((start_line, start) < (end_line, end) || may_be_empty && (start_line, start) == (end_line, end), "{region}");
}

#[test]
fn fingerprints_survive_moved_lines_and_tell_findings_apart() {
    let log = sarif_of(TYPO_POLICY);
    assert_eq!(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b/c.json");
    let [first] = fingerprints(&log)[..] else { panic!("one finding") };
    assert_eq!(fingerprints(&sarif_of(&format!("\n\n  {TYPO_POLICY}"))), [first]);
    let other = sarif_of(&TYPO_POLICY.replace(TYPO, "connect:DescribUser"));
    assert_ne!(fingerprints(&other), [first]);
}

#[test]
fn what_was_skipped_is_in_the_log() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.json"), b"\0").unwrap();
    let log = connect_policy(&["check", "--format", "sarif", "a.json"]).in_folder(&folder).finish().exits_with(2).json();
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!((&invocation["executionSuccessful"], &log["runs"][0]["results"]), (&json!(false), &json!([])));
    assert_eq!(invocation["toolExecutionNotifications"][0]["message"]["text"], "Skipped: binary");
}

#[test]
fn github_shows_findings_at_their_lines() {
    let name = "a,b: 100%\n::error::x.json";
    let run = connect_policy(&["check", "-", "--format", "github", "--stdin-filename", name]).input(TYPO_POLICY).finish().exits_with(1);
    let start = TYPO_POLICY.find(TYPO).unwrap() + 1;
    let end = start + TYPO.len() - 1;
    let command = format!(
        "::warning file=a%2Cb%3A 100%25%0A%3A%3Aerror%3A%3Ax.json,line=1,endLine=1,col={start},endColumn={end},title=unknown-action::"
    );
    assert!(run.output.starts_with(&command), "{}", run.output);
    assert_eq!(run.output.lines().count(), 2, "{}", run.output);
    let bad = connect_policy(&["check", "-", "--format", "github", "--stdin-filename", name]).input(b"\0").finish().exits_with(2);
    assert_eq!(bad.errors.lines().count(), 1, "nothing in a name begins a line: {}", bad.errors);
}

#[test]
fn the_hooks_run_what_exists() {
    let hooks = fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).unwrap();
    let entries: Vec<_> = hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: connect-policy ")).collect();
    assert_eq!(entries.len(), 2);
    for entry in entries {
        let folder = tempdir().unwrap();
        connect_policy(&entry.split(' ').collect::<Vec<_>>()).in_folder(&folder).finish().exits_with(0);
    }
}
