//! What a fix must do: leave a document that parses as well as before, in which the rule no longer fires there, with every
//! comment kept.

use std::ops::Range;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Applicability, Finding, Fix, RuleGroup, TextEdit, rules};
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::apply_edits;

/// What stands in every comment that is counted.
pub(crate) const MARK: &str = "kept as it is";

pub(crate) fn analyse(catalog: &Arc<Catalog>, format: Format, text: &str) -> Analysis {
    Analysis::new(Document::read(text, format), Arc::clone(catalog))
}

fn apply(text: &str, edits: &[TextEdit]) -> String {
    apply_edits(text, edits.iter().map(|edit| (edit.range.clone(), &edit.new_text)))
}

/// Where the new text of edits lies in the text after.
fn inserted(edits: &[TextEdit]) -> Vec<Range<usize>> {
    let (mut written, mut removed) = (0, 0);
    let place = |edit: &TextEdit| {
        let start = edit.range.start + written - removed;
        written += edit.new_text.len();
        removed += edit.range.len();
        start..start + edit.new_text.len()
    };
    edits.iter().map(place).collect()
}

pub(crate) fn comments(document: &Document) -> usize {
    document.line_comments(MARK).len()
}

/// What is wrong with a fix, if anything.
pub(crate) fn wrong(catalog: &Arc<Catalog>, before: &Analysis, all: &[Finding], finding: &Finding, fix: &Fix) -> Option<String> {
    let document = before.document();
    let ascends = fix.edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
    if fix.edits.is_empty() || !ascends {
        return Some("its edits are none or overlap".to_owned());
    }
    let text = apply(document.text(), &fix.edits);
    let after = analyse(catalog, document.format_at(connect_policy_syntax::NodeId::STREAM), &text);
    if after.document().tree().errors().len() > document.tree().errors().len() {
        return Some(format!("it breaks the document:\n{text}"));
    }
    // Taking an ignore comment away is what that rule's fix is for.
    if finding.rule != "unused-ignore" && comments(after.document()) != comments(document) {
        return Some(format!("a comment is gone:\n{text}"));
    }
    let findings = after.diagnostics();
    let count =
        |all: &[Finding], wanted: &Finding| all.iter().filter(|one| one.rule == wanted.rule && one.message == wanted.message).count();
    let inserted = inserted(&fix.edits);
    let shift = |edit: &TextEdit| edit.new_text.len() as isize - edit.range.len() as isize;
    let before = fix.edits.iter().filter(|edit| edit.range.end <= finding.range.start).map(shift).sum();
    let place = finding.range.start.saturating_add_signed(before);
    let is_at = |other: &Finding| other.range.start == place || inserted.iter().any(|range| range.contains(&other.range.start));
    let is_again = |other: &Finding| other.rule == finding.rule && other.message == finding.message && is_at(other);
    if count(&findings, finding) >= count(all, finding) && findings.iter().any(is_again) {
        return Some(format!("the finding is still there: {}\n{text}", finding.message));
    }
    let is_on_it = |other: &&Finding| inserted.iter().any(|range| other.range.start < range.end && range.start < other.range.end);
    // A text that was reported before may be reported in other words: the list holds now what was suggested.
    let of_text = |all: &[Finding], source: &str, wanted: &Finding| {
        let reported = |one: &Finding| source.get(one.range.clone()) == text.get(wanted.range.clone());
        all.iter().filter(|one| one.rule == wanted.rule && reported(one)).count()
    };
    let is_more = |other: &Finding| {
        count(&findings, other) > count(all, other) && of_text(&findings, &text, other) > of_text(all, document.text(), other)
    };
    let is_new = |other: &&Finding| is_more(other) && !is_about_a_right_name(finding, other);
    let new = findings.iter().filter(is_on_it).find(is_new);
    new.map(|new| format!("a new finding is on it: {}, {}\n{text}", new.rule, new.message))
}

/// Whether a finding is about what a name means that was written in the place of a wrong one: the author asked for that name.
fn is_about_a_right_name(finding: &Finding, other: &Finding) -> bool {
    let group = |finding: &Finding| rules().iter().find(|rule| rule.code == finding.rule).map(|rule| rule.group);
    let is_name = group(finding) == Some(RuleGroup::Names) || finding.rule == "unknown-condition-key";
    is_name && matches!(group(other), Some(RuleGroup::Meaning | RuleGroup::Risk))
}

/// All certain fixes that can stand together, again and again; the text that is left.
pub(crate) fn all_certain(catalog: &Arc<Catalog>, format: Format, text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..10 {
        let mut edits: Vec<TextEdit> = Vec::new();
        for finding in analyse(catalog, format, &text).diagnostics() {
            let Some(fix) = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe) else { continue };
            let collides = |edit: &TextEdit| edits.iter().any(|o| edit.range.start <= o.range.end && o.range.start <= edit.range.end);
            if !fix.edits.iter().any(collides) {
                edits.extend(fix.edits.iter().cloned());
            }
        }
        if edits.is_empty() {
            return Some(text);
        }
        edits.sort_by_key(|edit| edit.range.start);
        text = apply(&text, &edits);
    }
    None
}
