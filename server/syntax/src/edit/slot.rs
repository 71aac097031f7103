//! Where a key or list item can be written at a cursor: what is typed of it, and which separators are missing around it.
//!
//! What a new key would belong to is decided by reading the document again with that key in it ([`Document::with_key`]), so that
//! indentation, comments and half-typed text count exactly as they do once the key is written.

use std::ops::Range;

use crate::document::{Document, Pair};
use crate::format::Format;
use crate::query::locate::{CursorPath, CursorStep};
use crate::tree::{NodeFlags, NodeId, NodeKind, ScalarStyle};

/// How keys are written at a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SlotSyntax {
    /// In quotes, with a colon: JSON, also within a string of another format.
    Json,
    /// YAML in lines.
    YamlBlock,
    /// YAML between brackets.
    YamlFlow,
    /// HCL.
    Hcl,
}

/// A place at which a key or list item can be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot {
    /// What is typed, inside its quotes, in bytes; empty where nothing is typed. Lies on one line and holds the cursor.
    pub range: Range<usize>,
    /// The end of what is typed, the closing quote included.
    pub end: usize,
    /// The opening quote in front of the range.
    pub quote: Option<char>,
    /// Whether a value, a colon or an equals sign follows.
    pub has_value: bool,
    /// Whether a comma is missing in front.
    pub needs_comma_before: bool,
    /// Whether a comma is missing behind.
    pub needs_comma_after: bool,
    /// How keys are written here.
    pub syntax: SlotSyntax,
    /// Whether line ends cannot be written here: the place is in a string in quotes.
    pub is_one_line: bool,
    /// In a block of HCL, if the opening brace precedes the place on its line, and at a value of YAML: the white space between, which a
    /// line end replaces.
    pub line_break_before: Option<Range<usize>>,
    /// The same for the closing brace behind the place.
    pub line_break_after: Option<Range<usize>>,
    /// The innermost node around.
    node: NodeId,
}

impl Slot {
    /// The strings, heredocs and block scalars around the place, the innermost first.
    pub fn around<'d>(&self, document: &'d Document) -> impl Iterator<Item = NodeId> + 'd {
        // One that holds nothing but braces yet is not read as a document.
        let is_new = |node: &NodeId| document.tree().node(*node).style().is_block();
        let above = document.tree().ancestors(self.node).filter(|&node| document.kind(node) == NodeKind::Scalar);
        Some(self.node).filter(is_new).into_iter().chain(above)
    }
}

impl Document {
    /// The place of a key at a byte offset; `None` where a key cannot be written.
    pub fn key_slot(&self, offset: usize) -> Option<Slot> {
        let located = self.locate(offset);
        if self.is_line_based(&located) {
            return self.slot_on_line(offset, located.node);
        }
        if let Some(slot) = self.slot_in_new_document(offset, &located) {
            return Some(slot);
        }
        let (map, key) = match (located.token, *located.path.last()?) {
            (Some(token), CursorStep::Key(key)) if token == key => (self.tree().parent(key)?, Some(key)),
            (None, CursorStep::NewKey(map)) => (map, None),
            _ => return None,
        };
        let syntax = self.syntax_at(map);
        let (range, end, quote) = match key {
            Some(key) => self.typed(key, offset)?,
            None => (offset..offset, offset, None),
        };
        let rest = self.text()[end..].trim_start_matches([' ', '\t']);
        let has_value = key.is_some()
            && match syntax {
                SlotSyntax::Hcl => rest.starts_with(['=', '{', '"', ':']),
                SlotSyntax::Json | SlotSyntax::YamlBlock | SlotSyntax::YamlFlow => rest.starts_with(':'),
            };
        let pairs = || self.pairs(map).filter(|pair| Some(pair.key) != key);
        let before = pairs().take_while(|pair| self.range(pair.key).start < range.start).last();
        let after = pairs().find(|pair| self.range(pair.key).start >= end);
        let start = key.map_or(offset, |key| self.range(key).start);
        let needs_comma_before = match before {
            Some(before) => self.needs_comma_between(map, before, start)?,
            None => false,
        };
        let needs_comma_after = match after {
            Some(after) if !has_value => self.needs_comma(map, end..self.range(after.key).start)?,
            _ => false,
        };
        let is_one_line = self.is_in_quotes(map);
        let (line_break_before, line_break_after) = if has_value { (None, None) } else { self.missing_line_breaks(map, range.start..end) };
        let node = key.unwrap_or(map);
        Some(Slot {
            range,
            end,
            quote,
            has_value,
            needs_comma_before,
            needs_comma_after,
            syntax,
            is_one_line,
            line_break_before,
            line_break_after,
            node,
        })
    }

