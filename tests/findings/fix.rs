//! `connect-policy check --fix`: what is changed, what is left, and what is never touched.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::{TempDir, tempdir};

use crate::support::{Finished, TYPO, connect_policy, folder};

/// A stray space, certain to be fixed, beside a typo for which there are several names.
const MIXED: &str = "{\"Version\": \"2012-10-17\", \"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": [\"connect: ListUsers\", \
                     \"connect:DescribeUsr\"], \"Resource\": \"*\"}\n]}\n";
const STRAY: &str = "{\"Version\": \"2012-10-17\", \"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": [\"connect: ListUsers\"], \
                     \"Resource\": \"*\"}\n]}\n";

fn fix(folder: &TempDir, args: &[&str]) -> Finished {
    connect_policy(&[&["check", "--fix"], args].concat()).in_folder(folder).finish()
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_certain_fixes_are_made_and_the_rest_is_told() {
    let folder = folder(&[("a.json", MIXED), ("b.json", STRAY)]);
    let run = fix(&folder, &[]).exits_with(1);
    let first = run.output.lines().next().unwrap();
    assert!(
        first.starts_with("fixed a.json:2:") && first.ends_with("[malformed-action]: `connect: ListUsers` → `connect:ListUsers`"),
        "{first}"
    );
    assert!(run.output.contains(TYPO), "{}", run.output);
    assert!(run.output.ends_with("Checked 2 policies in 2 files: 1 warning; 2 fixed\n"), "{}", run.output);
    assert_eq!(read(folder.path().join("a.json")), MIXED.replace("connect: ", "connect:"));
    assert_eq!(read(folder.path().join("b.json")), STRAY.replace("connect: ", "connect:"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
}

#[test]
fn a_second_run_changes_nothing() {
    let folder = folder(&[("a.json", MIXED)]);
    fix(&folder, &[]);
    let (text, changed) = (read(folder.path().join("a.json")), fs::metadata(folder.path().join("a.json")).unwrap().modified().unwrap());
    let json = fix(&folder, &["--format", "json"]).exits_with(1).json();
    assert_eq!(json["fixed"], json!([]));
    assert_eq!(read(folder.path().join("a.json")), text);
    assert_eq!(fs::metadata(folder.path().join("a.json")).unwrap().modified().unwrap(), changed);
}

#[test]
fn programs_are_told_what_was_fixed() {
    let folder = folder(&[("a.json", STRAY)]);
    let json = fix(&folder, &["--format", "json"]).exits_with(0).json();
    let fixed = &json["fixed"][0];
    assert_eq!((&fixed["path"], &fixed["rule"], &fixed["line"]), (&json!("a.json"), &json!("malformed-action"), &json!(2)));
    assert!(fixed["title"].is_string() && fixed["column"].is_u64(), "{fixed}");
    assert_eq!((&fixed["old"], &fixed["new"]), (&json!("connect: ListUsers"), &json!("connect:ListUsers")));
    assert_eq!(json["findings"], json!([]));
}

#[test]
fn without_being_asked_nothing_is_changed() {
    let folder = folder(&[("a.json", STRAY)]);
    connect_policy(&["check"]).in_folder(&folder).finish().exits_with(1);
    assert_eq!(read(folder.path().join("a.json")), STRAY);
}

#[test]
fn what_could_not_be_read_whole_is_never_touched() {
    let folder = tempdir().unwrap();
    let contents = [("a.json", [STRAY.as_bytes(), b"\xff"].concat()), ("b.json", [STRAY.as_bytes(), b"\0"].concat())];
    for (name, content) in &contents {
        fs::write(folder.path().join(name), content).unwrap();
    }
    fix(&folder, &["a.json", "b.json"]).exits_with(2);
    for (name, content) in &contents {
        assert_eq!(&fs::read(folder.path().join(name)).unwrap(), content);
    }
}

#[test]
fn line_breaks_and_what_stands_around_stay() {
    let text = format!("\u{feff}{}", STRAY.replace('\n', "\r\n"));
    let folder = folder(&[("a.json", &text)]);
    fix(&folder, &[]).exits_with(0);
    assert_eq!(read(folder.path().join("a.json")), text.replace("connect: ", "connect:"));
}

#[test]
fn a_dry_run_shows_the_changes_and_writes_nothing() {
    let folder = folder(&[("a.json", STRAY), ("b/c.json", STRAY), ("d.json", "{}")]);
    for args in [&["check", "--diff"][..], &["check", "--fix", "--diff"]] {
        let run = connect_policy(args).in_folder(&folder).finish().exits_with(1);
        let lines: Vec<&str> = run.output.lines().collect();
        assert_eq!(lines[..3], ["--- a/a.json", "+++ b/a.json", "@@ -1,3 +1,3 @@"], "{run:?}");
        assert_eq!(
            (lines[4], lines[5]),
            (
                &*format!("-{}", STRAY.lines().nth(1).unwrap()),
                &*lines[4].replace("-", "+").replace("connect: ", "connect:").replace("2012+10+17", "2012-10-17")
            ),
            "{run:?}"
        );
        assert!(lines.contains(&"--- a/b/c.json") && !run.output.contains("d.json"), "{run:?}");
        assert_eq!(run.errors, "connect-policy: 2 safe fixes would be applied; to apply, run `connect-policy check --fix`\n");
        assert_eq!(read(folder.path().join("a.json")), STRAY);
    }
    assert_eq!(connect_policy(&["check", "--diff", "-q"]).in_folder(&folder).finish().exits_with(1).errors, "");
    let clean = connect_policy(&["check", "--diff", "d.json"]).in_folder(&folder).finish().exits_with(0);
    assert_eq!((clean.output.as_str(), clean.errors.as_str()), ("", "connect-policy: no safe fixes in 1 file\n"));
    // Findings without a safe fix do not change the exit code.
    let typo = connect_policy(&["check", "--diff", "-"]).input(crate::support::TYPO_POLICY).finish().exits_with(0);
    assert_eq!(typo.output, "");
    let input = connect_policy(&["check", "--diff", "-", "--stdin-filename", "x.json"]).input(STRAY).finish().exits_with(1);
    assert!(input.output.starts_with("--- a/x.json\n"), "{input:?}");
}

#[test]
fn the_changes_of_a_dry_run_can_be_applied() {
    if !crate::support::is_installed("git") {
        return;
    }
    let text = format!("\u{feff}{}", STRAY.replace('\n', "\r\n"));
    let folder = folder(&[("a.json", text.as_str()), ("b.json", STRAY.trim_end())]);
    let diff = connect_policy(&["check", "--diff"]).in_folder(&folder).finish().exits_with(1).output;
    fs::write(folder.path().join("fixes.patch"), diff).unwrap();
    let run = std::process::Command::new("git").args(["apply", "fixes.patch"]).current_dir(&folder).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    assert_eq!(read(folder.path().join("a.json")), text.replace("connect: ", "connect:"));
    assert_eq!(read(folder.path().join("b.json")), STRAY.trim_end().replace("connect: ", "connect:"));
}

#[test]
fn standard_input_cannot_be_fixed() {
    let run = connect_policy(&["check", "--fix", "-"]).input(STRAY).finish().exits_with(2);
    assert_eq!(run.errors, "connect-policy: --fix cannot be used with standard input; use --diff to print the changes\n");
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: impl AsRef<Path>) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn permissions_are_kept() {
        let folder = folder(&[("a.json", STRAY)]);
        for wanted in [0o600, 0o664, 0o755] {
            fs::write(folder.path().join("a.json"), STRAY).unwrap();
            fs::set_permissions(folder.path().join("a.json"), Permissions::from_mode(wanted)).unwrap();
            fix(&folder, &[]).exits_with(0);
            assert_eq!(mode(folder.path().join("a.json")), wanted);
        }
    }

    #[test]
    fn a_read_only_file_or_folder_is_told_and_left() {
        let folder = folder(&[("a.json", STRAY)]);
        let path = folder.path().join("a.json");
        fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
        let run = fix(&folder, &[]).exits_with(1);
        assert_eq!(run.errors, "connect-policy: cannot fix a.json: read-only\n");
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
        let run = fix(&folder, &[]).exits_with(1);
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        assert_eq!(run.errors, "connect-policy: cannot fix a.json: folder is read-only\n");
        assert_eq!((read(&path).as_str(), run.output.ends_with("Checked 1 policy in 1 file: 1 error\n")), (STRAY, true), "{}", run.output);
    }

    #[test]
    fn a_symlink_is_written_through() {
        let folder = folder(&[("real.json", STRAY)]);
        symlink("real.json", folder.path().join("link.json")).unwrap();
        let run = fix(&folder, &["link.json", "real.json"]).exits_with(0);
        assert_eq!(run.errors, "", "one file by two names is fixed once");
        assert!(fs::symlink_metadata(folder.path().join("link.json")).unwrap().is_symlink());
        assert_eq!(read(folder.path().join("real.json")), STRAY.replace("connect: ", "connect:"));
    }
}

#[test]
fn unsafe_fixes_are_applied_on_request() {
    let folder = folder(&[("a.json", MIXED)]);
    let run = connect_policy(&["check", "--fix", "--unsafe-fixes"]).in_folder(&folder).finish().exits_with(0);
    assert!(run.output.ends_with("Checked 1 policy in 1 file: no findings; 2 fixed\n"), "{}", run.output);
    assert_eq!(read(folder.path().join("a.json")), MIXED.replace("connect: ", "connect:").replace(TYPO, "connect:DescribeUser"));
    let alone = connect_policy(&["check", "--unsafe-fixes"]).in_folder(&folder).finish().exits_with(2);
    assert_eq!(alone.errors, "connect-policy: --unsafe-fixes requires --fix or --diff\n");
    let diff = connect_policy(&["check", "--diff", "--unsafe-fixes", "-"]).input(crate::support::TYPO_POLICY).finish().exits_with(1);
    assert!(diff.output.contains("+") && diff.output.contains("connect:DescribeUser"), "{diff:?}");
    assert_eq!(diff.errors, "connect-policy: 1 fix would be applied; to apply, run `connect-policy check --fix --unsafe-fixes`\n");
}

#[test]
fn a_name_that_is_a_guess_between_several_is_left() {
    let policy = crate::support::TYPO_POLICY.replace(TYPO, "connect:UpdateQueue");
    let folder = folder(&[("a.json", &policy)]);
    let json = connect_policy(&["check", "--fix", "--unsafe-fixes", "--format", "json"]).in_folder(&folder).finish().exits_with(1).json();
    assert_eq!(json["fixed"], json!([]));
    let finding = &json["findings"][0];
    assert_eq!(finding["suggestions"].as_array().unwrap().len(), 3);
    assert!(finding["fixes"].as_array().unwrap().iter().all(|fix| fix["applicability"] == "unsafe" && fix["certain"] == false));
}

#[test]
fn four_spellings_of_one_name_become_one_entry() {
    let yaml = "Type: AWS::Connect::SecurityProfile\nProperties:\n  SecurityProfileName: a\n  InstanceArn: b\n  Permissions:\n";
    let wrong = format!("{yaml}    - users.view\n    - UsersView\n    - User.View\n    - Users - View\n    - Queues.View\n");
    let folder = folder(&[("a.yaml", &wrong)]);
    fix(&folder, &["--level", "hint"]).exits_with(0);
    assert_eq!(read(folder.path().join("a.yaml")), format!("{yaml}    - Users.View\n    - Queues.View\n"));
}

#[test]
fn of_two_spellings_of_an_action_one_entry_stays() {
    let json = |list: &str| {
        format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Effect\": \"Allow\", \"Action\": [{list}], \"Resource\": \"*\"}}]}}\n")
    };
    let yaml = |list: &str| {
        format!(
            "Version: \"2012-10-17\"\nStatement:\n  - Effect: Allow\n    Action: &list [{list}]\n    Resource: \"*\"\n  - Effect: Deny\n    Action: *list\n    Resource: \"*\"\n"
        )
    };
    let terraform = |list: &str, other: &str| {
        format!(
            "locals {{\n  other = [{other}]\n}}\ndata \"aws_iam_policy_document\" \"a\" {{\n  statement {{\n    actions   = concat([{list}], local.other)\n    resources = [\"*\"]\n  }}\n}}\n"
        )
    };
    let right = r#""connect:ListUsers", "connect:ListPrompts""#;
    for spellings in ["\"connect:listusers\", \"connect:ListUsers\"", "\"connect:ListUsers\", \"connect:listusers\", \"CONNECT:LISTUSERS\""]
    {
        let wrong = format!("{spellings}, \"connect:ListPrompts\"");
        let folder = folder(&[("a.json", &json(&wrong)), ("b.yaml", &yaml(&wrong))]);
        fix(&folder, &["--level", "hint", "--unsafe-fixes"]);
        assert_eq!(read(folder.path().join("a.json")), json(right));
        assert_eq!(read(folder.path().join("b.yaml")), yaml(right));
    }
    let folder = folder(&[("c.tf", &terraform(r#""connect:listusers", "connect:ListPrompts""#, r#""connect:ListUsers""#))]);
    fix(&folder, &["--level", "hint", "--unsafe-fixes"]);
    assert_eq!(read(folder.path().join("c.tf")), terraform(right, ""));
}

#[test]
fn an_action_added_beside_branches_and_references_settles_its_finding() {
    let yaml = |statements: &str| format!("Version: \"2012-10-17\"\nStatement:\n{statements}");
    let of = |resource: &str| format!("  - Effect: Allow\n    Action: connect:ListInstances\n    Resource: {resource}\n");
    let added = "  - Effect: Allow\n    Action: ds:DescribeDirectories\n    Resource: '*'\n";
    let branch = "  - !If [C, {Effect: Allow, Action: [\"connect:GetF*\"], Resource: \"*\"}, !Ref AWS::NoValue]\n";
    let folder = folder(&[("a.yaml", &yaml(&of("!GetAtt Inst.Arn"))), ("b.yaml", &yaml(branch))]);
    let run = fix(&folder, &["--level", "hint", "--unsafe-fixes"]);
    assert!(!run.errors.contains("internal error"), "{run:?}");
    assert_eq!(read(folder.path().join("a.yaml")), yaml(&(of("!GetAtt Inst.Arn") + added)));
    assert_eq!(read(folder.path().join("b.yaml")), yaml(branch));
}
