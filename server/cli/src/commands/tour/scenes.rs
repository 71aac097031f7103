//! The five scenes of the tour.

use std::io;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::Severity;
use connect_policy_ide::report::Report;
use connect_policy_project::{ConfigStore, FaultInjection, Files, MemoryFiles, Project, Settings};
use serde_json::Value;

use crate::commands::tour::editor::Editor;
use crate::commands::tour::examples::{Example, LISTS, LISTS_USED, POLICY, TERRAFORM, edited, inserted, position};
use crate::commands::tour::page::Page;

/// A misspelled action and its fix.
pub(crate) fn typo(page: &mut Page, editor: &mut Editor) -> io::Result<()> {
    page.scene("1. A typo that AWS accepts", "IAM accepts a misspelled action without an error. Requests then fail with AccessDenied.");
    editor.open(&TERRAFORM.uri(), TERRAFORM.language, TERRAFORM.text)?;
    let finding = finding(editor, &TERRAFORM, "unknown-action")?;
    let fix = editor.fix(&TERRAFORM.uri(), &finding)?.ok_or_else(|| io::Error::other("the fix for the typo was not found"))?;
    show_finding(page, &TERRAFORM, &finding);
    let edits = fix.pointer("/edit/changes").and_then(|changes| changes.get(TERRAFORM.uri())).and_then(Value::as_array);
    let fixed = edits.into_iter().flatten().fold(TERRAFORM.text.to_owned(), |text, edit| edited(&text, edit));
    page.shown("Quick fix:", fixed.lines().nth(line_of(&finding) - 1).unwrap_or("").trim());
    editor.close(&TERRAFORM.uri())
}

/// The words of the console, completed to names.
pub(crate) fn label(page: &mut Page, editor: &mut Editor) -> io::Result<()> {
    page.scene(
        "2. A console label becomes an API name",
        "The console shows \"Quick connects\", the API uses \"TransferDestinations\". Type the label.",
    );
    let typed = "\"quick conn";
    let offered = complete(editor, &TERRAFORM, "\"ManagerListenIn\",", typed)?;
    page.shown("Typed:", typed);
    for (index, item) in offered.iter().take(4).enumerate() {
        let offer = format!("{:32}{}", text_of(item, "/label"), text_of(item, "/labelDetails/description"));
        page.shown(if index == 0 { "Offered:" } else { "" }, &offer);
    }
    if offered.is_empty() { Err(io::Error::other("nothing was offered for a label")) } else { Ok(()) }
}

/// All actions of a console task at once.
pub(crate) fn task(page: &mut Page, editor: &mut Editor) -> io::Result<()> {
    page.scene(
        "3. A console task in one step",
        "Many console tasks require actions of several services. One completion inserts all of them.",
    );
    let typed = "\"edit approved";
    let offered = complete(editor, &POLICY, "\"connect:UpdateQueueStatus\"", typed)?;
    let is_task = |item: &&Value| {
        let label = text_of(item, "/label");
        label.starts_with("Edit ") && label.contains("(console task")
    };
    let item = offered.iter().find(is_task).ok_or_else(|| io::Error::other("the console task was not offered"))?;
    let new_text = text_of(item, "/textEdit/newText");
    let names: Vec<&str> = new_text.lines().map(|line| line.trim().trim_matches([',', '"'])).collect();
    page.shown("Typed:", typed);
    page.shown("Offered:", &text_of(item, "/label"));
    page.shown("Inserted:", &names.join(", "));
    Ok(())
}

/// An escalation that is only visible in two files together.
pub(crate) fn escalation(page: &mut Page, editor: &mut Editor) -> io::Result<()> {
    page.scene(
        "4. A privilege escalation in Terraform",
        "Users who can create users can create administrators. The policy and its list are in two files.",
    );
    for example in [LISTS_USED, LISTS] {
        editor.open(&example.uri(), example.language, example.text)?;
    }
    let finding = finding(editor, &LISTS, "privilege-escalation")?;
    show_finding(page, &LISTS, &finding);
    let used = finding.pointer("/relatedInformation/0/location").ok_or_else(|| io::Error::other("the use of the list was not found"))?;
    let line = line_of(used);
    page.shown("Used in:", &format!("{}:{line}: {}", LISTS_USED.name, LISTS_USED.line(line)));
    Ok(())
}

