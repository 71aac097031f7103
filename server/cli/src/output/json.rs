//! Findings for programs. The shape is a promise: fields are added, never renamed, and `version` counts breaks.

use std::ops::Range;

use connect_policy_ide::{Applicability, Finding, Fix, Related};
use connect_policy_project::rule_page::rule_page;
use connect_policy_project::{CheckedFile, LineIndex, RelatedFile};
use serde::Serialize;

use crate::output::check_report::{Baselined, CheckReport, Fixed, Skipped};

/// The report as one JSON object.
pub(crate) fn render(report: &CheckReport) -> String {
    let findings = report.checked.iter().flat_map(rows).collect();
    let root = Root {
        version: 1,
        findings,
        files: report.files,
        policies: report.recognized.policies,
        profiles: report.recognized.profiles,
        excluded: report.excluded,
        skipped: &report.skipped,
        fixed: report.fixed.as_deref(),
        baseline: report.baseline,
    };
    // Nothing in it can fail to be written: no maps with odd keys, no numbers but integers.
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

fn rows(checked: &CheckedFile) -> Vec<Row<'_>> {
    let lines = LineIndex::new(&checked.text);
    checked.findings.iter().map(|finding| row(checked, &lines, finding)).collect()
}

fn row<'c>(checked: &'c CheckedFile, lines: &LineIndex, finding: &'c Finding) -> Row<'c> {
    Row {
        path: &checked.path,
        rule: finding.rule,
        severity: finding.severity.name(),
        message: &finding.message,
        range: Place::new(&checked.text, lines, &finding.range),
        span: Span::new(&finding.range),
        text: checked.text.get(finding.range.clone()).unwrap_or(""),
        related: checked.related(finding).map(RelatedRow::new).collect(),
        suggestions: &finding.suggestions,
        fixes: finding.fixes.iter().map(FixRow::new).collect(),
        help: rule_page(finding.rule),
    }
}

#[derive(Serialize)]
struct Root<'r> {
    version: u32,
    findings: Vec<Row<'r>>,
    files: usize,
    /// The policies and security profiles that were recognized.
    policies: usize,
    profiles: usize,
    /// The files that the configuration excludes.
    excluded: usize,
    skipped: &'r [Skipped],
    /// With `--fix`.
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<&'r [Fixed]>,
    /// With `--baseline`.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<Baselined>,
}

#[derive(Serialize)]
struct Row<'r> {
    path: &'r str,
    rule: &'r str,
    severity: &'r str,
    message: &'r str,
    range: Place,
    span: Span,
    text: &'r str,
    /// The other places that have to do with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedRow<'r>>,
    /// The names that were most likely meant, the best first.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    suggestions: &'r [String],
    fixes: Vec<FixRow<'r>>,
    help: String,
}

#[derive(Serialize)]
struct Place {
    start: Point,
    end: Point,
}

impl Place {
    fn new(text: &str, lines: &LineIndex, range: &Range<usize>) -> Place {
        Place { start: Point::new(lines.line_and_column(text, range.start)), end: Point::new(lines.line_and_column(text, range.end)) }
    }
}

#[derive(Serialize)]
struct RelatedRow<'r> {
    path: &'r str,
    message: &'r str,
    range: Place,
    span: Span,
}

impl<'r> RelatedRow<'r> {
    fn new((file, related): (&'r RelatedFile, &'r Related)) -> RelatedRow<'r> {
        let range = Place::new(&file.text, file.lines(), &related.range);
        RelatedRow { path: &file.path, message: &related.message, range, span: Span::new(&related.range) }
    }
}

/// Both from 1; columns in characters.
#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

impl Point {
    fn new((line, column): (usize, usize)) -> Point {
        Point { line, column }
    }
}

/// In bytes.
#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    fn new(range: &Range<usize>) -> Span {
        Span { start: range.start, end: range.end }
    }
}

#[derive(Serialize)]
struct FixRow<'r> {
    title: &'r str,
    /// `safe`, `unsafe` or `display-only`.
    applicability: &'static str,
    /// Whether it is safe.
    certain: bool,
    edits: Vec<EditRow<'r>>,
}

impl FixRow<'_> {
    fn new(fix: &Fix) -> FixRow<'_> {
        let edits = fix.edits.iter().map(|edit| EditRow { span: Span::new(&edit.range), new_text: &edit.new_text });
        FixRow {
            title: &fix.title,
            applicability: fix.applicability.name(),
            certain: fix.applicability == Applicability::Safe,
            edits: edits.collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EditRow<'r> {
    span: Span,
    new_text: &'r str,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connect_policy_ide::{Severity, TextEdit};
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_spans_in_bytes() {
        let fix = Fix {
            title: "t".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![TextEdit { range: 9..10, new_text: "y".to_owned() }],
        };
        let finding = Finding { fixes: vec![fix], ..Finding::new("unknown-action", Severity::Warning, 9..10, "m".to_owned()) };
        let checked =
            CheckedFile { path: "a.json".to_owned(), text: Arc::from("one\n😀 x\n"), findings: vec![finding], ..CheckedFile::default() };
        let report = CheckReport { checked: vec![checked], files: 2, ..CheckReport::default() };
        let value: Value = serde_json::from_str(&render(&report)).unwrap();
        assert_eq!(
            value,
            json!({"version": 1, "files": 2, "policies": 0, "profiles": 0, "excluded": 0, "skipped": [], "findings": [{
                "path": "a.json", "rule": "unknown-action", "severity": "warning", "message": "m",
                "range": {"start": {"line": 2, "column": 3}, "end": {"line": 2, "column": 4}},
                "span": {"start": 9, "end": 10}, "text": "x",
                "fixes": [{"title": "t", "applicability": "safe", "certain": true, "edits": [{"span": {"start": 9, "end": 10}, "newText": "y"}]}],
                "help": "https://github.com/connect-policy/connect-policy/blob/main/server/docs/rules.md#unknown-action",
            }]})
        );
    }
}
