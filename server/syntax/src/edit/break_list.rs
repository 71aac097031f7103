//! Lists in brackets that get one entry on each line, because new entries would make a line too long.

use std::ops::Range;

use crate::document::Document;
use crate::tree::{NodeFlags, NodeId, NodeKind};

/// No line becomes longer than this many columns by new text, unless one entry alone is longer.
pub(super) const MAX_LINE_WIDTH: usize = 120;

/// A change of the text: the bytes to replace, and the new text.
type Edit = (Range<usize>, String);

/// What is written around new entries so that each entry of their list has a line of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrokenList {
    /// Changes elsewhere in the list, which ascend and do not overlap the place of the new entries.
    pub around: Vec<Edit>,
    /// What precedes the new entries at their place.
    before: String,
    /// What follows them there.
    after: String,
    /// The text between two of them.
    separator: String,
}

impl BrokenList {
    /// The text between two new entries.
    pub(super) fn separator(&self) -> &str {
        &self.separator
    }

    /// The text for the place of a new entry, which on one line would be `entry`.
    pub fn wrap(&self, entry: &str) -> String {
        format!("{}{}{}", self.before, entry.trim_start_matches([',', ' ']), self.after)
    }
}

impl Document {
    /// Several entries in place of one, each on a line of its own, with the changes that this needs around them. `token` and
    /// `range` as for [`Document::format_entry`]. A value that is not a list becomes one. `None` if the list is written like
    /// that already, or cannot be.
    pub fn format_entries_in_rows(&self, token: Option<NodeId>, range: &Range<usize>, texts: &[&str]) -> Option<(String, Vec<Edit>)> {
        let broken = self.broken_list(token, range).or_else(|| self.new_list(token, range))?;
        let entries = self.joined_entries(token, range, texts, &broken.separator);
        let comma = if token.is_none() { self.comma_after(range.end) } else { "" };
        Some((broken.wrap(&format!("{entries}{comma}")), broken.around))
    }

    /// Whether a new entry at a place, which `format_entry` describes, is one of a list.
    pub fn is_in_list(&self, token: Option<NodeId>, range: &Range<usize>) -> bool {
        self.list_at(token, range).is_some()
    }

    /// Whether no line grows too long when a text replaces a range of bytes.
    pub fn fits(&self, range: &Range<usize>, new_text: &str) -> bool {
        let text = self.text();
        let line = self.line_around(range.start);
        let end = text[range.end..].find(['\n', '\r']).map_or(text.len(), |ahead| range.end + ahead);
        let changed = [&text[self.line_start(range.start)..range.start], new_text, &text[range.end..end]].concat();
        let longest = changed.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        longest <= MAX_LINE_WIDTH || longest <= line.chars().count()
    }

    /// An edit of an item of a list, with what it takes so that no line grows too long. The edits ascend.
    pub fn fitted(&self, item: NodeId, (range, new_text): Edit) -> Vec<Edit> {
        let broken = if self.fits(&range, &new_text) { None } else { self.broken_list(Some(item), &range) };
        let Some(broken) = broken else { return vec![(range, new_text)] };
        let mut edits = broken.around.clone();
        let text = if new_text.is_empty() { new_text } else { broken.wrap(&new_text) };
        edits.push((range, text));
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        edits
    }

    /// New text for a whole item of a list as one edit, with what it takes so that no line grows too long; `texts` are the
    /// entries, as they are written.
    pub(super) fn fitted_items(&self, item: NodeId, texts: &[String], separator: &str) -> Edit {
        let range = self.range(item);
        let inline = texts.join(separator);
        let broken = if self.fits(&range, &inline) { None } else { self.broken_list(Some(item), &range) };
        match broken {
            Some(broken) => self.merged(&broken, &range, &texts.join(&broken.separator)),
            None => (range, inline),
        }
    }

    /// All changes of a list as one.
    pub(super) fn merged(&self, broken: &BrokenList, range: &Range<usize>, entries: &str) -> Edit {
        let mut edits = broken.around.clone();
        edits.push((range.clone(), broken.wrap(entries)));
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let start = edits.first().map_or(range.start, |(range, _)| range.start);
        let mut from = start;
        let mut out = String::new();
        for (range, new_text) in &edits {
            out.push_str(self.text().get(from..range.start).unwrap_or(""));
            out.push_str(new_text);
            from = range.end;
        }
        (start..from, out)
    }

    /// The list in which a place is.
    pub(super) fn list_at(&self, token: Option<NodeId>, range: &Range<usize>) -> Option<NodeId> {
        let list = match token {
            Some(token) => self.tree().parent(token)?,
            None => {
                let node = self.locate(range.start).node;
                if self.kind(node) == NodeKind::Missing { self.tree().parent(node)? } else { node }
            }
        };
        (self.kind(list) == NodeKind::Seq).then_some(list)
    }

    /// The list around a place, and its item there: the token, or the call or the function in a map whose argument the token is.
    fn list_around(&self, token: Option<NodeId>, range: &Range<usize>) -> Option<(NodeId, Option<NodeId>)> {
        let Some(token) = token else { return Some((self.list_at(None, range)?, None)) };
        let is_function = |node: NodeId| match self.kind(node) {
            NodeKind::Call => true,
            NodeKind::Map => self.pairs(node).take(2).count() == 1,
            _ => false,
        };
        let mut item = token;
        loop {
            let above = self.tree().parent(item)?;
            match self.kind(above) {
                NodeKind::Seq => return Some((above, Some(item))),
                _ if is_function(above) => item = above,
                _ => return None,
            }
        }
    }

