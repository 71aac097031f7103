//! Findings for people: the line, the place underlined, the rule's name, the fixes, and a summary.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use connect_policy_ide::{Finding, Fix, Severity, TextEdit};
use connect_policy_project::CheckedFile;
use connect_policy_project::line_index::{LineIndex, char_start};
use connect_policy_project::rule_page::rule_page;

use crate::output::check_report::{CheckReport, Fixed};
use crate::output::summary;
use crate::terminal::one_line;

/// Longer lines (a whole policy on one) are shown around the place only.
const MAX_LINE: usize = 2_000;
const AROUND: usize = 60;

/// The report, with colors as escape sequences, which the writer removes if no terminal shows them. Without a summary if it is
/// to be quiet.
pub(crate) fn render(report: &CheckReport, is_quiet: bool) -> String {
    let renderer = Renderer::styled();
    let mut text = String::new();
    let fixed: &[Fixed] = report.fixed.as_deref().filter(|_| !is_quiet).unwrap_or_default();
    for fixed in fixed {
        let _ = writeln!(text, "{}", fixed_line(fixed));
    }
    if !fixed.is_empty() {
        text.push('\n');
    }
    for checked in &report.checked {
        let lines = LineIndex::new(&checked.text);
        for finding in &checked.findings {
            text.push_str(&renderer.render(&[group(checked, &lines, finding)]));
            text.push_str("\n\n");
        }
    }
    if !is_quiet {
        text.push_str(&by_rule(report));
        text.push_str(&summary::line(report));
        text.push('\n');
    }
    text
}

/// What was done to a finding, on one line.
pub(crate) fn fixed_line(fixed: &Fixed) -> String {
    let place = format!("fixed {}:{}:{} [{}]", fixed.path, fixed.line, fixed.column, fixed.rule);
    match (fixed.old.as_deref(), fixed.new.as_deref()) {
        // Only where both are names; what is removed or added with its line is better said in words.
        (Some(old), Some(new)) if [old, new].iter().all(|text| !text.trim().is_empty() && !text.contains('\n')) => {
            format!("{place}: `{}` → `{}`", old.trim(), new.trim())
        }
        _ => format!("{place}: {}", fixed.title),
    }
}

/// How many findings each rule has, the most first; nothing if there is only one finding.
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
        title.element(Origin::path(one_line(&checked.path)).line(line).char_column(column)).element(snippet)
    } else {
        title.element(snippet.path(one_line(&checked.path)))
    };
    let related = checked.related(finding).map(|(file, related)| {
        let (line, column) = file.lines().line_and_column(&file.text, related.range.start);
        Level::NOTE.message(format!("{}: {}:{line}:{column}", related.message, file.path))
    });
    let group = group.elements(related);
    let untold = finding.fixes.iter().filter(|fix| !is_in(&finding.message, fix));
    group.elements(untold.map(|fix| Level::HELP.message(&fix.title)))
}

/// Whether a message already names what a fix writes: "did you mean `X`?" needs no line that says "Replace with `X`".
fn is_in(message: &str, fix: &Fix) -> bool {
    let is_named = |edit: &TextEdit| {
        let name = edit.new_text.trim_matches(['"', '\'', ' ']);
        !name.is_empty() && message.contains(&format!("`{name}`"))
    };
    !fix.edits.is_empty() && fix.edits.iter().all(is_named)
}

/// The whole lines that a place touches, or the surroundings of the place if they are very long.
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use connect_policy_ide::{Applicability, Fix};

    use super::*;

    fn report(text: &str, place: &str) -> CheckReport {
        let start = text.find(place).unwrap();
        let finding = Finding {
            fixes: vec![Fix { title: "Write `y`".to_owned(), applicability: Applicability::Unsafe, edits: Vec::new() }],
            ..Finding::new("unknown-action", Severity::Warning, start..start + place.len(), "no action is named `x`".to_owned())
        };
        let checked = CheckedFile { path: "a.json".to_owned(), text: Arc::from(text), findings: vec![finding], ..CheckedFile::default() };
        CheckReport { checked: vec![checked], files: 3, ..CheckReport::default() }
    }

    fn plain(report: &CheckReport) -> String {
        anstream::adapter::strip_str(&render(report, false)).to_string()
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

Checked 3 files: 1 warning
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_suggestion_appears_once() {
        let mut report = report("\"x\"", "x");
        let edit = TextEdit { range: 0..3, new_text: "\"y\"".to_owned() };
        report.checked[0].findings[0].fixes[0].edits = vec![edit.clone()];
        assert!(plain(&report).contains("help: Write `y`"), "the message does not name it");
        report.checked[0].findings[0].message = "unknown action `x`; did you mean `y`?".to_owned();
        assert!(!plain(&report).contains("help:"), "{}", plain(&report));
        // More than what the message names.
        report.checked[0].findings[0].fixes[0].edits.push(TextEdit { new_text: "\"z\"".to_owned(), ..edit });
        assert!(plain(&report).contains("help: Write `y`"), "{}", plain(&report));
    }

    #[test]
    fn several_findings_are_summed_by_rule() {
        let mut report = report("xyz", "x");
        let finding = report.checked[0].findings[0].clone();
        report.checked[0].findings.push(Finding { rule: "ui-label", ..finding.clone() });
        report.checked[0].findings.extend(vec![finding; 10]);
        assert!(
            plain(&report).ends_with("\n\n  11  unknown-action\n   1  ui-label\n\nChecked 3 files: 12 warnings\n"),
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
}
