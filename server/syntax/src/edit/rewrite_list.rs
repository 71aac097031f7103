//! Rewrites a list: other items, or the same in another order, each with its comments.
//!
//! A comment above an item or after it on its line belongs to the item. If several items become one, the first keeps the
//! comment after it, and the comments of the others move above it.

use std::ops::Range;

use crate::document::Document;
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle};

/// An item of a rewritten list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RewrittenItem {
    /// The item's text, without quotes and escapes; `None` copies the source of the first of `of`.
    pub text: Option<String>,
    /// The items that it replaces; it gets their comments. Empty for an additional item.
    pub of: Vec<NodeId>,
}

/// An item that is alone on its line.
struct Row<'t> {
    item: NodeId,
    /// The lines above it that have comments or nothing.
    above: Vec<&'t str>,
    /// The text before the item on its line: white space, a dash.
    before: &'t str,
    /// The white space and the comment after the item and its comma.
    behind: &'t str,
}

impl Document {
    /// A list with these items in place of its own: the bytes to replace, and the text to write there. `value` is the list, or
    /// a string in place of a list. `None` for other values, for incomplete ones, and if a comment would be lost.
    pub fn rewrite_list(&self, value: NodeId, items: &[RewrittenItem]) -> Option<(Range<usize>, String)> {
        let old: Vec<NodeId> = self.items(value).collect();
        let rows = if old.is_empty() { None } else { self.rows(value, &old) };
        // An item that is not kept must have no comments.
        let is_taken = |row: &Row<'_>| items.iter().any(|item| item.of.contains(&row.item));
        let says_nothing = |row: &Row<'_>| row.behind.trim().is_empty() && row.above.iter().all(|line| line.trim().is_empty());
        let keeps_comments = rows.is_none_or(|(_, rows)| rows.iter().all(|row| is_taken(row) || says_nothing(row)));
        if keeps_comments { self.rewrite_list_part(value, items) } else { None }
    }

    /// As [`Document::rewrite_list`], without the check for lost comments: for callers that write the other items elsewhere.
    pub fn rewrite_list_part(&self, value: NodeId, items: &[RewrittenItem]) -> Option<(Range<usize>, String)> {
        if items.is_empty() || items.iter().any(|item| item.text.is_none() && item.of.is_empty()) {
            return None;
        }
        match self.kind(value) {
            NodeKind::Scalar => self.rewrite_string(value, items),
            NodeKind::Seq => self.rewrite_sequence(value, items),
            _ => None,
        }
    }

    fn rewrite_string(&self, value: NodeId, items: &[RewrittenItem]) -> Option<(Range<usize>, String)> {
        let range = self.range(value);
        let node = self.tree().node(value);
        if node.flags().has(NodeFlags::OPEN) || node.style().is_block() || self.raw(value).contains('\n') {
            return None;
        }
        let texts = self.texts(items, value);
        if let [only] = texts.as_slice() {
            return Some((range, only.clone()));
        }
        let joined = format!("[{}]", texts.join(", "));
        if self.fits(&range, &joined) || !self.may_break_lines(value) {
            return Some((range, joined));
        }
        let base = self.indent(range.start);
        let line_end = self.line_end_at(range.start);
        let row = format!("{line_end}{base}{}", self.indent_unit(range.start));
        let is_in_brackets = self.tree().parent(value).is_some_and(|above| self.tree().node(above).flags().has(NodeFlags::FLOW));
        if !self.is_indented(value) || is_in_brackets {
            let close = if self.is_indented(value) { String::new() } else { format!("{line_end}{base}") };
            return Some((range, format!("[{row}{}{close}]", texts.join(&format!(",{row}")))));
        }
        // After a key in block style, the list is written below.
        let key = self.key_of(value)?;
        let is_behind_key = self.text().get(self.range(key).end..range.start)?.trim() == ":";
        let start = self.text()[..range.start].trim_end_matches([' ', '\t']).len();
        let rows: String = texts.iter().map(|text| format!("{row}- {text}")).collect();
        is_behind_key.then_some((start..range.end, rows))
    }