    /// A list with one entry on each line in place of the list or the single value at a place. `None` if it is written like that
    /// already, or cannot be.
    pub fn list_of_lines(&self, token: Option<NodeId>, range: &Range<usize>) -> Option<BrokenList> {
        self.broken_list(token, range).or_else(|| self.new_list(token, range))
    }

    /// How the list around a place is written with one entry on each line. The place is `range`, a part of `token` or an empty
    /// place of the list. `None` if the list is written like that there, and if line ends cannot be written.
    pub fn broken_list(&self, token: Option<NodeId>, range: &Range<usize>) -> Option<BrokenList> {
        let (list, item) = self.list_around(token, range)?;
        let flags = self.tree().node(list).flags();
        if !flags.has(NodeFlags::FLOW) || flags.has(NodeFlags::FOR) || flags.has(NodeFlags::OPEN) || !self.may_break_lines(list) {
            return None;
        }
        let slot = item.map_or(range.clone(), |item| self.range(item));
        let is_written = |&other: &NodeId| Some(other) != item && !self.range(other).is_empty();
        let mut items: Vec<Range<usize>> = self.items(list).filter(is_written).map(|item| self.range(item)).collect();
        if items.iter().any(|item| item.start < slot.end && slot.start < item.end) {
            return None;
        }
        items.push(slot.clone());
        items.sort_by_key(|item| (item.start, item.end));

        let text = self.text();
        let (inner, start) = (self.inner(list), self.range(list).start);
        let base = self.indent(start);
        let own_row = |item: &&Range<usize>| {
            let line = self.line_start(item.start);
            line > start && text[line..item.start].trim().is_empty() && **item != slot
        };
        let row_indent = match items.iter().find(own_row) {
            Some(item) => self.line_indent(item.start).to_owned(),
            None => format!("{base}{}", self.indent_unit(start)),
        };
        let line_end = self.line_end_at(start);
        let row = format!("{line_end}{row_indent}");
        let mut broken = BrokenList { around: Vec::new(), before: String::new(), after: String::new(), separator: format!(",{row}") };
        let starts = items.iter().map(|item| item.start).chain([inner.end]);
        let ends = [inner.start].into_iter().chain(items.iter().map(|item| item.end));
        for (index, gap) in ends.zip(starts).map(|(end, start)| end..start).enumerate() {
            let between = text.get(gap.clone())?;
            if between.contains('\n') {
                continue;
            }
            // A comment is not moved.
            if !between.trim_matches([' ', '\t', ',']).is_empty() {
                return None;
            }
            // At an empty place, what is written there brings its own comma to what follows.
            let is_after_new = token.is_some() && index > 0 && items[index - 1] == slot && index < items.len();
            let is_beside_new = (index > 0 && items.get(index) == Some(&slot)) || is_after_new;
            let comma = if between.contains(',') || is_beside_new { "," } else { "" };
            let new_text = if index < items.len() {
                format!("{comma}{row}")
            } else if self.is_indented(list) {
                // A closing bracket at the key's own column would end the value in YAML.
                comma.to_owned()
            } else {
                format!("{comma}{line_end}{base}")
            };
            if new_text == between {
                continue;
            }
            // Two insertions at one place would leave their order open.
            if gap.is_empty() && gap.start == range.start && index < items.len() && items[index] == slot {
                broken.before = new_text;
            } else if gap.is_empty() && gap.end == range.end && index > 0 && items[index - 1] == slot {
                broken.after = new_text;
            } else {
                broken.around.push((gap, new_text));
            }
        }
        let is_changed = !broken.around.is_empty() || !broken.before.is_empty() || !broken.after.is_empty();
        is_changed.then_some(broken)
    }

    /// How the value of a key becomes a list with one entry on each line.
    fn new_list(&self, token: Option<NodeId>, range: &Range<usize>) -> Option<BrokenList> {
        let value = token.unwrap_or_else(|| self.locate(range.start).node);
        let key = self.key_of(value)?;
        if self.tree().node(value).flags().has(NodeFlags::OPEN) || !self.may_break_lines(value) {
            return None;
        }
        let slot = token.map_or(range.clone(), |token| self.range(token));
        let map = self.tree().parent(value)?;
        let is_block = self.is_indented(value) && !self.tree().node(map).flags().has(NodeFlags::FLOW);
        let gap = self.range(key).end..slot.start;
        let between = self.text().get(gap.clone())?;
        if between.contains(['\n', '\r']) || !between.trim().trim_matches([':', '=']).is_empty() {
            return None;
        }
        let base = self.indent(slot.start);
        let line_end = self.line_end_at(slot.start);
        let row = format!("{line_end}{base}{}", self.indent_unit(slot.start));
        let (open, close, separator) = if is_block {
            (format!("{row}- "), String::new(), format!("{row}- "))
        } else {
            // A closing bracket at the key's own column would end the value in YAML.
            let close = if self.is_indented(value) { "]".to_owned() } else { format!("{line_end}{base}]") };
            (format!("[{row}"), close, format!(",{row}"))
        };
        let mut broken = BrokenList { around: Vec::new(), before: String::new(), after: String::new(), separator };
        // Without a value yet, a space stands between the colon and it; a block list needs none.
        let blank = gap.start + between.trim_end().len()..gap.end;
        let needs_space = !is_block && blank.is_empty();
        let open = if needs_space { format!(" {open}") } else { open };
        match (is_block && !blank.is_empty(), slot.start == range.start) {
            (true, _) => broken.around.push((blank, open)),
            (false, true) => broken.before = open,
            (false, false) => broken.around.push((slot.start..slot.start, open)),
        }
        if slot.end == range.end {
            broken.after = close;
        } else if !close.is_empty() {
            broken.around.push((slot.end..slot.end, close));
        }
        Some(broken)
    }
}
