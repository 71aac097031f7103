//! Removal of a list item with its comma, its line or its dash.

use std::ops::Range;

use crate::document::Document;
use crate::format::Format;
use crate::tree::{NodeFlags, NodeId, NodeKind};

impl Document {
    /// The bytes to remove with an item of a list; comments stay. `None` if the item is not in a list, or if it is the only item
    /// of a list without brackets.
    pub fn removal_range(&self, item: NodeId) -> Option<Range<usize>> {
        let list = self.tree().parent(item).filter(|&list| self.kind(list) == NodeKind::Seq)?;
        if self.tree().node(item).flags().has(NodeFlags::OPEN) || self.tree().node(list).flags().has(NodeFlags::FOR) {
            return None;
        }
        if self.tree().node(list).flags().has(NodeFlags::FLOW) {
            self.removal_between_commas(list, item)
        } else {
            self.removal_of_lines(list, item)
        }
    }

    fn removal_between_commas(&self, list: NodeId, item: NodeId) -> Option<Range<usize>> {
        let text = self.text();
        let range = self.range(item);
        let comma_and_space = |between: &str| {
            between.bytes().filter(|&byte| byte == b',').count() == 1 && between.trim_matches([' ', '\t', '\r', '\n', ',']).is_empty()
        };
        // The node after the item's subtree is the next item, if it belongs to the list.
        let next = NodeId(self.tree().node(item).subtree_end);
        if next.0 < self.tree().node(list).subtree_end {
            let end = self.range(next).start;
            let between = text.get(range.end..end)?;
            let keeps_line = !between.contains('\n') || text[..range.start].rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
            if comma_and_space(between) && keeps_line {
                return Some(range.start..end);
            }
            // There is a comment between them: only the item and its comma are removed.
            let comma = between.find(',').filter(|&comma| between[..comma].trim().is_empty())?;
            return Some(range.start..range.end + comma + 1);
        }
        if let Some(previous) = self.items(list).take_while(|&each| each != item).last() {
            let start = self.range(previous).end;
            let between = text.get(start..range.start)?;
            if comma_and_space(between) {
                return Some(start..range.end);
            }
            // A comment behind the comma stays, and the comma with it where that is allowed.
            let has_comma = between.trim_start().starts_with(',') && self.format_at(list) != Format::Json;
            return if has_comma { self.item_and_comma(range) } else { None };
        }
        self.item_and_comma(range)
    }

    /// An item with the comma after it, if there is one.
    fn item_and_comma(&self, item: Range<usize>) -> Option<Range<usize>> {
        let rest = self.text().get(item.end..)?;
        let after = rest.trim_start();
        let end = if after.starts_with(',') { item.end + (rest.len() - after.len()) + 1 } else { item.end };
        Some(item.start..end)
    }

    fn removal_of_lines(&self, list: NodeId, item: NodeId) -> Option<Range<usize>> {
        // The rest must still be a list.
        self.items(list).nth(1)?;
        let text = self.text();
        let range = self.range(item);
        let line_start = self.line_start(range.start);
        if text.get(line_start..range.start)?.trim() != "-" {
            return None;
        }
        let line_end = text[range.end..].find('\n').map_or(text.len(), |ahead| range.end + ahead + 1);
        let rest = text.get(range.end..line_end)?;
        if rest.trim().is_empty() {
            return Some(line_start..line_end);
        }
        // The comment stays, on a line of its own.
        let comment = range.end + (rest.len() - rest.trim_start().len());
        let dash = line_start + text.get(line_start..range.start)?.find('-')?;
        rest.trim_start().starts_with('#').then_some(dash..comment)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::format::Format;

    #[track_caller]
    fn check(format: Format, before: &str, item: &str, after: Option<&str>) {
        let document = Document::read(before, format);
        let node = document.scalars().filter(|&node| document.value(node) == item).last().expect("the item");
        let found = document.removal_range(node).map(|range| format!("{}{}", &before[..range.start], &before[range.end..]));
        assert_eq!(found.as_deref(), after, "{before}");
    }

    #[test]
    fn commas_and_lines_go_with_an_item_and_comments_stay() {
        check(Format::Json, r#"["a", "b", "c"]"#, "b", Some(r#"["a", "c"]"#));
        check(Format::Json, r#"["a", "b"]"#, "b", Some(r#"["a"]"#));
        check(Format::Json, r#"["a"]"#, "a", Some("[]"));
        check(Format::Json, "[\n  \"a\",\n  \"b\"\n]", "a", Some("[\n  \"b\"\n]"));
        check(Format::Json, "[\n  \"a\",\n  \"b\"\n]", "b", Some("[\n  \"a\"\n]"));
        check(Format::Json, r#"{"a": "b"}"#, "b", None);
        check(Format::Hcl, "x = [\n  \"a\", # one\n  \"b\",\n]\n", "a", Some("x = [\n   # one\n  \"b\",\n]\n"));
        check(Format::Hcl, "x = [\n  \"a\", # one\n  \"b\" # two\n]\n", "b", Some("x = [\n  \"a\", # one\n   # two\n]\n"));
        check(Format::Hcl, "x = [\n  \"a\", # one\n  \"b\", # two\n]\n", "b", Some("x = [\n  \"a\", # one\n   # two\n]\n"));
        check(Format::Json, "[\n  \"a\", // one\n  \"b\"\n]\n", "b", None);
        check(Format::Hcl, "x = [\"a\", \"b\",]\n", "b", Some("x = [\"a\",]\n"));
        check(Format::Yaml, "x:\n  - a # one\n  - b\n", "a", Some("x:\n  # one\n  - b\n"));
        check(Format::Yaml, "x:\n  - a\n", "a", None);
        check(Format::Yaml, "x: [a, b]\n", "a", Some("x: [b]\n"));
    }
}
