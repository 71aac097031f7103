//! The findings that wait while the user types.
//!
//! The server does not know the cursor; the place of the last edit stands for it. A half-typed name is not news to the person
//! who types it, so the findings on its entry wait until something else is edited, the document is saved, or no edit comes for
//! a while.

use std::ops::Range;
use std::time::{Duration, Instant};

use connect_policy_ide::Finding;
use connect_policy_syntax::{Document, NodeKind};
use ropey::Rope;
use tower_lsp::lsp_types::TextDocumentContentChangeEvent;

use crate::positions::{self, Encoding};

/// How long findings wait after the last edit.
pub(crate) const PAUSE: Duration = Duration::from_secs(1);

/// The last edit of a document, if it may have been typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Typed {
    /// The new text, in bytes of the document; empty if something was only removed.
    pub(crate) range: Range<usize>,
    /// When it came.
    pub(crate) at: Instant,
}

impl Typed {
    /// What these changes are about to type into a text; `None` if they replace all of it, are several, or remove more than one
    /// entry.
    pub(crate) fn of(rope: &Rope, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) -> Option<Typed> {
        let [change] = changes else { return None };
        let removed = positions::char_range(rope, change.range?, encoding);
        let is_within_entry = !rope.slice(removed.clone()).chars().any(|letter| matches!(letter, '\n' | '\r' | ','));
        let start = rope.char_to_byte(removed.start);
        is_within_entry.then(|| Typed { range: start..start + change.text.len(), at: Instant::now() })
    }
}

/// The entry, or other single value or key, in which a text was typed, with its quotes; `None` if the text touches more.
pub(crate) fn entry_at(document: &Document, typed: &Range<usize>) -> Option<Range<usize>> {
    let token = document.locate(typed.end).token?;
    let range = document.range(token);
    let is_single = matches!(document.kind(token), NodeKind::Scalar | NodeKind::Key)
        && document.embedded(token).is_none()
        && !document.raw(token).contains(['\n', '\r']);
    (is_single && range.start <= typed.start && typed.end <= range.end).then_some(range)
}

/// Whether a finding waits while an entry is typed: it is about that entry alone.
pub(crate) fn is_held_back(finding: &Finding, entry: &Range<usize>) -> bool {
    entry.start <= finding.range.start && finding.range.end <= entry.end
}

#[cfg(test)]
mod tests {
    use connect_policy_ide::Severity;
    use connect_policy_syntax::Format;
    use tower_lsp::lsp_types::{Position, Range as LspRange};

    use super::*;

    const POLICY: &str = r#"{"Effect": "Allow", "Action": ["connect:ListUsers", "connect:Lis"], "Resource": "*"}"#;

    /// The entry that waits after `typed` was typed before `¦`.
    fn waiting(format: Format, text: &str, typed: &str) -> Option<String> {
        let end = text.find('¦').expect("a cursor");
        let text = text.replace('¦', "");
        let document = Document::read(text.as_str(), format);
        entry_at(&document, &(end - typed.len()..end)).map(|range| text[range].to_owned())
    }

    #[test]
    fn the_entry_under_the_cursor_waits() {
        for (format, text, typed, entry) in [
            (Format::Json, r#"{"Action": ["connect:A", "connect:Lis¦"]}"#, "s", r#""connect:Lis""#),
            (Format::Json, r#"{"Action": ["connect:A", "¦"]}"#, "", r#""""#),
            (Format::Json, r#"{"Action": ["connect:ListUsers¦"]}"#, "connect:ListUsers", r#""connect:ListUsers""#),
            (Format::Json, r#"{"Effect": "Alow¦"}"#, "o", r#""Alow""#),
            (Format::Json, r#"{"Efect¦": "Allow"}"#, "f", r#""Efect""#),
            (Format::Yaml, "Action:\n  - connect:A\n  - connect:Lis¦\n", "is", "connect:Lis"),
            (Format::Hcl, "actions = [\"connect:Lis¦\"]\n", "s", "\"connect:Lis\""),
            // The policy in a string is read like any other.
            (Format::Json, r#"{"Policy": "{\"Action\": [\"connect:Lis¦\"]}"}"#, "s", r#"\"connect:Lis\""#),
        ] {
            assert_eq!(waiting(format, text, typed).as_deref(), Some(entry), "{text}");
        }
    }

    #[test]
    fn nothing_waits_for_an_edit_of_more_or_of_nothing() {
        for (format, text, typed) in [
            (Format::Json, r#"{"Action": ["connect:A", "connect:B¦"]}"#, r#""connect:A", "connect:B"#),
            (Format::Json, r#"{"Action": ["connect:A", ¦ "connect:B"]}"#, " "),
            (Format::Yaml, "Action:\n  - connect:A\n  - connect:B¦\n", "connect:A\n  - connect:B"),
        ] {
            assert_eq!(waiting(format, text, typed), None, "{text}");
        }
    }

    #[test]
    fn only_findings_on_the_entry_itself_wait() {
        let entry = POLICY.find("\"connect:Lis\"").map(|start| start..start + "\"connect:Lis\"".len()).expect("an entry");
        let finding = |range: Range<usize>| Finding::new("unknown-action", Severity::Warning, range, String::new());
        assert!(is_held_back(&finding(entry.clone()), &entry));
        assert!(is_held_back(&finding(entry.start + 1..entry.end - 1), &entry));
        assert!(!is_held_back(&finding(0..POLICY.len()), &entry));
        assert!(!is_held_back(&finding(entry.start - 5..entry.start), &entry));
        assert!(!is_held_back(&finding(entry.start + 1..entry.end + 1), &entry));
    }

    #[test]
    fn typing_is_one_incremental_change_within_an_entry() {
        let rope = Rope::from_str(POLICY);
        let position = |character| Position { line: 0, character };
        let change = |range: Option<(u32, u32)>, text: &str| TextDocumentContentChangeEvent {
            range: range.map(|(start, end)| LspRange { start: position(start), end: position(end) }),
            range_length: None,
            text: text.to_owned(),
        };
        let typed = |changes: &[TextDocumentContentChangeEvent]| Typed::of(&rope, changes, Encoding::Utf16).map(|typed| typed.range);
        assert_eq!(typed(&[change(Some((3, 5)), "x")]), Some(3..4));
        assert_eq!(typed(&[change(Some((3, 5)), "")]), Some(3..3));
        assert_eq!(typed(&[change(None, "x")]), None);
        assert_eq!(typed(&[change(Some((3, 3)), "x"), change(Some((5, 5)), "y")]), None);
        assert_eq!(typed(&[change(Some((32, 60)), "x")]), None, "two entries are replaced");
    }
}