    fn rewrite_sequence(&self, list: NodeId, items: &[RewrittenItem]) -> Option<(Range<usize>, String)> {
        let flags = self.tree().node(list).flags();
        let old: Vec<NodeId> = self.items(list).collect();
        let is_unfit = |&item: &NodeId| {
            self.kind(item) == NodeKind::Missing
                || self.tree().node(item).flags().has(NodeFlags::OPEN)
                || self.raw(item).contains(['\n', '\r'])
        };
        if flags.has(NodeFlags::FOR) || flags.has(NodeFlags::OPEN) || old.is_empty() || old.iter().any(is_unfit) {
            return None;
        }
        match self.rows(list, &old) {
            Some((start, rows)) => self.rewrite_rows(list, start, &rows, items),
            None => self.rewrite_between_commas(list, &old, items),
        }
    }

    /// The source text of the items; additional ones get the style of the item before them.
    fn texts(&self, items: &[RewrittenItem], first: NodeId) -> Vec<String> {
        let mut like = first;
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            like = item.of.iter().copied().find(|&of| self.kind(of) == NodeKind::Scalar).unwrap_or(like);
            texts.push(match (&item.text, item.of.first()) {
                (None, Some(&kept)) => self.raw(kept).to_owned(),
                (text, _) => self.format_like(like, text.as_deref().unwrap_or("")),
            });
        }
        texts
    }

    /// The byte at which the lines of the items begin, and the items with their lines; `None` if items share lines.
    fn rows(&self, list: NodeId, old: &[NodeId]) -> Option<(usize, Vec<Row<'_>>)> {
        let text = self.text();
        let is_flow = self.tree().node(list).flags().has(NodeFlags::FLOW);
        let opens = if is_flow { self.inner(list).start } else { self.key_of(list).map_or(usize::MAX, |key| self.range(key).end) };
        let first_start = self.line_start(self.range(old[0]).start);
        let begin = text.get(opens..).and_then(|rest| rest.find('\n')).map_or(first_start, |ahead| opens + ahead + 1);
        let mut from = begin;
        let mut rows = Vec::with_capacity(old.len());
        for (index, &item) in old.iter().enumerate() {
            let range = self.range(item);
            let start = self.line_start(range.start);
            let end = text[range.end..].find('\n').map_or(text.len(), |ahead| range.end + ahead);
            let before = text.get(start..range.start).filter(|_| start >= from)?;
            let is_alone = if is_flow { before.trim().is_empty() } else { before.trim() == "-" };
            let rest = text[range.end..end].trim_end();
            let has_comma = is_flow && rest.trim_start().starts_with(',');
            let behind = if has_comma { rest.trim_start().get(1..)? } else { rest };
            let comment = behind.trim_start();
            let is_comment = comment.is_empty()
                || comment.starts_with('#')
                || comment.starts_with("//")
                || (comment.starts_with("/*") && comment.find("*/") == Some(comment.len() - 2));
            if !is_alone || !is_comment || (is_flow && !has_comma && index + 1 < old.len()) {
                return None;
            }
            let above: Vec<&str> = text[from..start].lines().collect();
            rows.push(Row { item, above, before, behind });
            from = (end + 1).min(text.len());
        }
        Some((begin, rows))
    }

    fn rewrite_rows(&self, list: NodeId, start: usize, rows: &[Row<'_>], items: &[RewrittenItem]) -> Option<(Range<usize>, String)> {
        let text = self.text();
        let (first, last) = (rows.first()?, rows.last()?);
        let is_flow = self.tree().node(list).flags().has(NodeFlags::FLOW);
        let ends_in_comma = is_flow && text[self.range(last.item).end..].trim_start_matches([' ', '\t']).starts_with(',');
        let row_of = |item: NodeId| rows.iter().find(|row| row.item == item);
        let line_end = text[self.range(last.item).end..].find('\n').map_or(text.len(), |ahead| self.range(last.item).end + ahead);
        let end = start + text[start..line_end].trim_end().len();
        let mut lines: Vec<String> = Vec::new();
        let mut before = first.before;
        for (index, (item, written)) in items.iter().zip(self.texts(items, first.item)).enumerate() {
            let taken: Vec<&Row<'_>> = item.of.iter().filter_map(|&of| row_of(of)).collect();
            before = taken.first().map_or(before, |row| row.before);
            let indent: String = before.chars().take_while(|letter| letter.is_whitespace()).collect();
            for (place, row) in taken.iter().enumerate() {
                lines.extend(row.above.iter().map(|line| line.trim_end().to_owned()));
                if place > 0 && !row.behind.trim().is_empty() {
                    lines.push(format!("{indent}{}", row.behind.trim_start()));
                }
            }
            let comma = if is_flow && (index + 1 < items.len() || ends_in_comma) { "," } else { "" };
            let behind = taken.first().map_or("", |row| row.behind);
            lines.push(format!("{before}{written}{comma}{behind}"));
        }
        Some((start..end, lines.join(self.line_end_at(start))))
    }

    /// Rewrites items that share lines: the text between them stays.
    fn rewrite_between_commas(&self, list: NodeId, old: &[NodeId], items: &[RewrittenItem]) -> Option<(Range<usize>, String)> {
        let text = self.text();
        let node = self.tree().node(list);
        if !node.flags().has(NodeFlags::FLOW) {
            return None;
        }
        let mut separators = Vec::with_capacity(old.len());
        for pair in old.windows(2) {
            let between = text.get(self.range(pair[0]).end..self.range(pair[1]).start)?;
            let is_escaped = node.flags().has(NodeFlags::ESCAPED);
            let plain = if is_escaped { between.replace("\\n", "").replace("\\r", "").replace("\\t", "") } else { between.to_owned() };
            if plain.trim().trim_start_matches(',').trim() != "" || plain.matches(',').count() != 1 {
                return None;
            }
            separators.push(between);
        }
        let texts = self.texts(items, old[0]);
        let inside = self.range(old[0]).start..self.range(*old.last()?).end;
        let mut written = String::new();
        for (index, text) in texts.iter().enumerate() {
            written.push_str(text);
            if index + 1 < texts.len() {
                written.push_str(separators.get(index).or(separators.last()).copied().unwrap_or(", "));
            }
        }
        let (lead, tail) = (text.get(node.inner().start..inside.start)?, text.get(inside.end..node.inner().end)?);
        let has_no_comments = lead.trim().is_empty() && tail.trim_matches([' ', '\t', '\r', '\n', ',']).is_empty();
        if self.fits(&inside, &written) || !has_no_comments || !self.may_break_lines(list) {
            return Some((inside, written));
        }
        let base = self.indent(node.range().start);
        let line_end = self.line_end_at(inside.start);
        let row = format!("{line_end}{base}{}", self.indent_unit(node.range().start));
        let rows = texts.join(&format!(",{row}"));
        let comma = tail.trim();
        // A closing bracket at the key's own column would end the value in YAML.
        let close = if self.is_indented(list) { String::new() } else { format!("{line_end}{base}") };
        Some((node.inner(), format!("{row}{rows}{comma}{close}")))
    }

    /// Whether a node is a string on one line with known text: not an expression, a block or an embedded document.
    pub fn is_plain_string(&self, node: NodeId) -> bool {
        let style = self.tree().node(node).style();
        self.kind(node) == NodeKind::Scalar
            && !matches!(style, ScalarStyle::Expression | ScalarStyle::Bare)
            && !style.is_block()
            && self.embedded(node).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;

    /// What becomes of the innermost list of a text. Each new item names old ones by their text, `+` between those that become
    /// one; before `=` stands what is written, where that is new.
    #[track_caller]
    fn check(format: Format, before: &str, new: &[&str], after: Option<&str>) {
        let document = Document::read(before, format);
        let is_list = |node: &NodeId| document.kind(*node) == NodeKind::Seq;
        let list = document.tree().subtree(NodeId::STREAM).filter(is_list).last();
        let value = list.or_else(|| document.scalars().find(|&node| document.embedded(node).is_none())).expect("a list or a string");
        let of = |names: &str| -> Vec<NodeId> {
            let named = |name: &str| document.scalars().find(|&node| document.value(node) == name).expect("an item of this text");
            names.split('+').filter(|name| !name.is_empty()).map(named).collect()
        };
        let items: Vec<RewrittenItem> = new
            .iter()
            .map(|item| match item.split_once('=') {
                Some((text, names)) => RewrittenItem { text: Some(text.to_owned()), of: of(names) },
                None => RewrittenItem { text: None, of: of(item) },
            })
            .collect();
        let found =
            document.rewrite_list(value, &items).map(|(range, text)| format!("{}{text}{}", &before[..range.start], &before[range.end..]));
        assert_eq!(found.as_deref(), after, "{before}");
    }

    #[test]
    fn comments_go_with_their_items() {
        check(
            Format::Hcl,
            "x = [\n  # second\n  \"b\", # two\n  \"a\",   // one\n]\n",
            &["a", "b"],
            Some("x = [\n  \"a\",   // one\n  # second\n  \"b\", # two\n]\n"),
        );
        check(
            Format::Yaml,
            "x:\n  # second\n  - b # two\n  - 'a'\n  # the end\n",
            &["a", "b"],
            Some("x:\n  - 'a'\n  # second\n  - b # two\n  # the end\n"),
        );
        check(Format::Json, "[\n  \"b\", // two\n  \"a\"\n]", &["a", "b"], Some("[\n  \"a\",\n  \"b\" // two\n]"));
    }

    #[test]
    fn of_items_that_become_one_every_comment_is_kept() {
        check(
            Format::Hcl,
            "x = [\n  \"a\", # one\n  # second\n  \"b\", # two\n  \"c\",\n]\n",
            &["ab=a+b", "c"],
            Some("x = [\n  # second\n  # two\n  \"ab\", # one\n  \"c\",\n]\n"),
        );
        check(Format::Yaml, "- a # one\n- b # two\n- c\n", &["ab=b+a", "c"], Some("# one\n- ab # two\n- c\n"));
        // A comment that no item takes along is not given up.
        check(Format::Yaml, "- a # one\n- b # two\n", &["a"], None);
        check(Format::Json, "[\"a\", /* two */ \"b\"]", &["b", "a"], None);
    }

    #[test]
    fn one_item_becomes_many_in_the_lists_own_style() {
        check(Format::Yaml, "x:\n- \"a\" # one\n- b\n", &["a1=a", "a2=", "b"], Some("x:\n- \"a1\" # one\n- \"a2\"\n- b\n"));
        check(Format::Yaml, "x: [a, 'b']\n", &["a", "b1=b", "b2="], Some("x: [a, 'b1', 'b2']\n"));
        check(Format::Hcl, "x = [\n  \"a\",\n]\n", &["b=a", "c="], Some("x = [\n  \"b\",\n  \"c\",\n]\n"));
        check(Format::Json, "{\"x\": [\"a\"]}", &["b=a", "c="], Some("{\"x\": [\"b\", \"c\"]}"));
        check(Format::Json, "\"[\\\"a\\\", \\\"b\\\"]\"", &["b", "c=a"], Some("\"[\\\"b\\\", \\\"c\\\"]\""));
        check(Format::Json, "[\r\n  \"b\",\r\n  \"a\"\r\n]\r\n", &["a", "b"], Some("[\r\n  \"a\",\r\n  \"b\"\r\n]\r\n"));
    }

    #[test]
    fn a_line_that_grows_too_long_is_broken() {
        let long = ["y".repeat(60), "z".repeat(60)];
        let new: Vec<String> = [format!("{}=a", long[0]), format!("{}=", long[1])].to_vec();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let [y, z] = &long;
        check(Format::Json, "{\n  \"x\": [\"a\"]\n}", &new, Some(&format!("{{\n  \"x\": [\n    \"{y}\",\n    \"{z}\"\n  ]\n}}")));
        check(Format::Hcl, "y = 1\nx = [\"a\",]\n", &new, Some(&format!("y = 1\nx = [\n  \"{y}\",\n  \"{z}\",\n]\n")));
        check(Format::Yaml, "- y: 1\n  x: [a]\n", &new, Some(&format!("- y: 1\n  x: [\n    {y},\n    {z}]\n")));
        check(Format::Yaml, "v:\n  x: a # one\n", &new, Some(&format!("v:\n  x:\n    - {y}\n    - {z} # one\n")));
        check(Format::Yaml, "x: '[\"a\"]'\n", &new, Some(&format!("x: '[\"{y}\", \"{z}\"]'\n")));
    }

    #[test]
    fn a_string_alone_becomes_a_list_and_stays_one_where_it_can() {
        check(Format::Json, "{\"x\": \"a\"}", &["b=a"], Some("{\"x\": \"b\"}"));
        check(Format::Json, "{\"x\": \"a\"}", &["b=a", "c="], Some("{\"x\": [\"b\", \"c\"]}"));
        check(Format::Yaml, "x: a\n", &["b=a", "c="], Some("x: [b, c]\n"));
    }

    #[test]
    fn what_is_still_being_typed_is_left_alone() {
        check(Format::Json, "[\"a\", \"b", &["b", "a"], None);
        check(Format::Yaml, "x:\n  - a\n  -\n", &["a"], None);
        check(Format::Hcl, "x = [for a in b : \"c\"]\n", &["c"], None);
    }
}
