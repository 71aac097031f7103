//! Findings as SARIF 2.1.0, the format of code scanning services.

use std::fmt::Write;
use std::ops::Range;

use connect_policy_ide::{Finding, Fix, Related, RuleMeta, Severity, markdown, rules};
use connect_policy_project::rule_page::rule_page;
use connect_policy_project::{CheckedFile, LineIndex, RelatedFile};
use serde_json::{Value, json};

use crate::output::check_report::CheckReport;
use crate::output::fingerprint::{Key, keys};
use crate::output::paths::path_from_here;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The report as one SARIF log with one run.
pub(crate) fn render(report: &CheckReport) -> String {
    let results: Vec<Value> = report.checked.iter().flat_map(results).collect();
    let skipped = report.skipped.iter().map(|skipped| {
        json!({
            "level": "warning",
            "message": {"text": format!("Skipped: {}", skipped.why)},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&path_from_here(&skipped.path))}}}],
        })
    });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "connect-policy",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules().iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "invocations": [{
                "executionSuccessful": !report.is_incomplete,
                "toolExecutionNotifications": skipped.collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    });
    // Nothing in it can fail to be written: no maps with odd keys, no numbers but integers.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(rule: &RuleMeta) -> Value {
    let page = rule.page();
    let full = page.split("\n\nExample:").next().unwrap_or(&page);
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": markdown::plain(full).trim()},
        "help": {"text": markdown::plain(&page).trim(), "markdown": page.trim()},
        "helpUri": rule_page(rule.code),
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn results(checked: &CheckedFile) -> Vec<Value> {
    let path = path_from_here(&checked.path);
    let lines = LineIndex::new(&checked.text);
    let place = Place { text: &checked.text, lines: &lines, uri: uri(&path) };
    let keys = keys(checked, &path);
    let result = |(finding, key): (&Finding, Key)| {
        let mut region = place.region(&finding.range);
        region["snippet"] = json!({"text": checked.text.get(finding.range.clone()).unwrap_or("")});
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": place.uri}, "region": region}}],
            "partialFingerprints": {"connectPolicyFinding/v1": key.fingerprint()},
        });
        if let Some(index) = rules().iter().position(|rule| rule.code == finding.rule) {
            result["ruleIndex"] = index.into();
        }
        let related: Vec<Value> = checked.related(finding).map(related_location).collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        let fixes: Vec<Value> = finding.fixes.iter().filter(|fix| !fix.edits.is_empty()).map(|fix| place.fix(fix)).collect();
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    };
    checked.findings.iter().zip(keys).map(result).collect()
}

fn related_location((file, related): (&RelatedFile, &Related)) -> Value {
    let place = Place { text: &file.text, lines: file.lines(), uri: uri(&path_from_here(&file.path)) };
    let region = place.region(&related.range);
    json!({
        "physicalLocation": {"artifactLocation": {"uri": place.uri}, "region": region},
        "message": {"text": related.message},
    })
}

/// Where findings of one file are.
struct Place<'t> {
    text: &'t str,
    lines: &'t LineIndex,
    uri: String,
}

impl Place<'_> {
    fn region(&self, range: &Range<usize>) -> Value {
        let (start, end) = (self.point(range.start), self.point(range.end));
        json!({"startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1})
    }

    /// Line and column from 1, columns in UTF-16.
    fn point(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.line_at(offset);
        let start = self.lines.range(self.text, line).start;
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or("");
        let column = if self.lines.is_ascii() { before.len() } else { before.encode_utf16().count() };
        (line + 1, column + 1)
    }

    fn fix(&self, fix: &Fix) -> Value {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| json!({"deletedRegion": self.region(&edit.range), "insertedContent": {"text": edit.new_text}}))
            .collect();
        json!({
            "description": {"text": fix.title},
            "artifactChanges": [{"artifactLocation": {"uri": self.uri}, "replacements": replacements}],
            "properties": {"applicability": fix.applicability.name()},
        })
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// A path with slashes as a URI reference: relative unless the path is absolute.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    let has_drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().get(2) == Some(&b'/');
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if has_drive {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connect_policy_ide::{Applicability, TextEdit};

    use super::*;

    #[test]
    fn a_finding_is_a_result() {
        let text = "one\r\n😀 xyz\n";
        let start = text.find("xyz").unwrap();
        let fix = Fix {
            title: "t".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![
                TextEdit { range: start..start + 1, new_text: "y".to_owned() },
                TextEdit { range: start + 3..start + 3, new_text: "!".to_owned() },
            ],
        };
        let finding = Finding { fixes: vec![fix], ..Finding::new("unknown-action", Severity::Hint, start..start + 3, "m".to_owned()) };
        let checked =
            CheckedFile { path: "./a b/ü:.json".to_owned(), text: Arc::from(text), findings: vec![finding], ..CheckedFile::default() };
        let log: Value =
            serde_json::from_str(&render(&CheckReport { checked: vec![checked], files: 1, ..CheckReport::default() })).unwrap();
        let result = &log["runs"][0]["results"][0];
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "a%20b/%C3%BC%3A.json");
        assert_eq!(location["region"], json!({"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 7, "snippet": {"text": "xyz"}}));
        assert_eq!((&result["level"], &result["ruleId"]), (&json!("note"), &json!("unknown-action")));
        assert_eq!(result["fixes"][0]["properties"], json!({"applicability": "safe"}));
        assert_eq!(
            result["fixes"][0]["artifactChanges"][0]["replacements"],
            json!([
                {"deletedRegion": {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 5}, "insertedContent": {"text": "y"}},
                {"deletedRegion": {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 7}, "insertedContent": {"text": "!"}},
            ])
        );
    }

    #[test]
    fn absolute_paths_are_file_uris() {
        assert_eq!(uri("/a b/c.tf"), "file:///a%20b/c.tf");
        assert_eq!(uri("C:/a.tf"), "file:///C%3A/a.tf");
        assert_eq!(uri("../a.tf"), "../a.tf");
    }
}
