//! Findings on one line each, as compilers and editors write and read them.

use std::fmt::Write;

use connect_policy_project::LineIndex;

use crate::output::check_report::CheckReport;
use crate::terminal::one_line;

/// `path:line:column: rule message`, a finding a line.
pub(crate) fn render(report: &CheckReport) -> String {
    let mut text = String::new();
    for checked in &report.checked {
        let lines = LineIndex::new(&checked.text);
        let path = one_line(&checked.path);
        for finding in &checked.findings {
            let (line, column) = lines.line_and_column(&checked.text, finding.range.start);
            let _ = writeln!(text, "{path}:{line}:{column}: {} {}", finding.rule, one_line(&finding.message));
        }
    }
    text
}
