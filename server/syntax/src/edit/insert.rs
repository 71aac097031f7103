//! New entries in the style of the document around them: quotes, escapes, commas, indentation.

use std::ops::Range;

use super::rewrite_list::RewrittenItem;
use crate::document::Document;
use crate::tree::{NodeFlags, NodeId, NodeKind};

impl Document {
    /// The source text of an entry that replaces `range`, in bytes.
    ///
    /// With a `token`, `range` is the text inside its quotes, and the quotes stay. A missing closing quote is not added: somebody
    /// who types without automatic quotes is about to type it.
    /// Without a `token`, nothing is written at `range` yet: the text gets the quotes of its neighbors, and white space and a
    /// comma if it needs them.
    pub fn format_entry(&self, token: Option<NodeId>, range: &Range<usize>, text: &str) -> String {
        let quote = self.quote_at(token, range.start, text);
        let mut out = String::new();
        match token {
            Some(token) if self.tree().node(token).style().is_quoted() => {
                out.push_str(&self.escape(token, quote, text));
            }
            _ => {
                if token.is_none() {
                    out.push_str(self.space_before(range.start));
                }
                out.push_str(&self.quoted(token, range.start, quote, text));
                if token.is_none() {
                    out.push_str(self.comma_after(range.end));
                }
            }
        }
        out
    }

    /// Several entries in place of one list item: the bytes to replace, and the text to write there. `None` if the item is not
    /// in a list.
    pub fn format_replacements(&self, item: NodeId, texts: &[&str]) -> Option<(Range<usize>, String)> {
        let list = self.tree().parent(item).filter(|&list| self.kind(list) == NodeKind::Seq && !self.is_for(list))?;
        let range = self.range(item);
        let quote = self.quote_at(Some(item), range.start, texts.first().copied().unwrap_or(""));
        let separator = self.separator(list, item);
        let written: Vec<String> = texts.iter().map(|text| self.quoted(Some(item), range.start, quote, text)).collect();
        Some(self.fitted_items(item, &written, &separator))
    }

    /// Several entries in place of one, in the style of the list. `token` and `range` as for [`Document::format_entry`]: the
    /// quotes of a quoted token stay, so the first entry has no opening quote and the last has no closing quote, unless the
    /// token's own is missing.
    pub fn format_entries(&self, token: Option<NodeId>, range: &Range<usize>, texts: &[&str]) -> String {
        let entries = self.joined_entries(token, range, texts, &self.separator_at(token, range.start));
        if token.is_some() {
            return entries;
        }
        let broken = if texts.len() > 1 { self.broken_list(None, range) } else { None };
        if let Some(broken) = broken.filter(|broken| broken.around.is_empty()) {
            // An empty list in brackets gets one entry on each line.
            return broken.wrap(&self.joined_entries(None, range, texts, broken.separator()));
        }
        format!("{}{entries}{}", self.space_before(range.start), self.comma_after(range.end))
    }

    /// Entries with a text between them, without what may be needed around them.
    pub(super) fn joined_entries(&self, token: Option<NodeId>, range: &Range<usize>, texts: &[&str], separator: &str) -> String {
        let Some(first) = texts.first() else { return String::new() };
        let quote = self.quote_at(token, range.start, first);
        let each = |text: &&str| self.quoted(token, range.start, self.quote_for(quote, text), text);
        let whole = texts.iter().map(each).collect::<Vec<String>>().join(separator);
        let Some(token) = token.filter(|&token| self.tree().node(token).style().is_quoted()) else { return whole };
        let mark = self.layered(Some(token), range.start, quote);
        let whole = whole.strip_prefix(&mark).unwrap_or(&whole);
        let is_incomplete = self.tree().node(token).flags().has(NodeFlags::OPEN);
        if is_incomplete { whole.to_owned() } else { whole.strip_suffix(&mark).unwrap_or(whole).to_owned() }
    }

    /// Entries added at the end of a list, in its style: the bytes to replace, and the text to write there. `value` is the list,
    /// or a string, which becomes a list. `None` for other values, such as `for` expressions, which have one item.
    pub fn append(&self, value: NodeId, texts: &[&str]) -> Option<(Range<usize>, String)> {
        match self.kind(value) {
            NodeKind::Seq if self.is_for(value) => None,
            NodeKind::Seq => {
                let Some(last) = self.items(value).filter(|&item| self.kind(item) != NodeKind::Missing).last() else {
                    return self.tree().node(value).flags().has(NodeFlags::FLOW).then(|| self.fill(value, texts));
                };
                let end = self.range(last).end;
                let quote = self.quote_at(Some(last), end, texts.first().copied().unwrap_or(""));
                let separator = self.separator(value, last);
                let new = texts.iter().map(|text| self.quoted(Some(last), end, self.quote_for(quote, text), text));
                let written: String = new.clone().map(|text| format!("{separator}{text}")).collect();
                if self.fits(&(end..end), &written) || self.raw(last).contains('\n') {
                    return Some((end..end, written));
                }
                let items: Vec<String> = std::iter::once(self.raw(last).to_owned()).chain(new).collect();
                let (range, text) = self.fitted_items(last, &items, &separator);
                Some((range, text))
            }
            NodeKind::Scalar => {
                let kept = RewrittenItem { text: None, of: vec![value] };
                let new = texts.iter().map(|text| RewrittenItem { text: Some((*text).to_owned()), of: Vec::new() });
                let items: Vec<RewrittenItem> = std::iter::once(kept).chain(new).collect();
                self.rewrite_list_part(value, &items)
            }
            _ => None,
        }
    }

