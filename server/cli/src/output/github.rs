//! Findings as annotations of a pull request: workflow commands that GitHub reads from a step's output.

use std::fmt::Write;

use connect_policy_ide::{Finding, Severity};
use connect_policy_project::{CheckedFile, LineIndex};

use crate::output::check_report::CheckReport;
use crate::output::paths::path_from_here;
use crate::output::summary;

/// One command for each finding, then a summary for readers of the log.
pub(crate) fn render(report: &CheckReport, is_quiet: bool) -> String {
    let mut text = String::new();
    for checked in &report.checked {
        let lines = LineIndex::new(&checked.text);
        let path = path_from_here(&checked.path);
        for finding in &checked.findings {
            annotate(&mut text, checked, &path, &lines, finding);
        }
    }
    if !is_quiet {
        text.push_str(&summary::line(report));
        text.push('\n');
    }
    text
}

fn annotate(text: &mut String, checked: &CheckedFile, path: &str, lines: &LineIndex, finding: &Finding) {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    let (line, column) = lines.line_and_column(&checked.text, finding.range.start);
    let (end_line, end_column) = lines.line_and_column(&checked.text, finding.range.end);
    let _ = write!(text, "::{command} file={},line={line},endLine={end_line},col={column}", property(path));
    // GitHub takes an end column within one line only, and counts it in.
    if line == end_line {
        let _ = write!(text, ",endColumn={}", (end_column - 1).max(column));
    }
    let _ = writeln!(text, ",title={}::{}", property(finding.rule), data(&finding.message));
}

/// A message as a command carries it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value as a command carries it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn annotated(path: &str, message: &str, severity: Severity, text: &str, range: std::ops::Range<usize>) -> String {
        let finding = Finding::new("unknown-action", severity, range, message.to_owned());
        let checked = CheckedFile { path: path.to_owned(), text: Arc::from(text), findings: vec![finding], ..CheckedFile::default() };
        render(&CheckReport { checked: vec![checked], files: 1, ..CheckReport::default() }, false)
    }

    #[test]
    fn a_finding_is_a_command() {
        assert_eq!(
            annotated("a/b.json", "no action is named `x`", Severity::Warning, "\nä xyz", 4..7),
            "::warning file=a/b.json,line=2,endLine=2,col=3,endColumn=5,title=unknown-action::no action is named `x`\nChecked 1 file: 1 warning\n"
        );
        assert!(annotated("a", "m", Severity::Hint, "x", 0..1).starts_with("::notice "));
        assert!(annotated("a", "m", Severity::Information, "x\ny", 0..3).starts_with("::notice file=a,line=1,endLine=2,col=1,title="));
        assert!(annotated("a", "m", Severity::Error, "x", 0..1).starts_with("::error "));
    }

    #[test]
    fn hostile_names_stay_within_their_place() {
        let text = annotated("a,line=1::b%\r\n::error::.json", "50%\r\n::stop-commands::x, y", Severity::Warning, "x", 0..1);
        assert_eq!(
            text.lines().next(),
            Some(
                "::warning file=a%2Cline=1%3A%3Ab%25%0D%0A%3A%3Aerror%3A%3A.json,line=1,endLine=1,col=1,endColumn=1,\
                 title=unknown-action::50%25%0D%0A::stop-commands::x, y"
            )
        );
        assert_eq!(text.lines().count(), 2);
    }
}
