//! Findings for people: the line, the place underlined, the rule's name, what may be done, and the sum.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use connect_policy_ide::{Finding, Severity};
use connect_policy_project::CheckedFile;
use connect_policy_project::line_index::{LineIndex, char_start};
use connect_policy_project::rule_page::rule_page;

use crate::output::check_report::{CheckReport, Fixed};

/// Longer lines (a whole policy on one) are shown around the place only.
const MAX_LINE: usize = 2_000;
const AROUND: usize = 60;

/// The report, with colours as escape sequences; the writer takes them off where no terminal shows them.
pub(crate) fn render(report: &CheckReport) -> String {
    let renderer = Renderer::styled();
    let mut text = String::new();
    for fixed in report.fixed.iter().flatten() {
        let _ = writeln!(text, "{}", fixed_line(fixed));
    }
    if report.fixed.as_ref().is_some_and(|fixed| !fixed.is_empty()) {
        text.push('\n');
    }
    for checked in &report.checked {
        let lines = LineIndex::new(&checked.text);
        for finding in &checked.findings {
            text.push_str(&renderer.render(&[group(checked, &lines, finding)]));
            text.push_str("\n\n");
        }
    }
    text.push_str(&by_rule(report));
    text.push_str(&summary(report));
    text.push('\n');
    text
}

/// What was done to a finding, on one line.
pub(crate) fn fixed_line(fixed: &Fixed) -> String {
    format!("fixed {}:{}:{} [{}]: {}", fixed.path, fixed.line, fixed.column, fixed.rule, fixed.title)
}

/// How many findings each rule has, the most first; nothing where there is but one finding.
fn by_rule(report: &CheckReport) -> String {
    if report.count() < 2 {
        return String::new();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in report.checked.iter().flat_map(|checked| &checked.findings) {
        *counts.entry(finding.rule).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(rule, count)| (Reverse(count), rule));
    let width = counts.first().map_or(0, |(_, most)| most.to_string().len());
    let mut text = String::new();
    for (rule, count) in counts {
        let _ = writeln!(text, "  {count:width$}  {rule}");
    }
    text.push('\n');
    text
}

fn group<'c>(checked: &'c CheckedFile, lines: &LineIndex, finding: &'c Finding) -> Group<'c> {
    let shown = shown(&checked.text, lines, &finding.range);
    let place = finding.range.start - shown.start..finding.range.end.min(shown.end) - shown.start;
    let (line, column) = lines.line_and_column(&checked.text, finding.range.start);
    let starts_inside_a_line = shown.start != lines.range(&checked.text, line - 1).start;
    let snippet = Snippet::source(&checked.text[shown]).line_start(line).annotation(AnnotationKind::Primary.span(place));
    let title = level(finding.severity).primary_title(&finding.message).id(finding.rule).id_url(rule_page(finding.rule));
    let group = if starts_inside_a_line {
        // The snippet cannot know the column then.
        title.element(Origin::path(&checked.path).line(line).char_column(column)).element(snippet)
    } else {
        title.element(snippet.path(&checked.path))
    };
    let related = checked.related(finding).map(|(file, related)| {
        let (line, column) = file.lines().line_and_column(&file.text, related.range.start);
        Level::NOTE.message(format!("{}: {}:{line}:{column}", related.message, file.path))
    });
    let group = group.elements(related);
    group.elements(finding.fixes.iter().map(|fix| Level::HELP.message(&fix.title)))
}

/// The whole lines that a place touches, or the surroundings of the place where they are very long.
fn shown(text: &str, lines: &LineIndex, place: &Range<usize>) -> Range<usize> {
    let first = lines.range(text, lines.line_at(place.start));
    let last = lines.range(text, lines.line_at(place.end.saturating_sub(1).max(place.start)));
    if last.end.saturating_sub(first.start) <= MAX_LINE {
        return first.start..last.end.max(place.start);
    }
    let start = char_start(text, place.start.saturating_sub(AROUND)).max(first.start);
    let end = char_start(text, place.end.saturating_add(AROUND)).max(place.end);
    start..end.min(last.end.max(place.start))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::NOTE.with_name("hint"),
    }
}

