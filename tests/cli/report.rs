//! `connect-policy report`: who may do what, and what a change of it gives and takes away.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{Finished, connect_policy, folder, is_installed, tests_folder};

/// A policy that allows these actions on everything.
fn policy(actions: &[&str]) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}).to_string()
}

/// A profile of this name with these permissions, as a request of the API has it.
fn profile(name: &str, permissions: &[&str]) -> String {
    json!({"SecurityProfileName": name, "Permissions": permissions}).to_string()
}

fn report(folder: impl AsRef<Path>, arguments: &[&str]) -> Finished {
    connect_policy(&[&["report"], arguments].concat()).in_folder(folder).finish()
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
    let run = Command::new("git").args(identity).args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    assert!(run.status.success(), "{run:?}");
}

const ORIGINS: [&str; 2] = ["connect:AssociateApprovedOrigin", "connect:ListApprovedOrigins"];

#[test]
fn a_folder_is_told_in_markdown() {
    let folder = folder(&[
        ("origins.json", policy(&ORIGINS)),
        ("agents.json", profile("Agents", &["BasicAgentAccess", "Users.View", "Users.Edit"])),
        ("leads.json", profile("Leads", &["Users.View"])),
    ]);
    let run = report(&folder, &[]).exits_with(0);
    assert_eq!(run.errors, "");
    for part in [
        "1 policy, 2 security profiles.",
        "- Edit approved origins: lacks `connect:DisassociateApprovedOrigin`",
        "| | `Agents` | `Leads` |",
        "| `Users` | V E! | V |",
        "[risky-permission]",
        "No source links one to the other",
        "no statement grants `connect:DisassociateApprovedOrigin`",
    ] {
        assert!(run.output.contains(part), "{part} is missing:\n{}", run.output);
    }
}

#[test]
fn the_shipped_examples_are_told_for_programs() {
    let root = tests_folder().join("examples");
    let told = report(&root, &["--format", "json"]).exits_with(0).json();
    let names = |list: &str| told[list].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(names("policies").iter().any(|name| name.contains("aws_iam_policy_document")), "{:?}", names("policies"));
    let profiles = told["profiles"].as_array().unwrap();
    assert!(profiles.len() > 2);
    for row in told["matrix"]["rows"].as_array().unwrap() {
        assert_eq!(row["cells"].as_array().map(Vec::len), Some(profiles.len()), "{row}");
    }
}

#[test]
fn names_of_documents_cannot_break_out_of_the_page() {
    // Some systems take no `<` in a name.
    const NAME: &str = if cfg!(windows) { "'&svg onload=x'.json" } else { "<svg onload=x>.json" };
    const HOSTILE: &str = "<script>alert(1)</script>\" onmouseover='x' `|` @all </code>";
    let folder = folder(&[
        ("p.json", profile(HOSTILE, &["Users.View", "<img src=x onerror=alert(1)>"])),
        ("q.json", policy(&["connect:ListUsers", "connect:<b>"])),
        (NAME, policy(&["connect:*"])),
    ]);
    let page = report(&folder, &["--format", "html"]).exits_with(0).output;
    for tag in ["<script>alert", "<img", "<svg", "<b>\"", "</code>\"", "onmouseover='x' `|` @all </code>"] {
        assert!(!page.contains(tag), "{tag} in\n{page}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;"), "{page}");
    assert_eq!(page.matches("<script>").count(), 1);
    let text = report(&folder, &[]).exits_with(0).output;
    // In Markdown it is code, and no cell of a table ends in it.
    assert!(text.contains("| | ``<script>alert(1)</script>\" onmouseover='x' `\\|` @all </code>`` |"), "{text}");
}