    /// The place of the value of a key at a byte offset on the key's line, and the key; `None` where a value is written already.
    pub fn value_slot(&self, offset: usize) -> Option<(Slot, NodeId)> {
        let located = self.locate(offset);
        let missing = located.token.filter(|&token| self.kind(token) == NodeKind::Missing)?;
        let key = self.key_of(missing)?;
        let map = self.tree().parent(key)?;
        let between = self.text().get(self.range(key).end..offset)?;
        if !between.trim_end_matches([' ', '\t']).ends_with([':', '=']) {
            return None;
        }
        let syntax = self.syntax_at(map);
        let blank = offset - (between.len() - between.trim_end_matches([' ', '\t']).len())..offset;
        let after = self.pairs(map).map(|pair| self.range(pair.key)).find(|key| key.start >= offset);
        let needs_comma_after = match (syntax, after) {
            (SlotSyntax::Json | SlotSyntax::YamlFlow, Some(after)) => self.needs_comma(map, offset..after.start)?,
            _ => false,
        };
        let slot = Slot {
            range: offset..offset,
            end: offset,
            quote: None,
            has_value: false,
            needs_comma_before: false,
            needs_comma_after,
            syntax,
            is_one_line: self.is_in_quotes(map),
            line_break_before: Some(blank).filter(|_| syntax == SlotSyntax::YamlBlock),
            line_break_after: None,
            node: map,
        };
        Some((slot, key))
    }

    /// The place of a new item at a byte offset: between the brackets of a list, or in YAML on an empty line.
    pub fn item_slot(&self, offset: usize) -> Option<Slot> {
        let located = self.locate(offset);
        if self.is_line_based(&located) {
            let slot = self.slot_on_line(offset, located.node)?;
            let line = self.line_before(offset);
            return (slot.range.is_empty() && slot.quote.is_none() && line.trim().is_empty()).then_some(slot);
        }
        let CursorStep::Item(seq, _) = *located.path.last()? else { return None };
        let word = match located.token {
            None => None,
            Some(token) if self.kind(token) == NodeKind::Missing => None,
            Some(token) if !self.tree().node(token).style().is_quoted() && self.kind(token) == NodeKind::Scalar => Some(token),
            Some(_) => return None,
        };
        let (range, end, quote) = match word {
            Some(word) => self.typed(word, offset)?,
            None => (offset..offset, offset, None),
        };
        let text = self.text();
        let items = || self.items(seq).filter(|item| Some(*item) != word && self.kind(*item) != NodeKind::Missing);
        let before = items().take_while(|item| self.range(*item).start < range.start).last();
        let after = items().find(|item| self.range(*item).start >= end);
        let has_comma = |range: Range<usize>| text.get(range).is_some_and(|text| text.contains(','));
        Some(Slot {
            needs_comma_before: before.is_some_and(|before| !has_comma(self.range(before).end..range.start)),
            needs_comma_after: after.is_some_and(|after| !has_comma(end..self.range(after).start)),
            range,
            end,
            quote,
            has_value: false,
            syntax: self.syntax_at(seq),
            is_one_line: self.is_in_quotes(seq),
            line_break_before: None,
            line_break_after: None,
            node: word.unwrap_or(seq),
        })
    }

    /// The document with a key of this name at a place, and the key's node; `None` if what is written there is not read as a
    /// key.
    pub fn with_key(&self, slot: &Slot, name: &str) -> Option<(Document, NodeId)> {
        let (open, close) = match (slot.quote, slot.syntax) {
            (None, SlotSyntax::Json) => ("\"", "\""),
            (Some('\''), _) => ("", "'"),
            (Some(_), _) => ("", "\""),
            (None, _) => ("", ""),
        };
        if slot.has_value {
            let is_bare = slot.quote.is_none();
            let text = if is_bare { format!("{open}{name}{close}") } else { name.to_owned() };
            return self.read_with(&slot.range, "", &text, name, NodeKind::Key);
        }
        let assignment = if slot.syntax == SlotSyntax::Hcl { " = 0" } else { ": 0" };
        let before = if slot.needs_comma_before { ", " } else { "" };
        let after = if slot.needs_comma_after { "," } else { "" };
        let text = format!("{open}{name}{close}{assignment}{after}");
        self.read_with(&(slot.range.start..slot.end), before, &self.escaped(slot, &text), name, NodeKind::Key)
    }

