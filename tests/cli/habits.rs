//! What people expect of any command line: help, completions, manual pages, colors, quiet output, tips.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use tempfile::tempdir;

use crate::support::{TYPO, TYPO_POLICY, connect_policy, folder, repository};

const LABEL_PROFILE: &str = r#"{"SecurityProfileName": "a", "Permissions": ["BasicAgentAccess", "Saved reports - View"]}"#;

#[test]
fn every_shell_has_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = connect_policy(&["completions", shell]).finish().exits_with(0).output;
        for word in ["connect-policy", "check", "--select", "completions"] {
            assert!(script.contains(word.trim_start_matches("--")), "{word} is missing for {shell}");
        }
    }
    connect_policy(&["completions", "cmd"]).finish().exits_with(2);
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = tempdir().unwrap();
    connect_policy(&["man", "share/man1"]).in_folder(&folder).finish().exits_with(0);
    let pages = folder.path().join("share/man1");
    for name in ["connect-policy", "connect-policy-check", "connect-policy-catalog-diff"] {
        let page = fs::read_to_string(pages.join(format!("{name}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Exit codes") | (name == "connect-policy"), "{name}:\n{page}");
    }
    fs::write(folder.path().join("file"), "").unwrap();
    let run = connect_policy(&["man", "file"]).in_folder(&folder).finish().exits_with(2);
    assert!(!run.errors.contains("os error"), "{run:?}");
}

#[test]
fn help_is_a_command_too() {
    for command in ["check", "init", "explain"] {
        let by_command = connect_policy(&["help", command]).finish().exits_with(0).output;
        assert_eq!(by_command, connect_policy(&[command, "--help"]).finish().exits_with(0).output);
    }
}

#[test]
fn colors_are_a_choice() {
    let folder = folder(&[("a.json", TYPO_POLICY)]);
    let has_colors = |args: &[&str]| {
        let run = connect_policy(args).in_folder(&folder).finish();
        run.output.contains('\u{1b}') || run.errors.contains('\u{1b}')
    };
    assert!(!has_colors(&["check"]), "no terminal");
    assert!(has_colors(&["check", "--color", "always"]) && has_colors(&["--color=always", "check"]));
    assert!(!has_colors(&["check", "--color", "never"]) && !has_colors(&["check", "--color=auto"]));
    assert!(has_colors(&["--color=always", "--help"]) && has_colors(&["check", "--level", "loud", "--color=always"]));
    let check = |name: &str, args: &[&str]| {
        let run = connect_policy(&[&["check"], args].concat()).in_folder(&folder).variable(name, "1").finish();
        run.output.contains('\u{1b}')
    };
    assert!(check("CLICOLOR_FORCE", &[]) && !check("CLICOLOR_FORCE", &["--color", "never"]));
    assert!(!check("NO_COLOR", &[]) && check("NO_COLOR", &["--color", "always"]));
    connect_policy(&["check", "--color", "sometimes"]).in_folder(&folder).finish().exits_with(2);
}

#[test]
fn quiet_leaves_findings_and_errors() {
    let folder = folder(&[("a.json", TYPO_POLICY.as_bytes()), ("b.json", b"\0"), ("c.json", b"{}")]);
    let check = |args: &[&str]| connect_policy(&[&["check"], args].concat()).in_folder(&folder).finish();
    let loud = check(&["."]).exits_with(1);
    assert!(loud.output.ends_with("in 2 files: 1 warning; 1 file skipped\n") && loud.errors.contains("skipped b.json"), "{loud:?}");
    let quiet = check(&[".", "--quiet"]).exits_with(1);
    assert!(quiet.output.starts_with("warning[unknown-action]") && !quiet.output.contains("Checked"), "{quiet:?}");
    assert_eq!(quiet.errors, "");
    assert_eq!(check(&["c.json", "-q"]).exits_with(0).output, "");
    let named = check(&["b.json", "-q"]).exits_with(2);
    assert_eq!((named.output.as_str(), named.errors.as_str()), ("", "connect-policy: skipped b.json: binary\n"));
    assert_eq!(check(&[".", "-q", "--format", "github"]).exits_with(1).output.lines().count(), 1);
}

