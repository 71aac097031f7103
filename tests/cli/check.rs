//! `connect-policy check`: exit codes, which files are read, and the shape of what is written.

use std::fs::{self, File};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{self, connect_policy};

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    support::folder(files)
}

#[track_caller]
fn checked(folder: &TempDir, args: &[&str]) -> Value {
    let args = [&["check", "--format", "json"], args].concat();
    connect_policy(&args).in_folder(folder).finish().exits_with(0).json()
}

#[test]
fn nothing_found_is_a_success() {
    let folder = folder(&[("a.json", b"{}")]);
    let run = connect_policy(&["check"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!((run.output.as_str(), run.errors.as_str()), ("No Amazon Connect policies found in 1 file\n", ""));
    assert_eq!(
        checked(&folder, &[]),
        json!({"version": 1, "findings": [], "files": 1, "policies": 0, "profiles": 0, "excluded": 0, "skipped": []})
    );
}

#[test]
fn a_path_that_does_not_exist_stops_everything() {
    let folder = folder(&[("a.json", b"{}")]);
    let run = connect_policy(&["check", "a.json", "b.json"]).in_folder(&folder).finish().exits_with(2);
    assert_eq!((run.output.as_str(), run.errors.as_str()), ("", "connect-policy: `b.json` does not exist\n"));
}

#[test]
fn wrong_arguments_are_told_from_findings() {
    connect_policy(&["check", "--level", "loud"]).finish().exits_with(2);
    connect_policy(&["check", "--stdin-filename", "a.json"]).finish().exits_with(2);
    connect_policy(&["no-such-command"]).finish().exits_with(2);
}

#[test]
fn files_in_folders_are_taken_by_name() {
    let folder = folder(&[
        ("a.json", b"{}"),
        ("b.yaml", b"a: b"),
        ("c/d.tf", b""),
        ("c/e.template", b"{}"),
        ("c/f.json.tpl", b"{}"),
        ("README.md", b"# no policy"),
        ("g.rs", b"fn main() {}"),
    ]);
    assert_eq!(checked(&folder, &[])["files"], 5);
    assert_eq!(checked(&folder, &["c", "README.md"])["files"], 4, "a named file is read whatever its name");
    assert_eq!(checked(&folder, &["a.json", "a.json", "."])["files"], 5, "each file once");
}

#[test]
fn files_without_a_known_extension_are_read_by_their_content() {
    let policy: &[u8] = br#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListUser", "Resource": "*"}]}"#;
    let folder = folder(&[
        ("policy", policy),
        ("policy.txt", policy),
        ("Makefile", b"all: build"),
        ("stack.ts", b"import * as iam from 'aws-cdk-lib/aws-iam';\n"),
    ]);
    let of = |paths: &[&str]| connect_policy(&[&["check", "--format", "json"], paths].concat()).in_folder(&folder).finish();
    let found = of(&[]).exits_with(1).json();
    assert_eq!((&found["files"], &found["findings"][0]["path"], &found["skipped"]), (&json!(1), &json!("policy"), &json!([])));
    assert_eq!(of(&["policy.txt"]).exits_with(1).json()["findings"].as_array().map(Vec::len), Some(1));
    let skipped = of(&["policy", "stack.ts"]).exits_with(2).json();
    assert_eq!(skipped["skipped"], json!([{"path": "stack.ts", "why": "unknown format; expected JSON, YAML or Terraform"}]));
    assert_eq!(skipped["findings"].as_array().map(Vec::len), Some(1), "the others are checked");
}

#[test]
fn utf_16_is_read_and_written() {
    let encoded = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let policy = "\u{feff}{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"connect:listUsers\", \"Resource\": \"*\"}]}";
    let folder = folder(&[("a.json", &encoded(policy))]);
    let args = ["check", "--fix", "--level", "hint", "--select", "action-case", "a.json"];
    connect_policy(&args).in_folder(&folder).finish().exits_with(0);
    let written = fs::read(folder.path().join("a.json")).unwrap();
    assert!(written == encoded(&policy.replace("listUsers", "ListUsers")), "{written:?}");
}

#[test]
fn ignored_and_hidden_files_are_left_alone_unless_named() {
    let folder = folder(&[(".gitignore", b"out/\n"), ("out/a.json", b"{}"), (".hidden/b.json", b"{}"), ("c.json", b"{}")]);
    assert_eq!(checked(&folder, &[])["files"], 1, "without any git repository");
    assert_eq!(checked(&folder, &["out/a.json", ".hidden/b.json"])["files"], 2);
}

#[test]
fn what_cannot_be_read_is_skipped_and_the_rest_checked() {
    let folder = folder(&[("a.json", b"{}"), ("b.json", b"\x00\x01"), ("c.json", b"\"\xe4\""), ("e.json", b"{}")]);
    File::create(folder.path().join("d.json")).unwrap().set_len(50_000_001).unwrap();
    let run = connect_policy(&["check", "--format", "json"]).in_folder(&folder).finish().exits_with(0);
    let expected = json!([
        {"path": "b.json", "why": "binary"},
        {"path": "c.json", "why": "not UTF-8"},
        {"path": "d.json", "why": "larger than 50 MB"},
    ]);
    assert_eq!((&run.json()["skipped"], &run.json()["files"]), (&expected, &json!(2)));
    assert_eq!(run.errors.lines().next(), Some("connect-policy: skipped b.json: binary"));
    assert_eq!(run.errors.lines().count(), 3);
}

#[test]
fn a_named_file_that_cannot_be_read_is_a_failure_to_run() {
    let folder = folder(&[("a.json", b"{}"), ("b.json", b"\x00")]);
    let run = connect_policy(&["check", "a.json", "b.json"]).in_folder(&folder).finish().exits_with(2);
    assert_eq!(run.output, "No Amazon Connect policies found in 1 file; 1 file skipped\n");
}

#[test]
fn standard_input_is_a_file() {
    let run = connect_policy(&["check", "-", "--format", "json"]).input("{}").finish().exits_with(0);
    assert_eq!(run.json()["files"], 1);
    let run = connect_policy(&["check", "-", "--format", "json"]).input(b"\xff").finish().exits_with(2);
    assert_eq!(run.json()["skipped"], json!([{"path": "<stdin>", "why": "not UTF-8"}]));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = folder(&[("a.json", b"{}")]);
    for args in [&["check"][..], &["check", "--format", "json"], &["--help"]] {
        let run = connect_policy(args).in_folder(&folder).without_reader().finish().exits_with(0);
        assert_eq!(run.errors, "");
    }
}

#[test]
fn help_has_examples_and_version_the_catalogs_date() {
    let help = connect_policy(&["--help"]).finish().exits_with(0);
    assert!(help.output.contains("Examples:") && help.output.contains("connect-policy check"), "{help:?}");
    for command in ["lsp", "check", "explain", "tour"] {
        connect_policy(&[command, "--help"]).finish().exits_with(0);
    }
    let version = connect_policy(&["--version"]).finish().exits_with(0).output;
    let start = format!("connect-policy {} (catalog of 20", env!("CARGO_PKG_VERSION"));
    assert!(version.starts_with(&start), "{version}");
    connect_policy(&[] as &[&str]).finish().exits_with(2);
}