    /// The document with an item of this text at a place, and the item's node; `None` if it is not read as an item.
    pub fn with_item(&self, slot: &Slot, text: &str) -> Option<(Document, NodeId)> {
        let before = if slot.needs_comma_before { ", " } else { "" };
        let after = if slot.needs_comma_after { "," } else { "" };
        let written = match slot.syntax {
            SlotSyntax::YamlBlock => format!("- {text}"),
            SlotSyntax::YamlFlow => format!("{text}{after}"),
            SlotSyntax::Json | SlotSyntax::Hcl => format!("\"{text}\"{after}"),
        };
        self.read_with(&(slot.range.start..slot.end), before, &self.escaped(slot, &written), text, NodeKind::Scalar)
    }

    /// New text with the escapes of the strings and heredocs around a place; in those of HCL, nothing of it is an interpolation.
    pub fn escaped(&self, slot: &Slot, text: &str) -> String {
        let is_template =
            slot.around(self).any(|node| matches!(self.tree().node(node).style(), ScalarStyle::Heredoc | ScalarStyle::HclString));
        let text = self.layered(Some(slot.node), slot.range.start, text);
        if is_template { text.replace("${", "$${").replace("%{", "%%{") } else { text }
    }

    /// The white space between a place and the braces of its block, as far as they share a line.
    fn missing_line_breaks(&self, map: NodeId, place: Range<usize>) -> (Option<Range<usize>>, Option<Range<usize>>) {
        if self.kind(map) != NodeKind::Block || !self.tree().node(map).flags().has(NodeFlags::FLOW) {
            return (None, None);
        }
        let inner = self.inner(map);
        let is_blank = |range: &Range<usize>| self.text().get(range.clone()).is_some_and(|text| text.trim_matches([' ', '\t']).is_empty());
        (Some(inner.start..place.start).filter(is_blank), Some(place.end..inner.end).filter(is_blank))
    }

    fn read_with(&self, range: &Range<usize>, before: &str, text: &str, name: &str, kind: NodeKind) -> Option<(Document, NodeId)> {
        let whole = format!("{}{before}{text}{}", &self.text()[..range.start], &self.text()[range.end..]);
        let place = range.start + before.len() + text.find(name)? + 1;
        let document = Document::read(whole, self.format());
        let token = document.locate(place).token?;
        (document.kind(token) == kind && document.value(token) == name).then_some((document, token))
    }

    /// Whether lines and indentation decide what a place belongs to: YAML outside of brackets and strings.
    fn is_line_based(&self, located: &CursorPath) -> bool {
        let is_in_brackets = |node: NodeId| {
            let is_flow = self.tree().node(node).flags().has(NodeFlags::FLOW);
            is_flow || (self.kind(node) == NodeKind::Scalar && (self.embedded(node).is_some() || self.raw(node).contains('\n')))
        };
        self.format() == Format::Yaml
            && !std::iter::once(located.node).chain(self.tree().ancestors(located.node)).any(is_in_brackets)
            && !located.path.iter().any(|step| matches!(step, CursorStep::Embedded(_)))
    }

    fn line_before(&self, offset: usize) -> &str {
        &self.text()[self.text()[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1)..offset]
    }