    fn is_for(&self, list: NodeId) -> bool {
        self.tree().node(list).flags().has(NodeFlags::FOR)
    }

    /// Entries in a list in brackets that has none.
    fn fill(&self, list: NodeId, texts: &[&str]) -> (Range<usize>, String) {
        let inner = self.inner(list);
        let at = inner.start..inner.start;
        let inline = self.format_entries(None, &at, texts);
        if self.raw(list).contains('\n') || (texts.len() < 2 && self.fits(&at, &inline)) {
            return (at, inline);
        }
        match self.broken_list(None, &at) {
            Some(broken) => self.merged(&broken, &at, &self.joined_entries(None, &at, texts, broken.separator())),
            None => (at, inline),
        }
    }

    /// A whole item, quotes included, in the style of another item.
    pub fn format_like(&self, item: NodeId, text: &str) -> String {
        let start = self.range(item).start;
        let quote = self.quote_at(Some(item), start, text);
        self.quoted(Some(item), start, self.quote_for(quote, text), text)
    }

    /// The text between several entries that are written at a place.
    fn separator_at(&self, token: Option<NodeId>, offset: usize) -> String {
        let node = token.unwrap_or_else(|| self.locate(offset).node);
        let list = std::iter::once(node).chain(self.tree().ancestors(node)).find(|&node| self.kind(node) == NodeKind::Seq);
        let Some(list) = list else { return ", ".to_owned() };
        let written = token.or_else(|| self.items(list).find(|&item| !self.range(item).is_empty()));
        match written {
            Some(item) if self.kind(item) != NodeKind::Missing => self.separator(list, item),
            // An empty list stays on its line.
            _ if self.tree().node(list).flags().has(NodeFlags::FLOW) => ", ".to_owned(),
            _ => {
                let dash = self.text()[self.line_start(offset)..offset].find('-').unwrap_or(0);
                format!("{}{}- ", self.line_end_at(offset), " ".repeat(dash))
            }
        }
    }

    /// The text between two items of a list: a comma and a space, or a line end and the item's indentation.
    pub fn separator(&self, list: NodeId, item: NodeId) -> String {
        let text = self.text();
        let start = self.range(item).start;
        let line_start = self.line_start(start);
        let indent = self.line_indent(start);
        if !self.tree().node(list).flags().has(NodeFlags::FLOW) {
            let dash_indent: String = " ".repeat(text[line_start..start].find('-').unwrap_or(indent.len()));
            return format!("{}{dash_indent}- ", self.line_end_at(start));
        }
        let stands_alone = text[line_start..start].trim().is_empty() && text[..line_start].len() > self.range(list).start;
        if stands_alone { format!(",{}{indent}", self.line_end_at(start)) } else { ", ".to_owned() }
    }

    /// The text between two items of a list in brackets that stand below each other; `None` if line ends cannot be written.
    pub fn row_separator(&self, list: NodeId, item: NodeId) -> Option<String> {
        let may_break = self.tree().node(list).flags().has(NodeFlags::FLOW) && self.may_break_lines(list);
        let start = self.range(item).start;
        may_break.then(|| format!(",{}{}{}", self.line_end_at(start), self.indent(start), self.indent_unit(start)))
    }

    /// A comma and a space after an item without a comma; a space, if a value would otherwise touch its colon, dash, comma or
    /// equals sign.
    fn space_before(&self, offset: usize) -> &'static str {
        if self.lacks_comma_before(offset) {
            return ", ";
        }
        match self.text()[..offset].chars().next_back() {
            Some(':' | '-' | '=' | ',') => " ",
            _ => "",
        }
    }

    /// Whether an item of a list in brackets precedes a place on its line without a comma.
    pub(super) fn lacks_comma_before(&self, offset: usize) -> bool {
        let list = self.locate(offset).node;
        let is_list = self.kind(list) == NodeKind::Seq && self.tree().node(list).flags().has(NodeFlags::FLOW);
        let before = self.items(list).map(|item| self.range(item)).filter(|range| !range.is_empty() && range.end <= offset).last();
        let between = before.and_then(|range| self.text().get(range.end..offset));
        is_list && between.is_some_and(|between| between.trim_matches([' ', '\t']).is_empty())
    }

    /// A comma, if another item follows without one.
    pub(super) fn comma_after(&self, offset: usize) -> &'static str {
        let rest = self.text()[offset..].trim_start();
        let node = self.locate(offset).node;
        let is_flow = self.tree().node(node).flags().has(NodeFlags::FLOW)
            || self.tree().parent(node).is_some_and(|above| self.tree().node(above).flags().has(NodeFlags::FLOW));
        if is_flow && rest.starts_with(['"', '\'']) { "," } else { "" }
    }
}
