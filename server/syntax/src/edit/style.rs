//! The style of new text: indentation, line ends and quotes of the text around it. No other file of this folder decides on
//! them.

use super::break_list::MAX_LINE_WIDTH;
use crate::document::Document;
use crate::format::Format;
use crate::tree::{NodeId, NodeKind, ScalarStyle};

/// The additional indentation of lines inside a collection, in a document that shows none of its own.
const INDENT: &str = "  ";

impl Document {
    // ---- lines

    /// Whether a line end can be written at a node: it is not in a quoted string, and the document is not one long line, as
    /// programs write it.
    pub(super) fn may_break_lines(&self, node: NodeId) -> bool {
        let text = self.text().trim_end();
        (text.contains('\n') || text.chars().count() <= MAX_LINE_WIDTH)
            && self.tree().ancestors(node).all(|above| self.kind(above) != NodeKind::Scalar || self.tree().node(above).style().is_block())
    }

    /// By how much lines inside a collection at a place are indented more than the line of the place: as the lines above it,
    /// or else as the first indented line of the document.
    pub(super) fn indent_unit(&self, place: usize) -> &str {
        let text = self.text();
        let is_usual = |unit: &&str| *unit == "\t" || ((1..=8).contains(&unit.len()) && unit.bytes().all(|byte| byte == b' '));
        let own = self.line_indent(place);
        let above = text[..self.line_start(place)].lines().rev().filter(|line| !line.trim().is_empty());
        let mut outer = above.map(|line| &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]);
        let by_parent = outer.find(|indent| indent.len() < own.len()).and_then(|indent| own.strip_prefix(indent)).filter(is_usual);
        let first = || text.lines().map(|line| &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]);
        by_parent.or_else(|| first().find(|indent| !indent.is_empty()).filter(is_usual)).unwrap_or(INDENT)
    }

    /// Whether indentation is syntax at a node.
    pub(super) fn is_indented(&self, node: NodeId) -> bool {
        self.format_at(node).is_indented()
    }

    /// The indentation of the line at a byte offset; in YAML, dashes count as spaces.
    pub fn indent(&self, place: usize) -> String {
        let line = &self.text()[self.line_start(place)..place];
        let rest = line.trim_start_matches([' ', '\t']);
        let mut indent = line[..line.len() - rest.len()].to_owned();
        if self.format().is_indented() {
            let dashes = rest.len() - rest.trim_start_matches(['-', ' ']).len();
            indent.push_str(&" ".repeat(if rest.starts_with("- ") { dashes } else { 0 }));
        }
        indent
    }

    /// The byte at which the line around a place begins.
    pub(super) fn line_start(&self, place: usize) -> usize {
        self.text()[..place].rfind('\n').map_or(0, |at| at + 1)
    }

    /// The line end that new text takes at a place, a byte offset: the one that ends the line there, or on a last line without
    /// one the file's first. A line feed if the file has no line end.
    pub fn line_end_at(&self, place: usize) -> &'static str {
        let text = self.text();
        let end = text[place..].find('\n').map(|ahead| place + ahead).or_else(|| text.find('\n'));
        if end.is_some_and(|end| text[..end].ends_with('\r')) { "\r\n" } else { "\n" }
    }

    /// The line around a place, without its line end.
    pub(super) fn line_around(&self, place: usize) -> &str {
        self.text()[self.line_start(place)..].lines().next().unwrap_or("")
    }

    /// The white space that the line around a place begins with.
    pub(super) fn line_indent(&self, place: usize) -> &str {
        let line = &self.text()[self.line_start(place)..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    // ---- quotes

    /// The same quote for another text, or `'` if the text needs one.
    pub(super) fn quote_for(&self, quote: &'static str, text: &str) -> &'static str {
        if quote.is_empty() && !is_plain_yaml(text) { "'" } else { quote }
    }

    /// The quote of a new text at a place: `"`, `'`, or nothing.
    pub(super) fn quote_at(&self, token: Option<NodeId>, offset: usize, text: &str) -> &'static str {
        if let Some(token) = token {
            match self.tree().node(token).style() {
                ScalarStyle::JsonString | ScalarStyle::HclString | ScalarStyle::YamlDouble => return "\"",
                ScalarStyle::YamlSingle => return "'",
                ScalarStyle::YamlPlain => return if is_plain_yaml(text) { "" } else { "'" },
                ScalarStyle::None | ScalarStyle::Bare | ScalarStyle::Expression => {}
                ScalarStyle::Heredoc | ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => {}
            }
        }
        match self.format_at(token.unwrap_or_else(|| self.locate(offset).node)) {
            Format::Yaml => {}
            Format::Json | Format::Hcl => return "\"",
        }
        let neighbour = self.neighbour(offset).map_or(ScalarStyle::YamlPlain, |node| self.tree().node(node).style());
        match neighbour {
            ScalarStyle::YamlDouble => "\"",
            ScalarStyle::YamlSingle => "'",
            _ if is_plain_yaml(text) => "",
            _ => "'",
        }
    }

    /// An item of the list around a place, whose style new items get.
    fn neighbour(&self, offset: usize) -> Option<NodeId> {
        let node = self.locate(offset).node;
        let list = std::iter::once(node).chain(self.tree().ancestors(node)).find(|&node| self.kind(node) == NodeKind::Seq)?;
        // The first items are enough, and a list may be long.
        self.items(list).take(64).find(|&item| self.kind(item) == NodeKind::Scalar)
    }

    /// A text as a whole token with this quote, in place of `token` or at `offset`.
    pub(super) fn quoted(&self, token: Option<NodeId>, offset: usize, quote: &'static str, text: &str) -> String {
        let escaped = escape(quote, text);
        self.layered(token, offset, &format!("{quote}{escaped}{quote}"))
    }

    /// A text as the inside of a token with this quote.
    pub(super) fn escape(&self, token: NodeId, quote: &'static str, text: &str) -> String {
        self.layered(Some(token), 0, &escape(quote, text))
    }

    /// Text with the escapes of every string around a place, those of the innermost string first.
    pub(super) fn layered(&self, token: Option<NodeId>, offset: usize, text: &str) -> String {
        let node = token.unwrap_or_else(|| self.locate(offset).node);
        let around =
            self.tree().ancestors(node).filter(|&above| self.kind(above) == NodeKind::Scalar).map(|above| self.tree().node(above).style());
        around.fold(text.to_owned(), |text, style| match style {
            ScalarStyle::YamlSingle => escape("'", &text),
            ScalarStyle::JsonString | ScalarStyle::HclString | ScalarStyle::YamlDouble => escape("\"", &text),
            ScalarStyle::None | ScalarStyle::Bare | ScalarStyle::Expression | ScalarStyle::YamlPlain => text,
            ScalarStyle::Heredoc | ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded => text,
        })
    }
}

/// A text as it is written between these quotes.
fn escape(quote: &str, text: &str) -> String {
    match quote {
        "\"" => text.replace('\\', "\\\\").replace('"', "\\\""),
        "'" => text.replace('\'', "''"),
        _ => text.to_owned(),
    }
}

/// Whether YAML reads the text without quotes as the same string.
fn is_plain_yaml(text: &str) -> bool {
    let starts_well = text.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '/');
    let is_word = matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n");
    let is_number = text.parse::<f64>().is_ok();
    starts_well
        && !is_word
        && !is_number
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(['{', '}', '[', ']', ','])
}
