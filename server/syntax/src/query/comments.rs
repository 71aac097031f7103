//! Comments that begin with certain words. Trees have no comments: few documents have any of these, so the text is searched.

use std::ops::Range;

use crate::document::Document;
use crate::format::Format;
use crate::tree::{NodeId, NodeKind};

/// A comment that runs to the end of its line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineComment {
    /// The comment with its mark, in bytes.
    pub range: Range<usize>,
    /// The part after the words that were searched for, in bytes.
    pub rest: Range<usize>,
    /// Whether only white space is before it on its line.
    pub is_alone: bool,
}

impl Document {
    /// The line comments (`#` or `//`, as the file's format has them) that begin with these words, in order. Text inside
    /// strings, heredocs and block scalars is never a comment.
    pub fn line_comments(&self, words: &str) -> Vec<LineComment> {
        let text = self.text();
        let finder = memchr::memmem::Finder::new(words);
        let mut comments: Vec<LineComment> = Vec::new();
        for at in finder.find_iter(text.as_bytes()) {
            let line_start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
            let Some(start) = self.comment_start(line_start, at) else { continue };
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
            if text[start..at].trim_start_matches(['#', '/', ' ', '\t']).is_empty() {
                let end = start + text[start..end].trim_end().len();
                let is_alone = text[line_start..start].trim().is_empty();
                comments.push(LineComment { range: start..end, rest: (at + words.len()).min(end)..end, is_alone });
            }
        }
        comments
    }

    /// The byte at which the comment around this place begins, on the line that begins at `line_start`.
    fn comment_start(&self, line_start: usize, place: usize) -> Option<usize> {
        let line = &self.text()[line_start..place];
        let marks = line.char_indices().filter_map(|(at, letter)| {
            let is_mark = match self.format() {
                Format::Json => line[at..].starts_with("//"),
                // In YAML, a comment needs white space before it.
                Format::Yaml => letter == '#' && line[..at].chars().next_back().is_none_or(char::is_whitespace),
                Format::Hcl => letter == '#' || line[at..].starts_with("//"),
            };
            is_mark.then_some(line_start + at)
        });
        marks.into_iter().find(|&mark| !self.is_in_token(mark)).filter(|_| !self.is_in_token(place))
    }

    /// Whether a place is inside a scalar or key.
    fn is_in_token(&self, place: usize) -> bool {
        let tree = self.tree();
        // Nodes are sorted by their starts, so the token around the place is the last node that begins before it, or an ancestor.
        let after = tree.nodes().partition_point(|node| node.range().start <= place);
        let Some(last) = tree.subtree(NodeId::STREAM).nth(after.saturating_sub(1)) else { return false };
        let is_token = |id| matches!(self.kind(id), NodeKind::Scalar | NodeKind::Key) && self.range(id).contains(&place);
        is_token(last) || tree.ancestors(last).any(is_token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: Format, text: &str, expected: &[(&str, bool)]) {
        let document = Document::read(text, format);
        let found = document.line_comments("note:");
        let found: Vec<_> = found.iter().map(|comment| (text[comment.range.clone()].trim_end(), comment.is_alone)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn comments_are_found_in_every_format() {
        check(Format::Json, "{\n  // note: a\n  \"b\": 1 // note: c\n}", &[("// note: a", true), ("// note: c", false)]);
        check(
            Format::Yaml,
            "# note: a\nb: c # note: d\ne:\n  - f   #note: g\n",
            &[("# note: a", true), ("# note: d", false), ("#note: g", false)],
        );
        check(
            Format::Hcl,
            "# note: a\nb = [\n  \"c\", // note: d\n  x.y # note: e\n]\n",
            &[("# note: a", true), ("// note: d", false), ("# note: e", false)],
        );
        check(Format::Yaml, "a: b # note: c\r\n# note: d\r\n", &[("# note: c", false), ("# note: d", true)]);
    }

    #[test]
    fn what_only_looks_like_a_comment_is_none() {
        check(Format::Json, r#"{"a": "// note: b"}"#, &[]);
        check(Format::Json, "{\"a\": 1 # note: b\n}", &[]);
        check(Format::Json, r#"{"http://x // note: y": 1}"#, &[]);
        check(Format::Yaml, "a: '# note: b'\nc: d#note: e\nf: |\n  # note: g\n  h\n", &[]);
        check(Format::Hcl, "a = \"# note: b\"\nc = <<EOF\n# note: d\n// note: e\nEOF\n", &[]);
        check(Format::Hcl, "a = 1 # see note: b\n", &[]);
        check(Format::Yaml, "note: a\n", &[]);
    }

    #[test]
    fn a_mark_in_a_string_does_not_hide_the_comment_behind_it() {
        check(Format::Json, "{\"a\": \"http://b\", // note: c\n}", &[("// note: c", false)]);
        check(Format::Hcl, "a = \"# no\" # note: b\n", &[("# note: b", false)]);
    }
}
