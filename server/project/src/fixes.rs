//! Which fixes may be applied together, and applying them.

use std::collections::BTreeMap;

use connect_policy_ide::{Finding, Fix, TextEdit};

/// The edits of every certain fix that can stand beside the ones before it, ascending.
pub fn certain_edits(findings: &[Finding]) -> Vec<TextEdit> {
    certain(findings).1
}

/// The findings whose first certain fix can stand beside the ones before it, with these fixes, and the edits of all of
/// them, ascending.
///
/// A finding gives its fix whole or not at all: half of a fix would be a different change.
pub fn certain(findings: &[Finding]) -> (Vec<(&Finding, &Fix)>, Vec<TextEdit>) {
    let mut settled = Vec::new();
    let mut taken = Taken::default();
    for finding in findings {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.applicability == connect_policy_ide::Applicability::Safe) else { continue };
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
    use connect_policy_ide::Severity;

    use super::*;

    fn finding(applicability: connect_policy_ide::Applicability, edits: &[(usize, usize, &str)]) -> Finding {
        let edits = edits.iter().map(|&(start, end, text)| TextEdit { range: start..end, new_text: text.to_owned() }).collect();
        Finding {
            fixes: vec![Fix { title: String::new(), applicability, edits }],
            ..Finding::new("unknown-action", Severity::Warning, 0..1, String::new())
        }
    }

    fn texts(findings: &[Finding]) -> Vec<String> {
        certain_edits(findings).into_iter().map(|edit| edit.new_text).collect()
    }

    #[test]
    fn takes_certain_fixes_in_order_of_place() {
        let findings = [
            finding(connect_policy_ide::Applicability::Safe, &[(5, 6, "b")]),
            finding(connect_policy_ide::Applicability::Unsafe, &[(3, 4, "no")]),
            finding(connect_policy_ide::Applicability::Safe, &[(0, 2, "a")]),
        ];
        assert_eq!(texts(&findings), ["a", "b"]);
    }

    #[test]
    fn leaves_out_a_whole_fix_that_overlaps() {
        let findings = [
            finding(connect_policy_ide::Applicability::Safe, &[(0, 4, "a")]),
            finding(connect_policy_ide::Applicability::Safe, &[(3, 5, "b"), (8, 9, "c")]),
            finding(connect_policy_ide::Applicability::Safe, &[(4, 5, "d")]),
        ];
        assert_eq!(texts(&findings), ["a", "d"]);
    }

    #[test]
    fn two_insertions_at_one_place_collide() {
        assert_eq!(
            texts(&[
                finding(connect_policy_ide::Applicability::Safe, &[(4, 4, "a")]),
                finding(connect_policy_ide::Applicability::Safe, &[(4, 4, "b")])
            ]),
            ["a"]
        );
    }

    #[test]
    fn edits_are_made_where_they_stand() {
        let findings = [
            finding(connect_policy_ide::Applicability::Safe, &[(5, 6, "B")]),
            finding(connect_policy_ide::Applicability::Safe, &[(0, 1, ""), (2, 2, "é")]),
        ];
        assert_eq!(apply("abcdefg", &certain(&findings).1), "bécdeBg");
    }
}
