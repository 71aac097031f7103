//! Findings as GitLab's code quality report, which a merge request shows beside its changes.

use connect_policy_ide::Severity;
use connect_policy_project::{CheckedFile, LineIndex};
use serde::Serialize;

use crate::output::check_report::CheckReport;
use crate::output::fingerprint::keys;
use crate::output::paths::path_from_here;

/// The report as one JSON list.
pub(crate) fn render(report: &CheckReport) -> String {
    let rows: Vec<Row> = report.checked.iter().flat_map(rows).collect();
    // Nothing in it can fail to be written: no maps with odd keys, no numbers but integers.
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text.push('\n');
    text
}

fn rows(checked: &CheckedFile) -> Vec<Row> {
    let path = path_from_here(&checked.path);
    let lines = LineIndex::new(&checked.text);
    let rows = checked.findings.iter().zip(keys(checked, &path)).map(|(finding, key)| Row {
        description: finding.message.clone(),
        check_name: finding.rule,
        fingerprint: key.fingerprint(),
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Information => "minor",
            Severity::Hint => "info",
        },
        location: Location { path: path.clone(), lines: Begin { begin: lines.line_at(finding.range.start) + 1 } },
    });
    rows.collect()
}

#[derive(Serialize)]
struct Row {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Begin,
}

#[derive(Serialize)]
struct Begin {
    begin: usize,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connect_policy_ide::Finding;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_finding_is_a_row_that_is_known_again_when_lines_move() {
        let rows = |text: &str| -> Value {
            let start = text.find('x').unwrap();
            let finding = Finding::new("unknown-action", Severity::Warning, start..start + 1, "no action is named `x`".to_owned());
            let (text, findings) = (Arc::from(text), vec![finding]);
            let checked = CheckedFile { path: "./a/b.json".to_owned(), text, findings, ..CheckedFile::default() };
            serde_json::from_str(&render(&CheckReport { checked: vec![checked], files: 1, ..CheckReport::default() })).unwrap()
        };
        let (first, moved) = (rows("[\n\"x\"]"), rows("[\n\n\n\"x\"]"));
        let location = json!({"path": "a/b.json", "lines": {"begin": 2}});
        let expected = json!({"check_name": "unknown-action", "severity": "major", "description": "no action is named `x`",
            "fingerprint": first[0]["fingerprint"], "location": location});
        assert_eq!(first, json!([expected]));
        assert_eq!((&first[0]["fingerprint"], &moved[0]["location"]["lines"]), (&moved[0]["fingerprint"], &json!({"begin": 4})));
        assert_eq!(render(&CheckReport::default()), "[]\n");
    }
}
