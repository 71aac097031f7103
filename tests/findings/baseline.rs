//! `connect-policy check --baseline`: what was there before is counted, and only what is new is shown.

use std::fs;

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::support::{TYPO, TYPO_POLICY, connect_policy};

fn begun() -> TempDir {
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("infra")).unwrap();
    fs::write(folder.path().join("infra/a.json"), TYPO_POLICY).unwrap();
    let run = connect_policy(&["check", "--baseline", "known.json", "--write-baseline"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!((run.output.as_str(), run.errors.as_str()), ("wrote 1 finding to known.json\n", ""));
    folder
}

fn change(folder: &TempDir, text: &str) {
    fs::write(folder.path().join("infra/a.json"), text).unwrap();
}

fn check(folder: &TempDir, code: i32) -> Value {
    connect_policy(&["check", "--format", "json", "--baseline", "known.json"]).in_folder(folder).finish().exits_with(code).json()
}

#[test]
fn the_file_is_readable_and_stable() {
    let folder = begun();
    let written = fs::read_to_string(folder.path().join("known.json")).unwrap();
    let expected = "{\"version\": 1, \"findings\": [\n\
                    {\"path\":\"infra/a.json\",\"rule\":\"unknown-action\",\"text\":\"connect:DescribeUsr\",\"number\":1}\n]}\n";
    assert_eq!(written, expected);
    connect_policy(&["check", "--baseline", "known.json", "--write-baseline"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!(fs::read_to_string(folder.path().join("known.json")).unwrap(), expected);
}

#[test]
fn what_was_there_is_counted_and_not_shown() {
    let folder = begun();
    let json = check(&folder, 0);
    assert_eq!((&json["findings"], &json["baseline"]), (&json!([]), &json!({"known": 1, "settled": 0})));
    let run = connect_policy(&["check", "--baseline", "known.json"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!(run.output, "Checked 1 policy in 1 file: no findings; 1 in the baseline\n");
}

#[test]
fn moved_lines_stay_known_from_any_folder() {
    let folder = begun();
    change(&folder, &format!("\n\n{}", TYPO_POLICY.replace("[{", "[\n\n  {")));
    assert_eq!(check(&folder, 0)["baseline"]["known"], 1);
    let run = connect_policy(&["check", "a.json", "--baseline", "../known.json"]).in_folder(folder.path().join("infra"));
    run.finish().exits_with(0);
}

#[test]
fn a_new_finding_beside_an_old_one_is_shown() {
    let folder = begun();
    change(&folder, &TYPO_POLICY.replace("[\"connect:", "[\"connect:ListUsrs\", \"connect:"));
    let json = check(&folder, 1);
    assert_eq!((json["findings"].as_array().unwrap().len(), &json["findings"][0]["text"]), (1, &json!("connect:ListUsrs")));
    // The same mistake once more, in another statement, is new as well.
    let statement = "{\"Effect\":\"Deny\",\"Action\":\"connect:DescribeUsr\",\"Resource\":\"*\"}";
    change(&folder, &TYPO_POLICY.replace("}]}", &format!("}},{statement}]}}")));
    let json = check(&folder, 1);
    assert_eq!((json["findings"].as_array().unwrap().len(), &json["baseline"]["known"]), (1, &json!(1)), "{json}");
}

#[test]
fn what_was_fixed_is_told_and_taken_out() {
    let folder = begun();
    change(&folder, &TYPO_POLICY.replace(TYPO, "connect:DescribeUser"));
    assert_eq!(check(&folder, 0)["baseline"], json!({"known": 0, "settled": 1}));
    fs::write(folder.path().join("b.json"), TYPO_POLICY).unwrap();
    // Only this file is checked, so what is known of the other stays.
    connect_policy(&["check", "b.json", "--baseline", "known.json", "--write-baseline"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!(fs::read_to_string(folder.path().join("known.json")).unwrap().lines().count(), 4);
    let run = connect_policy(&["check", "--baseline", "known.json", "--write-baseline"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!(run.output, "wrote 1 finding to known.json\n");
    assert!(fs::read_to_string(folder.path().join("known.json")).unwrap().contains("\"b.json\""));
}

#[test]
fn the_findings_of_deleted_files_are_gone() {
    let folder = begun();
    fs::remove_file(folder.path().join("infra/a.json")).unwrap();
    fs::write(folder.path().join("other.json"), "{}").unwrap();
    assert_eq!(check(&folder, 0)["baseline"], json!({"known": 0, "settled": 1}));
    let run = connect_policy(&["check", "--baseline", "known.json"]).in_folder(&folder).finish().exits_with(0);
    assert!(run.output.ends_with("0 in the baseline, 1 obsolete (remove with --write-baseline)\n"), "{}", run.output);
}

#[test]
fn a_baseline_that_cannot_be_read_stops_everything() {
    let folder = begun();
    for (content, why) in [
        ("{}", "is not a valid baseline"),
        ("{\"version\":2,\"findings\":[]}", "unsupported baseline version 2"),
        ("x", "is not a valid baseline"),
    ] {
        fs::write(folder.path().join("other.json"), content).unwrap();
        let run = connect_policy(&["check", "--baseline", "other.json"]).in_folder(&folder).finish().exits_with(2);
        assert!(run.errors.contains(why), "{run:?}");
    }
    let run = connect_policy(&["check", "--baseline", "none.json"]).in_folder(&folder).finish().exits_with(2);
    assert!(run.errors.contains("--write-baseline"), "{run:?}");
    connect_policy(&["check", "--write-baseline"]).in_folder(&folder).finish().exits_with(2);
}
