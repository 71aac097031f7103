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
        "- Edit approved origins: missing `connect:DisassociateApprovedOrigin`",
        "| | `Agents` | `Leads` |",
        "| `Users` | V E! | V |",
        "[risky-permission]",
        "They are reported separately.",
        "No policy in this report allows these actions:",
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
    assert!(report(&empty, &[]).exits_with(0).output.contains("No Amazon Connect policies or security profiles found."));
    let page = report(&empty, &["--format", "html"]).exits_with(0).output;
    assert!(page.contains("No Amazon Connect policies or security profiles found"));
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
        "Compared with `HEAD`. **1 risk at level warning or error added.**",
        "- Risk added: **warning** `privilege-escalation`: `connect:UpdateUserSecurityProfiles`",
        "- 2 actions added: `connect:DisassociateApprovedOrigin`, `connect:UpdateUserSecurityProfiles`",
        "### `new.json` (new)",
        "- 2 actions added: `connect:ListPhoneNumbers`, `connect:ListPhoneNumbersV2`",
        "### `gone.json` (removed)",
        "- 1 action removed: `connect:ListUsers`",
        "### `Agents`",
        "- 1 permission added: `Queues.View`",
        "- 1 permission removed: `Users.View`",
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
    assert!(run.output.contains("No changes in granted access."), "{}", run.output);
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
    assert!(run.output.contains("- 1 action added: `connect:AdminGetEmergencyAccessToken`"), "{}", run.output);
    assert!(run.output.contains("`credential-exposure`"), "{}", run.output);
    report(&folder, &["old.json", "--against", "new.json", "--fail-on-escalation"]).exits_with(0);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = folder(&[("p.json", policy(&["connect:ListUsers"]))]);
    if is_installed("git") {
        let run = report(&folder, &["--against", "HEAD"]).exits_with(2);
        assert!(run.errors.contains("not a git repository") || run.errors.contains("not a path or git revision"), "{run:?}");
        git(folder.path(), &["init", "-q"]);
        let run = report(&folder, &["--against", "no-such-branch"]).exits_with(2);
        assert_eq!(run.errors, "connect-policy: `no-such-branch` is not a path or git revision\n");
        let run = report(&folder, &["--against=--help"]).exits_with(2);
        assert_eq!(run.errors, "connect-policy: `--help` is not a path or git revision\n");
    }
    let run = report(&folder, &["--against", "p.json", "--format", "html"]).exits_with(2);
    assert!(run.errors.contains("supports `md` and `json` only"), "{run:?}");
    report(&folder, &["--fail-on-escalation"]).exits_with(2);
    report(&folder, &["no-such-file.json"]).exits_with(2);
}

#[test]
fn the_report_opens_with_the_risks_and_the_worst_comes_first() {
    let folder = folder(&[
        ("a-reader.json", policy(&["connect:ListUsers"])),
        ("b-data.json", policy(&["connect:DescribeContact"])),
        ("c-admin.json", policy(&["connect:*"])),
        ("agents.json", profile("Agents", &["BasicAgentAccess"])),
        ("leads.json", profile("Leads", &["Users.View", "Users.Edit"])),
    ]);
    let text = report(&folder, &[]).exits_with(0).output;
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is missing:\n{text}"));
    assert!(place("## Risks") < place("## Security profiles") && place("## Security profiles") < place("## Policies"));
    assert!(place("## Policies") < place("## Security profile details"));
    assert!(place("| | Full access |") < place("| policy `c-admin.json` | [1 warning](#policy-3) |"), "{text}");
    assert!(place("| policy `c-admin.json`") < place("| policy `b-data.json`"));
    assert!(text.contains("| profile `Leads` |") && !text.contains("| profile `Agents` |"), "{text}");
    assert!(text.contains("No risks found in 1 policy and 1 security profile."), "{text}");
    // The links lead somewhere, and the details are in the same order.
    for anchor in ["policy-3", "profile-2"] {
        assert!(text.contains(&format!("(#{anchor})")) && text.contains(&format!("<a id=\"{anchor}\"></a>")), "{text}");
    }
    assert!(place("</a>`c-admin.json`") < place("</a>`b-data.json`") && place("</a>`b-data.json`") < place("</a>`a-reader.json`"));
    assert!(place("</a>`Leads`") < place("</a>`Agents`"));

    let page = report(&folder, &["--format", "html"]).exits_with(0).output;
    assert!(page.contains("href=\"#policy-3\"") && page.contains("<article data-filter id=\"policy-3\">"), "{page}");
    assert!(page.find("<h2>Risks</h2>") < page.find("<h2>Security profiles</h2>"));

    let json = report(&folder, &["--format", "json"]).exits_with(0).json();
    assert_eq!(json["overview"]["classes"][0], "full-access");
    let first = json!({"kind": "policy", "index": 2, "risks": {"full-access": {"count": 1, "severity": "warning"}}});
    assert_eq!(json["overview"]["rows"][0], first);
}