/// One line: `2 warnings and 1 hint in 1 of 8 files; 1 file skipped`.
pub(crate) fn summary(report: &CheckReport) -> String {
    let mut counts = Vec::new();
    for (severity, one, many) in [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Information, "information", "information"),
        (Severity::Hint, "hint", "hints"),
    ] {
        let count = report.checked.iter().flat_map(|checked| &checked.findings).filter(|finding| finding.severity == severity).count();
        if count > 0 {
            counts.push(numbered(count, one, many));
        }
    }
    let mut line = match counts.split_last() {
        None => format!("nothing found in {}", numbered(report.files, "file", "files")),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    };
    if !counts.is_empty() {
        let _ = write!(line, " in {} of {}", report.checked.len(), numbered(report.files, "file", "files"));
    }
    if let Some(fixed) = report.fixed.as_ref().filter(|fixed| !fixed.is_empty()) {
        let _ = write!(line, "; {} fixed", fixed.len());
    }
    if let Some(baseline) = report.baseline {
        let _ = write!(line, "; {} in the baseline", baseline.known);
        if baseline.settled > 0 {
            let _ = write!(line, ", {} there no longer (--write-baseline takes out what is gone)", baseline.settled);
        }
    }
    if !report.skipped.is_empty() {
        let _ = write!(line, "; {} skipped", numbered(report.skipped.len(), "file", "files"));
    }
    line
}

fn numbered(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connect_policy_ide::Fix;

    use super::*;

    fn report(text: &str, place: &str) -> CheckReport {
        let start = text.find(place).unwrap();
        let finding = Finding {
            fixes: vec![Fix { title: "Write `y`".to_owned(), applicability: connect_policy_ide::Applicability::Unsafe, edits: Vec::new() }],
            ..Finding::new("unknown-action", Severity::Warning, start..start + place.len(), "no action is named `x`".to_owned())
        };
        let checked = CheckedFile {
            path: "a.json".to_owned(),
            text: Arc::from(text),
            findings: vec![finding],
            module: Arc::default(),
            failures: Vec::new(),
        };
        CheckReport { checked: vec![checked], files: 3, ..CheckReport::default() }
    }

    fn plain(report: &CheckReport) -> String {
        anstream::adapter::strip_str(&render(report)).to_string()
    }

    #[test]
    fn shows_the_line_the_place_and_what_may_be_done() {
        let text = plain(&report("{\n  \"é\": \"x\",\r\n}", "x"));
        let expected = "\
warning[unknown-action]: no action is named `x`
 --> a.json:2:9
  |
2 |   \"é\": \"x\",
  |         ^
  |
  = help: Write `y`

1 warning in 1 of 3 files
";
        assert_eq!(text, expected);
    }

    #[test]
    fn several_findings_are_summed_by_rule() {
        let mut report = report("xyz", "x");
        let finding = report.checked[0].findings[0].clone();
        report.checked[0].findings.push(Finding { rule: "ui-label", ..finding.clone() });
        report.checked[0].findings.extend(vec![finding; 10]);
        assert!(
            plain(&report).ends_with("\n\n  11  unknown-action\n   1  ui-label\n\n12 warnings in 1 of 3 files\n"),
            "{}",
            plain(&report)
        );
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let long = format!("{}NEEDLE{}", "ä".repeat(100_000), "ö".repeat(100_000));
        let text = plain(&report(&long, "NEEDLE"));
        assert!(text.contains("NEEDLE") && text.contains("a.json:1:100001\n") && text.len() < 2_000, "{text}");
    }

    #[test]
    fn the_sum_is_a_sentence() {
        assert_eq!(summary(&CheckReport { files: 1, ..CheckReport::default() }), "nothing found in 1 file");
        let skipped = vec![crate::output::check_report::Skipped { path: String::new(), why: String::new() }];
        assert_eq!(summary(&CheckReport { files: 0, skipped, ..CheckReport::default() }), "nothing found in 0 files; 1 file skipped");
    }
}
