//! `connect-policy check` on a policy in which there is something to find.

use std::fs;

use serde_json::json;
use tempfile::tempdir;

use crate::support::{TYPO, TYPO_POLICY, connect_policy, native, repository};

#[test]
fn a_finding_has_its_shape_and_exit_code() {
    let run = connect_policy(&["check", "-", "--format", "json", "--stdin-filename", "a/b.json"]).input(TYPO_POLICY);
    let json = run.finish().exits_with(1).json();
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(1), "{json}");
    let finding = &json["findings"][0];
    let start = TYPO_POLICY.find(TYPO).unwrap();
    let end = start + TYPO.len();
    assert_eq!(finding["path"], "a/b.json");
    assert_eq!(finding["rule"], "unknown-action");
    assert_eq!(finding["severity"], "warning");
    assert!(finding["message"].as_str().unwrap().contains(TYPO), "{finding}");
    assert_eq!(finding["range"], json!({"start": {"line": 1, "column": start + 1}, "end": {"line": 1, "column": end + 1}}));
    assert_eq!(finding["span"], json!({"start": start, "end": end}));
    assert_eq!(finding["text"], TYPO);
    assert!(finding["help"].as_str().unwrap().ends_with("/server/docs/rules.md#unknown-action"), "{finding}");
    for fix in finding["fixes"].as_array().unwrap() {
        assert!(fix["title"].is_string() && fix["certain"].is_boolean(), "{fix}");
        assert!(fix["edits"][0]["newText"].is_string() && fix["edits"][0]["span"]["start"].is_u64(), "{fix}");
    }
}

#[test]
fn the_level_and_exit_zero_decide_the_exit_code() {
    for (args, code) in [(&["--level", "error"][..], 0), (&["--exit-zero"], 0), (&["--level", "hint"], 1), (&[], 1)] {
        let args = [&["check", "-", "--stdin-filename", "a.json"], args].concat();
        connect_policy(&args).input(TYPO_POLICY).finish().exits_with(code);
    }
}

#[test]
fn people_see_the_line_and_the_place() {
    let run = connect_policy(&["check", "-", "--stdin-filename", "a.json"]).input(TYPO_POLICY).finish().exits_with(1);
    assert!(run.output.starts_with("warning[unknown-action]: "), "{}", run.output);
    let column = TYPO_POLICY.find(TYPO).unwrap() + 1;
    assert!(run.output.contains(&format!("--> a.json:1:{column}")), "{}", run.output);
    assert!(run.output.contains(&"^".repeat(TYPO.len())), "{}", run.output);
    assert!(run.output.ends_with("Checked 1 policy in 1 file: 1 warning\n"), "{}", run.output);
    assert!(!run.output.contains('\u{1b}'), "no colours where no terminal is");
}

#[test]
fn files_come_in_the_order_of_their_paths() {
    let folder = tempdir().unwrap();
    for number in 0..40 {
        fs::write(folder.path().join(format!("{number:02}.json")), TYPO_POLICY).unwrap();
    }
    let json = connect_policy(&["check", "--format", "json"]).in_folder(&folder).finish().exits_with(1).json();
    let paths: Vec<_> = json["findings"].as_array().unwrap().iter().map(|finding| finding["path"].as_str().unwrap()).collect();
    assert_eq!(paths.len(), 40);
    assert!(paths.is_sorted(), "{paths:?}");
}

#[test]
fn our_own_repository_holds_nothing_but_the_examples_mistakes() {
    let json = connect_policy(&["check", "--format", "json", "--exit-zero", "."]).in_folder(repository()).finish().exits_with(0).json();
    let paths: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|finding| finding["path"].as_str().unwrap()).collect();
    let is_example =
        |path: &&str| path.contains(&native("tests/examples/")) || path.ends_with(&native("vscode-extension/src/example.json"));
    assert!(paths.iter().all(is_example), "{paths:#?}");
    for example in
        ["policies/edit-exported-reports.json", "profiles/campaign-manager.json", "cloudformation/contact-centre.yaml", "terraform/main.tf"]
    {
        assert!(paths.iter().any(|path| path.ends_with(&native(example))), "{example} has its mistakes");
    }
    assert!(json["files"].as_u64().unwrap() > 50, "{}", json["files"]);
    assert_eq!(json["skipped"], json!([]));
}
