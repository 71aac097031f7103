//! Whether a place is inside a comment. Trees have no comments, so the text between the last token and the place is searched:
//! never more than that, because this is asked at every keystroke.

use crate::document::Document;
use crate::format::Format;
use crate::tree::{NodeId, NodeKind, ScalarStyle};

impl Document {
    /// Whether a byte offset is inside a comment of any form that the format has, from behind its first character up to the end of
    /// its line or behind its closing mark. Text inside strings, heredocs and block scalars is never a comment, but a document
    /// embedded in a string may have comments of its own.
    pub fn is_in_comment(&self, offset: usize) -> bool {
        let offset = offset.min(self.text().len());
        let Some(last) = self.last_token_before(offset) else { return self.gap_has_comment(0, offset, self.format()) };
        let format = self.format_at(last);
        if format == Format::Json && self.has_hash_word(last) {
            return true;
        }
        let node = self.tree().node(last);
        let range = node.range();
        let is_token = matches!(self.kind(last), NodeKind::Scalar | NodeKind::Key | NodeKind::Alias);
        // A string that ended, and everything in it, is behind the place.
        let ended = std::iter::once(last)
            .chain(self.tree().ancestors(last))
            .filter(|&id| matches!(self.kind(id), NodeKind::Scalar | NodeKind::Key | NodeKind::Alias) && self.range(id).end < offset)
            .last();
        match ended {
            Some(outermost) => self.gap_has_comment(self.range(outermost).end, offset, self.format_at(outermost)),
            None if !is_token => self.gap_has_comment(range.start, offset, format),
            // The line on which a block scalar begins may end in a comment.
            None if matches!(node.style(), ScalarStyle::YamlLiteral | ScalarStyle::YamlFolded) => {
                offset < node.inner().start && self.gap_has_comment(range.start, offset, format)
            }
            None => node.style() == ScalarStyle::Expression && self.gap_has_comment(range.start, offset, format),
        }
    }

    /// The last node that begins before a place and has text.
    fn last_token_before(&self, offset: usize) -> Option<NodeId> {
        let end = self.tree().nodes().partition_point(|node| node.range().start < offset);
        let nodes = (1..u32::try_from(end).ok()?).rev().map(NodeId);
        nodes.into_iter().find(|&id| self.kind(id) != NodeKind::Missing)
    }

    /// Whether a word that begins with `#` is before a token on its line. JSON has no such comments, but whoever writes the mark
    /// means one.
    fn has_hash_word(&self, token: NodeId) -> bool {
        let end = self.range(token).start;
        let line_start = self.text()[..end].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let before = (1..=token.0).rev().map(NodeId).take_while(|&id| self.range(id).start >= line_start);
        before.into_iter().any(|id| self.tree().node(id).style() == ScalarStyle::Bare && self.raw(id).starts_with('#'))
    }

    /// Whether a comment is open at `offset` if none is at `start`. Strings without a node, which only wrong text has, are skipped.
    fn gap_has_comment(&self, start: usize, offset: usize, format: Format) -> bool {
        let text = self.text();
        let mut at = start;
        while at < offset {
            let rest = &text[at..];
            let is_line_comment = match format {
                Format::Json => rest.starts_with("//"),
                // In YAML, a comment needs white space before it.
                Format::Yaml => rest.starts_with('#') && text[..at].chars().next_back().is_none_or(char::is_whitespace),
                Format::Hcl => rest.starts_with('#') || rest.starts_with("//"),
            };
            let end = if is_line_comment {
                rest.find(['\n', '\r']).map_or(text.len(), |length| at + length)
            } else if rest.starts_with("/*") && format != Format::Yaml {
                match rest[2..].find("*/") {
                    // Behind the closing mark the comment has ended.
                    Some(length) if at + 2 + length + 2 <= offset => {
                        at += 2 + length + 2;
                        continue;
                    }
                    _ => offset,
                }
            } else if rest.starts_with('"') && format != Format::Yaml {
                match closing_quote(rest) {
                    Some(length) if at + length <= offset => {
                        at += length;
                        continue;
                    }
                    _ => return false,
                }
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            if offset <= end {
                return true;
            }
            at = end;
        }
        false
    }
}

/// The length of the string that a text begins with; `None` if it does not end on its line.
fn closing_quote(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some(at + 1),
            '\n' | '\r' => return None,
            '\\' => _ = letters.next(),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `¦` in the text is a place; `inside` says of all of them whether they are in a comment.
    #[track_caller]
    fn check(format: Format, marked: &str, inside: bool) {
        for (at, _) in marked.match_indices('¦') {
            let before = marked[..at].replace('¦', "");
            let text = format!("{before}{}", marked[at..].replace('¦', ""));
            let document = Document::read(text.as_str(), format);
            assert_eq!(document.is_in_comment(before.len()), inside, "at {} of {text}", before.len());
        }
    }

    #[test]
    fn places_in_comments_are_found() {
        check(Format::Json, "[ /¦/¦ a¦\n\"b\", //¦ c¦\n\"d\" /¦* ¦\n e¦ *¦/, //¦\n]/¦/ f¦", true);
        check(Format::Json, "{\"a\": /* ¦ */ 1, /* ¦ */ \"b\": [1 // ¦\n]}", true);
        check(Format::Json, "[\"a\", #¦ b¦ \"c¦\"\n\"d\"]", true);
        check(Format::Yaml, "#¦ a¦\nb: #¦\n  - c #¦ \"d¦\n  # ¦\n  - [e, #¦\n    f] # ¦\ng: |  # ¦\n  h\n#¦", true);
        check(Format::Yaml, "a: !Sub # ¦\n  b\nc: &d # ¦\n  e\n", true);
        check(Format::Hcl, "#¦ a¦\nb = [ /¦/ c¦\n \"d\", # ¦\n x.y /¦* ¦\n¦ *¦/ ]\nz { # ¦\n // ¦\n}", true);
        check(Format::Hcl, "a = concat( # ¦\n  b + /* ¦\n ¦ */ c, /* ¦ */ [])\nd = <<E\nx\nE\n# ¦", true);
        check(Format::Hcl, "a = [ /* ¦", true);
    }

    #[test]
    fn places_beside_comments_and_in_strings_are_not() {
        check(Format::Json, "¦[¦ ¦// a\n¦\"#¦\", ¦\"/¦/¦ b¦\", \"/*¦\", ¦/* c */¦ \"*/¦\"¦]¦", false);
        check(Format::Json, r#"{"a¦": "http://¦b", "c": "{\"d\": \"//¦\"¦}"¦}"#, false);
        check(Format::Yaml, "¦# a\n¦b: ¦'# ¦c'\n¦d: e#¦f\ng: |\n  # ¦h\n  i¦\nj: \"#¦\"\n¦", false);
        check(Format::Hcl, "¦# a\n¦b = \"# ¦c // ¦\"¦\nd = <<E\n# ¦e\n// ¦f\nE\n¦g = 1 ¦/¦ 2 ¦/* h */¦ + i¦\n", false);
        check(Format::Hcl, "a = \"${b /* c */}¦ # ¦\"\n", false);
    }

    #[test]
    fn embedded_documents_have_comments_as_they_are_read() {
        check(Format::Hcl, "a = <<E\n{\"b\": [ // ¦\n\"c\"] /* ¦ */}\nE\n", true);
        check(Format::Hcl, "a = <<E\n{\"b\": [¦\n\"c // ¦\"¦]}\nE\n¦", false);
    }
}
