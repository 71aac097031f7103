//! Which fixes may be applied together, and applying them.

use std::collections::BTreeMap;

use connect_policy_ide::{Finding, Fix, TextEdit};

/// Which fixes are applied together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Selection {
    /// Those that keep what the document means.
    Safe,
    /// Also those that are probably right, if nothing else is offered for a finding.
    Unsafe,
}

impl Selection {
    /// The fix of a finding that is selected.
    pub fn fix(self, finding: &Finding) -> Option<&Fix> {
        finding.fix_to_apply(self == Selection::Unsafe)
    }
}

/// The edits of every selected fix that can be applied beside the ones before it, ascending.
pub fn selected_edits(findings: &[Finding], selection: Selection) -> Vec<TextEdit> {
    selected(findings, selection).1
}

/// The findings whose selected fix can be applied beside the ones before it, with these fixes, and the edits of all of them,
/// ascending.
///
/// A finding gives its fix whole or not at all: half of a fix would be a different change.
pub fn selected(findings: &[Finding], selection: Selection) -> (Vec<(&Finding, &Fix)>, Vec<TextEdit>) {
    let mut settled = Vec::new();
    let mut taken = Taken::default();
    for finding in findings {
        let Some(fix) = selection.fix(finding) else { continue };
        if fix.edits.iter().all(|edit| !taken.collides(edit)) {
            settled.push((finding, fix));
            fix.edits.iter().for_each(|edit| taken.add(edit));
        }
    }
    (settled, taken.0.into_values().cloned().collect())
}

/// Edits of which no two fixes' collide, by place. The last part of the key tells apart what one fix inserts at one place.
#[derive(Default)]
struct Taken<'f>(BTreeMap<(usize, usize, usize), &'f TextEdit>);

impl<'f> Taken<'f> {
    fn add(&mut self, edit: &'f TextEdit) {
        self.0.insert((edit.range.start, edit.range.end, self.0.len()), edit);
    }

    /// Whether an edit collides with one of these. They do not overlap, so the ends ascend with the starts, and only those
    /// around its place need to be looked at.
    fn collides(&self, edit: &TextEdit) -> bool {
        let before = self.0.range(..=(edit.range.end, usize::MAX, usize::MAX)).rev();
        before.take_while(|((_, end, _), _)| *end >= edit.range.start).any(|(_, other)| collide(edit, other))
    }
}

/// A text with edits made in it, which ascend and do not collide.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        changed.push_str(text.get(from..edit.range.start).unwrap_or(""));
        changed.push_str(&edit.new_text);
        from = edit.range.end;
    }
    changed.push_str(text.get(from..).unwrap_or(""));
    changed
}

/// Whether two edits cannot both be made: they overlap, or insert at the same place, where their order would be a guess.
fn collide(a: &TextEdit, b: &TextEdit) -> bool {
    if a.range.is_empty() || b.range.is_empty() {
        return a.range.start <= b.range.end && b.range.start <= a.range.end;
    }
    a.range.start < b.range.end && b.range.start < a.range.end
}

#[cfg(test)]
mod tests {
    use connect_policy_ide::{Applicability, Severity};

    use super::*;

    fn finding(applicability: Applicability, edits: &[(usize, usize, &str)]) -> Finding {
        let edits = edits.iter().map(|&(start, end, text)| TextEdit { range: start..end, new_text: text.to_owned() }).collect();
        Finding {
            fixes: vec![Fix { title: String::new(), applicability, edits }],
            ..Finding::new("unknown-action", Severity::Warning, 0..1, String::new())
        }
    }

    fn texts(findings: &[Finding]) -> Vec<String> {
        selected_edits(findings, Selection::Safe).into_iter().map(|edit| edit.new_text).collect()
    }

    #[test]
    fn takes_safe_fixes_in_order_of_place() {
        let findings = [
            finding(Applicability::Safe, &[(5, 6, "b")]),
            finding(Applicability::Unsafe, &[(3, 4, "no")]),
            finding(Applicability::Safe, &[(0, 2, "a")]),
        ];
        assert_eq!(texts(&findings), ["a", "b"]);
    }

    #[test]
    fn unsafe_fixes_are_taken_if_nothing_else_is_offered() {
        let only = finding(Applicability::Unsafe, &[(0, 1, "a")]);
        let named = Finding { suggestions: vec!["a".to_owned(), "b".to_owned()], ..finding(Applicability::Unsafe, &[(2, 3, "a")]) };
        let mut two = finding(Applicability::Unsafe, &[(4, 5, "a")]);
        two.fixes.push(two.fixes[0].clone());
        let shown = finding(Applicability::DisplayOnly, &[(6, 7, "a")]);
        let findings = [only, named, two, shown, finding(Applicability::Safe, &[(8, 9, "s")])];
        let texts = |selection| selected_edits(&findings, selection).into_iter().map(|edit| edit.new_text).collect::<Vec<_>>();
        assert_eq!(texts(Selection::Unsafe), ["a", "s"]);
        assert_eq!(texts(Selection::Safe), ["s"]);
    }

    #[test]
    fn leaves_out_a_whole_fix_that_overlaps() {
        let findings = [
            finding(Applicability::Safe, &[(0, 4, "a")]),
            finding(Applicability::Safe, &[(3, 5, "b"), (8, 9, "c")]),
            finding(Applicability::Safe, &[(4, 5, "d")]),
        ];
        assert_eq!(texts(&findings), ["a", "d"]);
    }

    #[test]
    fn two_insertions_at_one_place_collide() {
        assert_eq!(texts(&[finding(Applicability::Safe, &[(4, 4, "a")]), finding(Applicability::Safe, &[(4, 4, "b")])]), ["a"]);
    }

    #[test]
    fn edits_are_made_where_they_stand() {
        let findings = [finding(Applicability::Safe, &[(5, 6, "B")]), finding(Applicability::Safe, &[(0, 1, ""), (2, 2, "é")])];
        assert_eq!(apply("abcdefg", &selected_edits(&findings, Selection::Safe)), "bécdeBg");
    }
}
