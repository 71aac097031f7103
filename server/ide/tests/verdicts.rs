//! The verdicts on single names, statements and files: reads `tests/verdicts/*.md`, whose form the README there describes.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::{Catalog, ManagedEffect};
use connect_policy_ide::{Analysis, Applicability, Finding, Severity};
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::fenced_blocks;

/// How the first cell of a table's rows is read.
#[derive(Clone, Copy, Debug)]
enum Subject {
    Action,
    DeniedAction,
    Permission,
    Statement,
    Policy,
    File,
    ManagedPolicy,
    DefaultProfile,
}

impl Subject {
    /// Whether only errors and warnings are listed, because AWS wrote the text.
    fn is_by_aws(self) -> bool {
        matches!(self, Subject::ManagedPolicy | Subject::DefaultProfile)
    }
}

/// A text and the findings that it must have.
#[derive(Debug)]
struct Case {
    line: usize,
    subject: Subject,
    text: String,
    findings: Vec<Row>,
}

/// A finding as a row of a table describes it.
#[derive(Debug)]
struct Row {
    rule: String,
    level: String,
    suggestion: String,
    applicability: String,
    message: String,
}

fn subject(title: &str) -> Option<Subject> {
    Some(match title {
        "action" => Subject::Action,
        "denied action" => Subject::DeniedAction,
        "permission" => Subject::Permission,
        "statement" => Subject::Statement,
        "policy" => Subject::Policy,
        "file" => Subject::File,
        "managed policy" => Subject::ManagedPolicy,
        "default profile" => Subject::DefaultProfile,
        _ => return None,
    })
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.replace("\\|", "\0").split('|').map(|cell| cell.trim().replace('\0', "|")).collect())
}

fn is_separator(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|letter| matches!(letter, '-' | ':')))
}

/// The cases of a page, in order.
fn read(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut table: Option<(Subject, Vec<String>)> = None;
    let mut is_fenced = false;
    for (index, line) in page.lines().enumerate() {
        is_fenced ^= line.starts_with("```");
        let Some(row) = cells(line).filter(|_| !is_fenced) else {
            table = None;
            continue;
        };
        let Some((subject, titles)) = &table else {
            let kind = subject(&row[0]).unwrap_or_else(|| panic!("line {}: unknown kind of table `{}`", index + 1, row[0]));
            table = Some((kind, row));
            continue;
        };
        if is_separator(&row) {
            continue;
        }
        assert_eq!(row.len(), titles.len(), "line {}: as many cells as titles", index + 1);
        let cell = |title: &str| titles.iter().position(|known| known == title).map_or("", |at| row[at].as_str());
        if !row[0].is_empty() {
            let text = row[0].trim_matches('`').to_owned();
            cases.push(Case { line: index + 1, subject: *subject, text, findings: Vec::new() });
        }
        let case = cases.last_mut().unwrap_or_else(|| panic!("line {}: the first row has a text", index + 1));
        if cell("rule") == "-" {
            assert!(cell("level").is_empty(), "line {}: a text without findings has no level", index + 1);
        } else {
            case.findings.push(Row {
                rule: cell("rule").trim_matches('`').to_owned(),
                level: cell("level").to_owned(),
                suggestion: cell("first suggestion").to_owned(),
                applicability: cell("applicability").to_owned(),
                message: cell("message").to_owned(),
            });
        }
    }
    cases
}