/// What a change grants, for its reviewer.
pub(crate) fn change(page: &mut Page) -> io::Result<()> {
    page.scene(
        "5. What a change grants",
        "A change adds one line. The report shows what it allows, and can fail a build that adds a risk.",
    );
    let added = "\n        \"connect:UpdateUserSecurityProfiles\",";
    let after = inserted(POLICY.text, POLICY.behind("\"connect:ListInstances\",")?, added);
    let change = report(&after)?.since(&report(POLICY.text)?);
    let changed = change.policies.first().ok_or_else(|| io::Error::other("the change was not found"))?;
    page.shown("Changed:", &format!("{}: + {}", changed.path, added.trim()));
    page.shown("Granted:", &changed.given.join(", "));
    for risk in &changed.risks_added {
        page.shown("Risk:", &format!("{}: {}", risk.severity, risk.message));
    }
    if changed.risks_added.is_empty() { Err(io::Error::other("the risk of the change was not found")) } else { Ok(()) }
}

/// What the policy grants with another text.
fn report(text: &str) -> io::Result<Report> {
    let files: Arc<dyn Files> = Arc::new(MemoryFiles::default());
    let project = Project {
        configs: Arc::new(ConfigStore::below(Arc::clone(&files), Vec::new())),
        files,
        builtin: Arc::new(Catalog::builtin()),
        settings: Settings::at_level(Severity::Hint),
        faults: FaultInjection::default(),
    };
    let mut report = Report::default();
    for part in project.reports(&[&(POLICY.name.to_owned(), Arc::from(text))]).map_err(io::Error::other)? {
        report.add(POLICY.name, part);
    }
    Ok(report)
}

/// The first finding of a rule in an open example.
fn finding(editor: &mut Editor, example: &Example, rule: &str) -> io::Result<Value> {
    let findings = editor.diagnostics(&example.uri())?;
    let found = findings.into_iter().find(|finding| text_of(finding, "/code") == rule);
    found.ok_or_else(|| io::Error::other(format!("{rule} was not found in {}", example.name)))
}

/// Types something on a line of its own behind the last occurrence of a text, and gives what an editor offers.
fn complete(editor: &mut Editor, example: &Example, behind: &str, typed: &str) -> io::Result<Vec<Value>> {
    let offset = example.behind(behind)?;
    let comma = if behind.ends_with(',') { "" } else { "," };
    let line = example.text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let indent: String = example.text[line..].chars().take_while(|letter| *letter == ' ').collect();
    let insertion = format!("{comma}\n{indent}{typed}");
    let text = inserted(example.text, offset, &insertion);
    let cursor = offset + insertion.len();
    editor.open(&example.uri(), example.language, &text)?;
    let mut offered = editor.complete(&example.uri(), position(&text, cursor))?;
    offered.retain(|item| is_shown(item, &text, cursor));
    editor.close(&example.uri())?;
    Ok(offered)
}

/// Whether an editor still shows an item: what is typed already begins it, in any letter case.
fn is_shown(item: &Value, text: &str, cursor: usize) -> bool {
    let line_start = text[..cursor].rfind('\n').map_or(0, |end| end + 1);
    let column = item.pointer("/textEdit/range/start/character").and_then(Value::as_u64).unwrap_or(0);
    let start = line_start + usize::try_from(column).unwrap_or(0);
    let typed = text.get(start..cursor).unwrap_or("").to_lowercase();
    let matched = item.get("filterText").or_else(|| item.get("label")).and_then(Value::as_str).unwrap_or("");
    matched.to_lowercase().starts_with(&typed)
}

fn show_finding(page: &mut Page, example: &Example, finding: &Value) {
    let line = line_of(finding);
    page.shown("File:", &format!("{}:{line}: {}", example.name, example.line(line)));
    page.shown("Finding:", &text_of(finding, "/message"));
}

/// The line of a place, from 1.
fn line_of(place: &Value) -> usize {
    let line = place.pointer("/range/start/line").and_then(Value::as_u64).unwrap_or(0);
    usize::try_from(line).unwrap_or(0) + 1
}

fn text_of(value: &Value, path: &str) -> String {
    value.pointer(path).and_then(Value::as_str).unwrap_or("").to_owned()
}