#[test]
fn rules_are_selected_and_ignored() {
    let old = r#"{"Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}"#;
    let folder = folder(&[("a.json", TYPO_POLICY), ("b.json", LABEL_PROFILE), ("c.json", old)]);
    let rules = |args: &[&str]| -> BTreeSet<String> {
        let run = connect_policy(&[&["check", "--format", "json", "--exit-zero"], args].concat()).in_folder(&folder).finish();
        let found = run.exits_with(0).json();
        found["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    };
    let set = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(rules(&[]), set(&["ui-label", "unknown-action"]));
    assert_eq!(rules(&["--select", "ui-label"]), set(&["ui-label"]));
    assert_eq!(rules(&["--select", "ui-label,unknown-action"]), set(&["ui-label", "unknown-action"]));
    assert_eq!(rules(&["--ignore", "ui-label"]), set(&["unknown-action"]));
    assert_eq!(rules(&["--select", "ui-label", "--ignore", "ui-label"]), set(&[]));
    // A selected rule is reported at every level, unless a level is given.
    assert_eq!(rules(&["--select", "old-version"]), set(&["old-version"]));
    assert_eq!(rules(&["--select", "old-version", "--level", "warning"]), set(&[]));
    for option in ["--select", "--ignore"] {
        let run = connect_policy(&["check", option, "ui-label,unknwon-action"]).in_folder(&folder).finish().exits_with(2);
        assert_eq!(run.errors, "connect-policy: unknown rule `unknwon-action`; did you mean `unknown-action`?\n");
    }
}

#[test]
fn a_baseline_is_not_obsolete_where_rules_are_left_out() {
    let folder = folder(&[("a.json", TYPO_POLICY), ("b.json", LABEL_PROFILE)]);
    let check = |args: &[&str]| connect_policy(&[&["check", "--baseline", "known.json"], args].concat()).in_folder(&folder).finish();
    check(&["--write-baseline"]).exits_with(0);
    let run = check(&["--select", "ui-label"]).exits_with(0);
    assert!(run.output.ends_with("no findings; 1 in the baseline\n"), "{run:?}");
    check(&["--write-baseline", "--ignore", "ui-label"]).exits_with(2);
}

#[test]
fn short_output_is_one_line_for_each_finding() {
    let folder = folder(&[("a.json", TYPO_POLICY), ("b.json", LABEL_PROFILE)]);
    let run = connect_policy(&["check", "--format", "short"]).in_folder(&folder).finish().exits_with(1);
    let lines: Vec<&str> = run.output.lines().collect();
    let column = TYPO_POLICY.find(TYPO).unwrap() + 1;
    assert_eq!(lines.len(), 2, "{run:?}");
    assert!(lines[0].starts_with(&format!("a.json:1:{column}: unknown-action ")) && lines[0].contains(TYPO), "{run:?}");
    assert!(lines[1].starts_with("b.json:1:") && lines[1].contains(": ui-label "), "{run:?}");
    assert_eq!(run.errors, "connect-policy: Checked 1 policy and 1 security profile in 2 files: 1 error and 1 warning\n");
    let name = "a\nb.json";
    let run = connect_policy(&["check", "-", "--format", "short", "--stdin-filename", name]).input(TYPO_POLICY).finish().exits_with(1);
    assert_eq!(run.output.lines().count(), 1, "{run:?}");
}

#[test]
fn junit_has_a_case_for_each_finding() {
    let folder = folder(&[("a&b.json", TYPO_POLICY), ("b.json", LABEL_PROFILE), ("c.json", "{}")]);
    let run = connect_policy(&["check", "--format", "junit"]).in_folder(&folder).finish().exits_with(1);
    for part in [
        "<testsuites name=\"connect-policy\" tests=\"2\" failures=\"2\" errors=\"0\">",
        "<testsuite name=\"a&amp;b.json\" tests=\"1\" failures=\"1\" errors=\"0\">",
        "type=\"warning\">a&amp;b.json:1:",
        "<testcase name=\"ui-label at 1:",
    ] {
        assert!(run.output.contains(part), "{part} is missing:\n{}", run.output);
    }
    let run = connect_policy(&["check", "--format", "junit", "c.json"]).in_folder(&folder).finish().exits_with(0);
    assert!(run.output.contains("tests=\"1\" failures=\"0\""), "{}", run.output);
}

#[test]
fn init_writes_a_configuration_once() {
    let folder = folder(&[("a.json", TYPO_POLICY), ("b.json", LABEL_PROFILE)]);
    let run = connect_policy(&["init"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!(run.output, "wrote connect-policy.toml\n");
    let path = folder.path().join("connect-policy.toml");
    let written = fs::read_to_string(&path).unwrap();
    // As it is, it changes nothing.
    let check = || connect_policy(&["check", "--format", "short"]).in_folder(&folder).finish().exits_with(1);
    assert_eq!(check().output.lines().count(), 2);
    let run = connect_policy(&["init"]).in_folder(&folder).finish().exits_with(2);
    assert_eq!(run.errors, "connect-policy: `connect-policy.toml` already exists; it was not changed\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), written);
    let run = connect_policy(&["init", "no/folder"]).in_folder(&folder).finish().exits_with(2);
    assert_eq!(run.errors, "connect-policy: folder `no/folder` does not exist\n");

    // Every setting in it is right, and no setting is missing.
    let is_setting = |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    let uncommented = |line: &str| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line).to_owned();
    let all: Vec<String> = written.lines().map(uncommented).collect();
    fs::write(&path, all.join("\n")).unwrap();
    fs::write(folder.path().join("admin.json"), r#"{"Permissions": []}"#).unwrap();
    fs::write(folder.path().join("connect.json"), r#"{"Name": "connect", "Actions": []}"#).unwrap();
    check();
    let schema = fs::read_to_string(repository().join("vscode-extension/schemas/connect-policy.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    for (name, part) in schema["properties"].as_object().unwrap() {
        let inner = if part["items"].is_object() { &part["items"] } else { part };
        for key in inner["properties"].as_object().into_iter().flatten().map(|(key, _)| key).filter(|_| name != "rules") {
            assert!(all.iter().any(|line| line.starts_with(&format!("{key} = "))), "`{key}` of `{name}` is missing");
        }
        assert!(all.iter().any(|line| line.trim_matches(['[', ']']) == name), "`{name}` is missing");
    }
}

#[test]
fn likely_words_lead_to_the_right_command() {
    for (word, command) in [
        ("lint", "check"),
        ("validate", "check"),
        ("scan", "check"),
        ("fmt", "check --fix"),
        ("describe", "explain"),
        ("search", "explain"),
        ("diff", "report --against"),
    ] {
        let run = connect_policy(&[word, "infra"]).finish().exits_with(2);
        assert!(run.errors.contains(&format!("run `connect-policy {command}` ")), "{run:?}");
        assert_eq!((run.output.as_str(), run.errors.lines().count()), ("", 1));
    }
}

#[test]
fn the_last_line_says_what_was_recognized() {
    let last = |files: &[(&str, &str)], args: &[&str]| {
        let folder = folder(files);
        let run = connect_policy(&[&["check"], args].concat()).in_folder(&folder).finish();
        run.output.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(last(&[("a.json", "{}"), ("b.yaml", "a: b")], &[]), "No Amazon Connect policies found in 2 files");
    assert_eq!(last(&[("a.json", TYPO_POLICY), ("b.json", "{}")], &[]), "Checked 1 policy in 2 files: 1 warning");
    assert_eq!(last(&[("a.json", TYPO_POLICY)], &["--level", "error"]), "Checked 1 policy in 1 file: no findings");
    let both = [("a.json", TYPO_POLICY), ("b.json", LABEL_PROFILE)];
    assert_eq!(last(&both, &[]), "Checked 1 policy and 1 security profile in 2 files: 1 error and 1 warning");
    // A policy about another service is not one that is checked.
    let other = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]}"#;
    assert_eq!(last(&[("a.json", other)], &[]), "No Amazon Connect policies found in 1 file");
    let excluded = [both.as_slice(), &[("connect-policy.toml", "[files]\nexclude = [\"*.json\"]\n")]].concat();
    assert_eq!(last(&excluded, &[]), "No files checked: all 2 files are excluded by connect-policy.toml");
    assert_eq!(last(&excluded, &["a.json"]), "Checked 1 policy in 1 file: 1 warning");
    assert_eq!(last(&[("README.md", "")], &[]), "No JSON, YAML or Terraform files found");
    let a_profile_without_permissions =
        "Resources:\n  P:\n    Type: AWS::Connect::SecurityProfile\n    Properties:\n      Permissions: []\n";
    assert_eq!(last(&[("t.yaml", a_profile_without_permissions)], &[]), "Checked 1 security profile in 1 file: no findings");
}