#[test]
fn without_risks_the_report_says_so() {
    let folder = folder(&[("a.json", policy(&["connect:ListUsers"])), ("b.json", profile("Agents", &["BasicAgentAccess"]))]);
    let text = report(&folder, &[]).exits_with(0).output;
    assert!(text.contains("## Risks\n\nNo risks found in 1 policy and 1 security profile.\n"), "{text}");
}

#[test]
fn a_task_counts_as_granted_only_if_its_page_can_be_opened() {
    let edit = ["connect:AssociateApprovedOrigin", "connect:DisassociateApprovedOrigin", "connect:ListApprovedOrigins"];
    let folder = folder(&[
        ("reads.json", policy(&["connect:DescribeInstance"])),
        ("edits.json", policy(&edit)),
        ("edits-too.json", policy(&[&edit[..], &["connect:ListUsers"]].concat())),
        ("all.json", policy(&["connect:*", "ds:DescribeDirectories"])),
    ]);
    let text = report(&folder, &[]).exits_with(0).output;
    let part = |name: &str| {
        let start = text.find(&format!("</a>`{name}`")).unwrap();
        text[start..].split("\n### ").next().unwrap().split("\n[1] ").next().unwrap().to_owned()
    };
    assert!(!part("reads.json").contains("View telephony options"), "{text}");
    assert!(part("edits.json").contains("page cannot be opened:\n\n- Application integration: Edit approved origins [1]"), "{text}");
    assert!(part("all.json").contains("View telephony options") && !part("all.json").contains("cannot be opened"), "{text}");
    // One note for both policies.
    assert_eq!(text.matches("To open the page, also allow").count(), 1, "{text}");
    let json = report(&folder, &["--format", "json"]).exits_with(0).json();
    let edits = json["policies"].as_array().unwrap().iter().find(|one| one["path"] == "edits.json").unwrap();
    assert_eq!((&edits["tasks"], &edits["hidden"][0]["title"]), (&json!([]), &json!("Edit approved origins")));
    assert!(!edits["hidden"][0]["lacksToSee"].as_array().unwrap().is_empty());
    let page = report(&folder, &["--format", "html"]).exits_with(0).output;
    assert_eq!(page.matches("To open the page, also allow").count(), 1, "{page}");
    assert!(page.contains("<a href=\"#note-1\">1</a>") && page.contains("id=\"note-1\""), "{page}");
}

#[test]
fn profiles_of_one_name_are_told_apart_and_unknown_ones_are_not_empty() {
    let folder = folder(&[
        ("east.json", profile("Agents", &["Users.View"])),
        ("west.json", profile("Agents", &["Users.Edit"])),
        ("leads.json", profile("Leads", &["Usr.Veiw", "Frob.Nicate"])),
    ]);
    let text = report(&folder, &[]).exits_with(0).output;
    assert!(text.contains("| | `Agents (east.json)` | `Leads` | `Agents (west.json)` |"), "{text}");
    assert!(text.contains("`leads.json:1` · all 2 permissions are unknown"), "{text}");
    assert!(text.contains("Unknown permissions: `Usr.Veiw`, `Frob.Nicate`"), "{text}");
    let page = report(&folder, &["--format", "html"]).exits_with(0).output;
    // A heading may be broken between words only.
    assert!(page.contains("<th scope=\"col\">Agents (east.<wbr>json)</th>"), "{page}");
    assert!(page.contains("thead th, th:first-child { overflow-wrap: normal; }"), "{page}");
    let json = report(&folder, &["--format", "json"]).exits_with(0).json();
    assert_eq!((&json["profiles"][0]["name"], &json["profiles"][0]["label"]), (&json!("Agents"), &json!("Agents (east.json)")));
}

#[test]
fn a_quiet_report_does_not_mention_skipped_files() {
    let folder = folder(&[("a.json", policy(&["connect:ListUsers"])), ("b.json", "\0".to_owned())]);
    assert_eq!(report(&folder, &[]).exits_with(0).errors, "connect-policy: skipped b.json: binary\n");
    let run = report(&folder, &["--quiet"]).exits_with(0);
    assert_eq!(run.errors, "");
    assert!(run.output.contains("## Skipped files\n\n- `b.json`: binary\n"), "{run:?}");
}