/// The document of a case, with its name.
fn document(case: &Case, files: &HashMap<&str, &str>) -> (String, String) {
    let quoted = serde_json::Value::from(case.text.as_str()).to_string();
    // The other statement makes the policy one about Amazon Connect, whatever the entry is.
    let other = r#"{"Effect": "Allow", "Action": "connect:ListQueues", "Resource": "*"}"#;
    let statement = |effect: &str| format!(r#"{other}, {{"Effect": "{effect}", "Action": {quoted}, "Resource": "*"}}"#);
    let policy = |statements: &str| format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    let text = match case.subject {
        Subject::Action => policy(&statement("Allow")),
        Subject::DeniedAction => policy(&statement("Deny")),
        Subject::Permission => format!(r#"{{"SecurityProfileName": "Verdicts", "Permissions": [{quoted}]}}"#),
        Subject::Statement => policy(&case.text),
        Subject::Policy => case.text.clone(),
        Subject::ManagedPolicy => managed_policy(&case.text).unwrap_or_else(|| panic!("line {}: no policy of this name", case.line)),
        Subject::DefaultProfile => default_profile(&case.text).unwrap_or_else(|| panic!("line {}: no profile of this name", case.line)),
        Subject::File => {
            let text = files.get(case.text.as_str());
            return (case.text.clone(), (*text.unwrap_or_else(|| panic!("line {}: no block of this name", case.line))).to_owned());
        }
    };
    ("policy.json".to_owned(), text)
}

/// One of AWS's own policies, as the catalog has it.
fn managed_policy(name: &str) -> Option<String> {
    let catalog = Catalog::builtin();
    let policy = catalog.managed_policies().iter().find(|policy| policy.name == name)?;
    let statements = policy.statements.iter().map(|statement| {
        let mut written = serde_json::Map::new();
        let effect = if statement.effect == ManagedEffect::Allow { "Allow" } else { "Deny" };
        written.insert("Effect".to_owned(), effect.into());
        for (key, entries) in [
            ("Action", &statement.actions),
            ("NotAction", &statement.not_actions),
            ("Resource", &statement.resources),
            ("NotResource", &statement.not_resources),
        ] {
            if !entries.is_empty() {
                written.insert(key.to_owned(), entries.clone().into());
            }
        }
        if !statement.conditions.is_empty() {
            written.insert("Condition".to_owned(), serde_json::to_value(&statement.conditions).expect("JSON"));
        }
        serde_json::Value::Object(written)
    });
    let statements: Vec<serde_json::Value> = statements.collect();
    Some(serde_json::json!({"Version": "2012-10-17", "Statement": statements}).to_string())
}

/// A default security profile as it was observed, by name and observation: `Admin (export-2026)`.
fn default_profile(name: &str) -> Option<String> {
    let catalog = Catalog::builtin();
    let profile = catalog.observed_profiles().iter().find(|profile| format!("{} ({})", profile.profile, profile.variant) == name)?;
    Some(serde_json::json!({"SecurityProfileName": profile.profile, "Permissions": profile.permissions}).to_string())
}

/// What the first fix writes, in backticks as a table has it; blank without fixes.
fn suggestion(finding: &Finding) -> String {
    let Some(fix) = finding.fixes.first() else { return String::new() };
    let mut parts = fix.title.rsplit('`');
    parts.next();
    parts.next().map_or(fix.title.clone(), |name| format!("`{name}`"))
}

fn applicability(finding: &Finding) -> &'static str {
    match finding.fixes.first().map(|fix| fix.applicability) {
        Some(Applicability::Safe) => "safe",
        Some(Applicability::Unsafe) => "unsafe",
        Some(Applicability::DisplayOnly) => "display-only",
        None => "",
    }
}

/// How a finding differs from its row; blank if it does not.
fn difference(finding: &Finding, row: &Row) -> String {
    let mut out = String::new();
    let mut compare = |what: &str, found: &str, wanted: &str| {
        if found != wanted {
            let _ = writeln!(out, "    {what} is {found:?}, wanted {wanted:?}: {}", finding.message);
        }
    };
    compare("rule", finding.rule, &row.rule);
    compare("level", finding.severity.name(), &row.level);
    let found = suggestion(finding);
    let is_in_message = found.is_empty() && !row.suggestion.is_empty() && finding.message.contains(&row.suggestion);
    if row.suggestion != "any" && !is_in_message {
        compare("suggestion", &found, &row.suggestion);
    }
    if !row.applicability.is_empty() {
        compare("applicability", applicability(finding), &row.applicability);
    }
    if !finding.message.replace('`', "").contains(&row.message) {
        compare("message", &finding.message, &row.message);
    }
    out
}

fn failures(case: &Case, files: &HashMap<&str, &str>) -> String {
    let (name, text) = document(case, files);
    let format = Format::from_path(Path::new(&name)).expect("the file's name tells its format");
    let mut findings = Analysis::new(Document::read(&*text, format), Arc::new(Catalog::builtin())).diagnostics();
    findings.retain(|finding| !case.subject.is_by_aws() || finding.severity <= Severity::Warning);
    if findings.len() != case.findings.len() {
        let found: String = findings
            .iter()
            .map(|finding| {
                let (suggestion, applicability) = (suggestion(finding), applicability(finding));
                format!("    {} | {} | {suggestion} | {applicability}: {}\n", finding.rule, finding.severity, finding.message)
            })
            .collect();
        return format!("    wanted {} findings, found\n{found}", case.findings.len());
    }
    findings.iter().zip(&case.findings).map(|(finding, row)| difference(finding, row)).collect()
}

#[test]
fn every_text_gets_its_verdict() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/verdicts");
    let mut pages: Vec<_> = fs::read_dir(&folder).expect("tests/verdicts").map(|entry| entry.expect("an entry").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("README.md"));
    pages.sort();
    let (mut count, mut failed) = (0, String::new());
    let mut by_aws: Vec<String> = Vec::new();
    for path in &pages {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let page = fs::read_to_string(path).expect("a page").replace("\r\n", "\n");
        let files: HashMap<&str, &str> = fenced_blocks(&page).filter_map(|(info, text)| Some((info.split_once(' ')?.1, text))).collect();
        let cases = read(&page);
        assert!(!cases.is_empty(), "{name} has no tables");
        count += cases.len();
        by_aws.extend(cases.iter().filter(|case| case.subject.is_by_aws()).map(|case| case.text.clone()));
        for case in &cases {
            let failures = failures(case, &files);
            if !failures.is_empty() {
                let _ = writeln!(failed, "{name}:{} {}\n{failures}", case.line, case.text);
            }
        }
    }
    assert!(count >= 120, "{count} texts");
    let catalog = Catalog::builtin();
    let policies = catalog.managed_policies().iter().map(|policy| policy.name.to_owned());
    let profiles = catalog.observed_profiles().iter().map(|profile| format!("{} ({})", profile.profile, profile.variant));
    for name in policies.chain(profiles) {
        assert!(by_aws.contains(&name), "{name} has no row");
    }
    assert!(failed.is_empty(), "\n{failed}");
}
