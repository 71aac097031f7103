//! What a fix must do: leave a document that parses as well as before, in which the rule no longer fires there, with every
//! comment kept.

use std::ops::Range;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Applicability, Finding, Fix, TextEdit};
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

/// Where a range of the text before lies in the text after, what was written in its place included.
fn moved(range: &Range<usize>, edits: &[TextEdit]) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    for edit in edits.iter().rev() {
        if edit.range.end <= range.start && edit.range.start < range.start {
            start = start + edit.new_text.len() - edit.range.len();
        } else if edit.range.start < range.start {
            start = edit.range.start;
        }
        if edit.range.start < range.end {
            end = end.max(edit.range.end) + edit.new_text.len() - edit.range.len();
        }
    }
    start..end.max(start)
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
    let place = moved(&finding.range, &fix.edits);
    // Where a rule says several things of one place, one of them is settled.
    let is_alone = all.iter().filter(|other| other.rule == finding.rule && other.range == finding.range).count() == 1;
    // A list that becomes one entry a line is rewritten as a whole, other findings included.
    let is_list_rewritten = fix.edits.iter().any(|edit| edit.range.start < finding.range.start && finding.range.end < edit.range.end);
    let again = after.diagnostics().into_iter().find(|other| {
        let is_there = other.range.start < place.end && place.start < other.range.end;
        // What reaches beyond the place may be another finding that was there before.
        let is_within = place.start <= other.range.start && other.range.end <= place.end;
        let was_there = || all.iter().any(|known| known != finding && known.rule == other.rule && known.message == other.message);
        other.rule == finding.rule
            && is_there
            && ((is_within && !is_list_rewritten) || !was_there())
            && (is_alone || other.message == finding.message)
    });
    again.map(|again| format!("the rule still fires: {}\n{text}", again.message))
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