    fn slot_on_line(&self, offset: usize, node: NodeId) -> Option<Slot> {
        let text = self.text();
        let start = offset - self.line_before(offset).len();
        let line_end = text[offset..].find(['\n', '\r']).map_or(text.len(), |length| offset + length);
        let line = &text[start..line_end];
        let slot = |range: Range<usize>, end: usize, quote: Option<char>, has_value: bool| Slot {
            range,
            end,
            quote,
            has_value,
            needs_comma_before: false,
            needs_comma_after: false,
            syntax: SlotSyntax::YamlBlock,
            is_one_line: false,
            line_break_before: None,
            line_break_after: None,
            node,
        };
        if line.trim_start_matches(' ').is_empty() {
            return Some(slot(offset..offset, offset, None, false));
        }
        let mut at = start + line.len() - line.trim_start_matches(' ').len();
        while let Some(rest) = text[at..line_end].strip_prefix("- ") {
            at = line_end - rest.trim_start_matches(' ').len();
        }
        if offset < at {
            return None;
        }
        let quote = text[at..line_end].chars().next().filter(|letter| matches!(letter, '"' | '\''));
        let word = at + quote.map_or(0, char::len_utf8);
        let length = key_length(&text[word..line_end]);
        let range = word..word + length;
        if offset < range.start || offset > range.end {
            return None;
        }
        let closing = quote.filter(|quote| text[range.end..line_end].starts_with(*quote));
        let end = range.end + closing.map_or(0, char::len_utf8);
        let rest = text[end..line_end].trim_start_matches(' ');
        let has_value = rest.starts_with(':');
        (has_value || rest.is_empty() || rest.starts_with('#')).then(|| slot(range, end, quote, has_value))
    }

    /// A heredoc or block scalar that holds nothing but the braces of a document.
    fn slot_in_new_document(&self, offset: usize, located: &CursorPath) -> Option<Slot> {
        let token = located.token.filter(|token| self.tree().node(*token).style().is_block() && self.embedded(*token).is_none())?;
        let inner = self.inner(token);
        let (before, after) = (self.text().get(inner.start..offset)?, self.text().get(offset..inner.end)?);
        (before.trim() == "{" && matches!(after.trim(), "" | "}")).then_some(Slot {
            range: offset..offset,
            end: offset,
            quote: None,
            has_value: false,
            needs_comma_before: false,
            needs_comma_after: false,
            syntax: SlotSyntax::Json,
            is_one_line: false,
            line_break_before: None,
            line_break_after: None,
            node: token,
        })
    }

    /// What is typed of a key or item: the range inside its quotes, its end, its opening quote. `None` if it is not a word.
    fn typed(&self, token: NodeId, offset: usize) -> Option<(Range<usize>, usize, Option<char>)> {
        let node = self.tree().node(token);
        let inner = node.inner();
        let range = inner.start.min(offset)..inner.end.max(offset);
        let text = self.text().get(range.clone())?;
        let quote = node.style().is_quoted().then(|| if self.raw(token).starts_with('\'') { '\'' } else { '"' });
        let end = if node.flags().has(NodeFlags::OPEN) { range.end } else { node.range().end.max(range.end) };
        (key_length(text) == text.len()).then_some((range, end, quote))
    }

    /// Whether a comma is missing between a pair and a place behind it. `None` if a key cannot be written there.
    fn needs_comma_between(&self, map: NodeId, before: Pair, place: usize) -> Option<bool> {
        let is_missing = self.kind(before.value) == NodeKind::Missing;
        let end = if is_missing { self.range(before.key).end } else { self.range(before.value).end };
        let needs_comma = self.needs_comma(map, end..place)?;
        (!needs_comma || !is_missing).then_some(needs_comma)
    }

    /// Whether a comma is missing in a range between two keys of a map or block. `None` if a comma would not help.
    fn needs_comma(&self, map: NodeId, between: Range<usize>) -> Option<bool> {
        let between = self.text().get(between)?;
        match (self.syntax_at(map), self.kind(map)) {
            (SlotSyntax::Hcl, NodeKind::Block) => between.contains('\n').then_some(false),
            (SlotSyntax::Hcl, _) => Some(!between.contains([',', '\n'])),
            _ => Some(!between.contains(',')),
        }
    }

    fn syntax_at(&self, node: NodeId) -> SlotSyntax {
        match self.format_at(node) {
            Format::Json => SlotSyntax::Json,
            Format::Yaml if self.tree().node(node).flags().has(NodeFlags::FLOW) => SlotSyntax::YamlFlow,
            Format::Yaml => SlotSyntax::YamlBlock,
            Format::Hcl => SlotSyntax::Hcl,
        }
    }

    fn is_in_quotes(&self, node: NodeId) -> bool {
        self.tree().ancestors(node).any(|above| self.tree().node(above).style().is_quoted())
    }
}

/// The length of the key that a text begins with: letters without white space and brackets, up to a colon that ends it.
fn key_length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let ends_key = letter == ':' && letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        let is_part = letter.is_alphanumeric() || matches!(letter, '_' | '-' | ':' | '/' | '.' | '$' | '*');
        if ends_key || !is_part {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