#[test]
fn the_page_needs_nothing_else_and_is_readable_without_script() {
    let folder = folder(&[("agents.json", profile("Agents", &["Users.View", "Users.Edit"])), ("p.json", policy(&["connect:*"]))]);
    let page = report(&folder, &["--format", "html"]).exits_with(0).output;
    assert!(page.starts_with("<!DOCTYPE html>"));
    for outside in ["<link", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'") && page.contains("prefers-color-scheme: dark") && page.contains("width=device-width"));
    // The filter shows itself by script; the rest is there from the start.
    assert!(page.contains("<p class=\"filter\" hidden>"), "{page}");
    assert!(page.contains("title=\"Users.Edit\">E!</span>"), "{page}");
}

#[test]
fn a_folder_without_policies_is_told_as_such() {
    let empty = folder(&[("a.json", "{}".to_owned())]);
    assert!(report(&empty, &[]).exits_with(0).output.contains("0 policies, 0 security profiles."));
    let page = report(&empty, &["--format", "html"]).exits_with(0).output;
    assert!(page.contains("There is no policy about Amazon Connect here"));
}

#[test]
fn a_change_since_a_revision_is_told_for_a_reviewer() {
    if !is_installed("git") {
        return;
    }
    let folder = folder(&[
        ("p.json", policy(&ORIGINS)),
        ("agents.json", profile("Agents", &["Users.View"])),
        ("gone.json", policy(&["connect:ListUsers"])),
        ("same.json", policy(&["connect:ListQueues"])),
    ]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "a"]);
    let more = [
        "connect:AssociateApprovedOrigin",
        "connect:DisassociateApprovedOrigin",
        "connect:ListApprovedOrigins",
        "connect:UpdateUserSecurityProfiles",
    ];
    fs::write(folder.path().join("p.json"), policy(&more)).unwrap();
    fs::write(folder.path().join("agents.json"), profile("Agents", &["Queues.View"])).unwrap();
    fs::remove_file(folder.path().join("gone.json")).unwrap();
    fs::write(folder.path().join("new.json"), policy(&["connect:ListPhone*"])).unwrap();

    let run = report(&folder, &["--against", "HEAD"]).exits_with(0);
    for part in [
        "Compared with `HEAD`. **1 risk at warning or above added.**",
        "- Risk added: **warning** `privilege-escalation`: `connect:UpdateUserSecurityProfiles`",
        "- Console tasks granted: Edit approved origins",
        "- 2 actions granted: `connect:DisassociateApprovedOrigin`, `connect:UpdateUserSecurityProfiles`",
        "### `new.json` (new)",
        "- 2 actions granted: `connect:ListPhoneNumbers`, `connect:ListPhoneNumbersV2`",
        "### `gone.json` (gone)",
        "- 1 action taken away: `connect:ListUsers`",
        "### `Agents`",
        "- 1 permission granted: `Queues.View`",
        "- 1 permission taken away: `Users.View`",
    ] {
        assert!(run.output.contains(part), "{part} is missing:\n{}", run.output);
    }
    assert!(!run.output.contains("same.json"), "{}", run.output);

    report(&folder, &["--against", "HEAD", "--fail-on-escalation"]).exits_with(1);
    let told = report(&folder, &["--against", "HEAD", "--format", "json"]).exits_with(0).json();
    assert_eq!(told["escalations"], 1);
    // Committed, nothing is left to tell.
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "b"]);
    let run = report(&folder, &["--against", "HEAD", "--fail-on-escalation"]).exits_with(0);
    assert!(run.output.contains("Nothing: policies and security profiles grant what they granted."), "{}", run.output);
}

#[test]
fn a_folder_inside_of_a_repository_is_compared_alone() {
    if !is_installed("git") {
        return;
    }
    let folder = folder(&[("p.json", policy(&["connect:ListUsers"]))]);
    fs::create_dir(folder.path().join("infra")).unwrap();
    fs::write(folder.path().join("infra/q.json"), policy(&["connect:ListUsers"])).unwrap();
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "a"]);
    for name in ["p.json", "infra/q.json"] {
        fs::write(folder.path().join(name), policy(&["connect:ListQueues"])).unwrap();
    }
    let paths =
        |told: Value| told["policies"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let json = ["--against", "HEAD", "--format", "json"];
    let whole = report(&folder, &json).json();
    assert_eq!(paths(whole.clone()), ["infra/q.json", "p.json"]);
    assert_eq!(whole["policies"][0]["names"], json!({"given": ["connect:ListQueues"], "taken": ["connect:ListUsers"]}));
    let above = report(&folder, &[&["infra"], json.as_slice()].concat()).json();
    assert_eq!(paths(above), ["infra/q.json"]);
    let inside = report(folder.path().join("infra"), &json).json();
    assert_eq!(paths(inside.clone()), ["q.json"]);
    assert_eq!(inside["policies"][0]["new"], false);
}

#[test]
fn two_paths_are_compared_whatever_they_are_called() {
    let folder = folder(&[
        ("old.json", policy(&["connect:List*"])),
        ("new.json", policy(&["connect:List*", "connect:AdminGetEmergencyAccessToken"])),
    ]);
    let run = report(&folder, &["new.json", "--against", "old.json", "--fail-on-escalation"]).exits_with(1);
    assert!(run.output.contains("- 1 action granted: `connect:AdminGetEmergencyAccessToken`"), "{}", run.output);
    assert!(run.output.contains("`credential-exposure`"), "{}", run.output);
    report(&folder, &["old.json", "--against", "new.json", "--fail-on-escalation"]).exits_with(0);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = folder(&[("p.json", policy(&["connect:ListUsers"]))]);
    if is_installed("git") {
        let run = report(&folder, &["--against", "HEAD"]).exits_with(2);
        assert!(run.errors.contains("not a git repository") || run.errors.contains("neither a path nor a revision"), "{run:?}");
        git(folder.path(), &["init", "-q"]);
        let run = report(&folder, &["--against", "no-such-branch"]).exits_with(2);
        assert_eq!(run.errors, "connect-policy: `no-such-branch` is neither a path nor a revision that git knows here\n");
        let run = report(&folder, &["--against=--help"]).exits_with(2);
        assert_eq!(run.errors, "connect-policy: `--help` is neither a path nor a revision that git knows here\n");
    }
    let run = report(&folder, &["--against", "p.json", "--format", "html"]).exits_with(2);
    assert!(run.errors.contains("as md or json"), "{run:?}");
    report(&folder, &["--fail-on-escalation"]).exits_with(2);
    report(&folder, &["no-such-file.json"]).exits_with(2);
}
