//! New text has the line ends of its file: each edit gives the same text with CRLF as with LF.

#![allow(clippy::unwrap_used)]

use std::ops::Range;

use connect_policy_syntax::{Document, Format, NodeId, NodeKind, RewrittenItem};

type Edit = Option<(Range<usize>, String)>;

const TWO: [&str; 2] = ["p", "q"];

fn apply(text: &str, format: Format, edit: impl Fn(&Document, usize) -> Edit) -> String {
    let cursor = text.find('¦').unwrap_or(0);
    let text = text.replace('¦', "");
    let (range, new) = edit(&Document::read(text.as_str(), format), cursor).unwrap_or_else(|| panic!("no edit of\n{text}"));
    format!("{}{new}{}", &text[..range.start], &text[range.end..])
}

/// The edit of a text with LF, and the same edit of the same text with CRLF.
#[track_caller]
fn check(format: Format, before: &str, edit: impl Fn(&Document, usize) -> Edit, after: &str) {
    assert_eq!(apply(before, format, &edit), after, "with LF");
    let crlf = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(apply(&crlf(before), format, &edit), crlf(after), "with CRLF");
}

/// A scalar that holds no document, by its text.
fn scalar(document: &Document, text: &str) -> NodeId {
    document.scalars().find(|&node| document.value(node) == text && document.embedded(node).is_none()).unwrap()
}

fn last_list(document: &Document) -> NodeId {
    document.tree().subtree(NodeId::STREAM).filter(|&node| document.kind(node) == NodeKind::Seq).last().unwrap()
}

/// Several entries at the cursor, as completion writes them.
fn entries(document: &Document, cursor: usize) -> Edit {
    let token = document.locate(cursor).token.filter(|&token| document.kind(token) == NodeKind::Scalar);
    let range = token.map_or(cursor..cursor, |token| document.inner(token));
    Some((range.clone(), document.format_entries(token, &range, &TWO)))
}

/// Several entries in the place of `a`.
fn replacements(document: &Document, _: usize) -> Edit {
    document.format_replacements(scalar(document, "a"), &TWO)
}

/// Entries at the end of the last list.
fn append(document: &Document, _: usize) -> Edit {
    document.append(last_list(document), &TWO)
}

/// The last list the other way round, with one more item at its end.
fn rewrite(document: &Document, _: usize) -> Edit {
    let list = last_list(document);
    let mut items: Vec<_> = document.items(list).map(|item| RewrittenItem { text: None, of: vec![item] }).collect();
    items.reverse();
    items.push(RewrittenItem { text: Some("z".to_owned()), of: Vec::new() });
    document.rewrite_list(list, &items)
}

/// `a` or its list, in place of which two long entries stand.
fn rewrite_long(document: &Document, _: usize) -> Edit {
    let a = scalar(document, "a");
    let value = document.tree().parent(a).filter(|&above| document.kind(above) == NodeKind::Seq).unwrap_or(a);
    let item = |letter: &str, of: &[NodeId]| RewrittenItem { text: Some(letter.repeat(60)), of: of.to_vec() };
    document.rewrite_list(value, &[item("y", &[a]), item("z", &[])])
}

/// `YY` and `ZZ` stand for long entries.
fn long(text: &str) -> String {
    text.replace("YY", &"y".repeat(60)).replace("ZZ", &"z".repeat(60))
}

#[test]
fn format_entries_in_json() {
    check(Format::Json, "{\n  \"x\": [¦]\n}\n", entries, "{\n  \"x\": [\n    \"p\",\n    \"q\"\n  ]\n}\n");
    check(Format::Json, "[\n  \"a\",\n  \"b¦\"\n]\n", entries, "[\n  \"a\",\n  \"p\",\n  \"q\"\n]\n");
    check(Format::Json, "[\n  \"a\",\n  \"b¦\n]\n", entries, "[\n  \"a\",\n  \"p\",\n  \"q\"\n]\n");
}

#[test]
fn format_entries_in_yaml() {
    check(Format::Yaml, "x:\n  - a\n  - ¦\n", entries, "x:\n  - a\n  - p\n  - q\n");
    // The last line has no end of its own.
    check(Format::Yaml, "x:\n  - a\n  - b¦", entries, "x:\n  - a\n  - p\n  - q");
    check(Format::Yaml, "x:\n  - ¦", entries, "x:\n  - p\n  - q");
    // A bracket at the key's own column would end the value.
    check(Format::Yaml, "x: [¦]\n", entries, "x: [\n  p,\n  q]\n");
}

#[test]
fn format_entries_in_hcl() {
    check(Format::Hcl, "x = [¦]\n", entries, "x = [\n  \"p\",\n  \"q\"\n]\n");
    check(Format::Hcl, "x = [\n  \"a\",\n  \"b¦\",\n]\n", entries, "x = [\n  \"a\",\n  \"p\",\n  \"q\",\n]\n");
}

#[test]
fn format_replacements_in_every_format() {
    check(Format::Json, "[\n  \"a\"\n]", replacements, "[\n  \"p\",\n  \"q\"\n]");
    check(Format::Json, "[\n  \"a\"]", replacements, "[\n  \"p\",\n  \"q\"]");
    check(Format::Yaml, "x:\n  - 'a'\n  - b\n", replacements, "x:\n  - 'p'\n  - 'q'\n  - b\n");
    check(Format::Yaml, "x:\n- a", replacements, "x:\n- p\n- q");
    check(Format::Hcl, "x = [\n  \"a\",\n]\n", replacements, "x = [\n  \"p\",\n  \"q\",\n]\n");
}

#[test]
fn append_in_every_format() {
    check(Format::Json, "{\n  \"x\": [\n    \"a\"\n  ]\n}", append, "{\n  \"x\": [\n    \"a\",\n    \"p\",\n    \"q\"\n  ]\n}");
    check(Format::Json, "{\n  \"x\": []\n}", append, "{\n  \"x\": [\n    \"p\",\n    \"q\"\n  ]\n}");
    check(Format::Yaml, "x:\n  - a", append, "x:\n  - a\n  - p\n  - q");
    check(Format::Yaml, "y: 1\nx: []", append, "y: 1\nx: [\n  p,\n  q]");
    check(Format::Hcl, "x = [\n  \"a\",\n]\n", append, "x = [\n  \"a\",\n  \"p\",\n  \"q\",\n]\n");
    check(Format::Hcl, "y = 1\nx = []", append, "y = 1\nx = [\n  \"p\",\n  \"q\"\n]");
}

#[test]
fn rewrite_list_row_by_row() {
    check(Format::Json, "[\n  // one\n  \"a\",\n  \"b\"\n]", rewrite, "[\n  \"b\",\n  // one\n  \"a\",\n  \"z\"\n]");
    check(Format::Yaml, "x:\n  - a # one\n  - b", rewrite, "x:\n  - b\n  - a # one\n  - z");
    check(Format::Yaml, "x:\n  - a", rewrite, "x:\n  - a\n  - z");
    check(Format::Hcl, "x = [\n  \"a\",\n\n  # two\n  \"b\",\n]\n", rewrite, "x = [\n\n  # two\n  \"b\",\n  \"a\",\n  \"z\",\n]\n");
}

#[test]
fn rewrite_list_breaks_long_lines() {
    let check = |format, before: &str, after: &str| check(format, before, rewrite_long, &long(after));
    check(Format::Json, "{\n  \"x\": [\"a\"]\n}", "{\n  \"x\": [\n    \"YY\",\n    \"ZZ\"\n  ]\n}");
    check(Format::Json, "{\n  \"x\": \"a\"\n}", "{\n  \"x\": [\n    \"YY\",\n    \"ZZ\"\n  ]\n}");
    check(Format::Hcl, "y = 1\nx = [\"a\"]", "y = 1\nx = [\n  \"YY\",\n  \"ZZ\"\n]");
    check(Format::Hcl, "y = 1\nx = \"a\"\n", "y = 1\nx = [\n  \"YY\",\n  \"ZZ\"\n]\n");
    check(Format::Yaml, "v:\n  x: [a]\n", "v:\n  x: [\n    YY,\n    ZZ]\n");
    check(Format::Yaml, "v:\n  x: a", "v:\n  x:\n    - YY\n    - ZZ");
}

#[test]
fn lists_of_items_that_share_lines_keep_what_parts_them() {
    check(Format::Json, "[\"a\",\n  \"b\"]", rewrite, "[\"b\",\n  \"a\",\n  \"z\"]");
}

#[test]
fn embedded_documents_of_whole_lines_take_the_files_line_ends() {
    let (before, after) = ("x = <<EOF\n{\"a\": []}\nEOF\n", "x = <<EOF\n{\"a\": [\n  \"p\",\n  \"q\"\n]}\nEOF\n");
    check(Format::Hcl, before, append, after);
    check(Format::Yaml, "x: |\n  [\n    \"a\"\n  ]\n", append, "x: |\n  [\n    \"a\",\n    \"p\",\n    \"q\"\n  ]\n");
    check(Format::Yaml, "x: |\n  [\n    \"a\"\n  ]\n", replacements, "x: |\n  [\n    \"p\",\n    \"q\"\n  ]\n");
    check(Format::Yaml, "x: |\n  [\n    \"a\",\n    \"b\"\n  ]\n", rewrite, "x: |\n  [\n    \"b\",\n    \"a\",\n    \"z\"\n  ]\n");
}

#[test]
fn embedded_documents_in_escaped_strings_get_no_line_ends() {
    // Line breaks of the document are escapes there, and a line end would end the string.
    for [before, after] in [
        [r#"{"x": "{\"a\": []}"}"#, r#"{"x": "{\"a\": [\"p\", \"q\"]}"}"#],
        [r#"{"x": "[\r\n  \"a\"\r\n]"}"#, r#"{"x": "[\r\n  \"a\", \"p\", \"q\"\r\n]"}"#],
        [r#"{"x": "[\n  \"a\"\n]"}"#, r#"{"x": "[\n  \"a\", \"p\", \"q\"\n]"}"#],
    ] {
        check(Format::Json, &format!("\n{before}\n"), append, &format!("\n{after}\n"));
    }
    check(Format::Hcl, "x = \"[\\r\\n  \\\"a\\\"\\r\\n]\"\n", replacements, "x = \"[\\r\\n  \\\"p\\\", \\\"q\\\"\\r\\n]\"\n");
    check(Format::Yaml, "x: \"[\\\"a\\\"]\"\ny: 1\n", rewrite_long, &long("x: \"[\\\"YY\\\", \\\"ZZ\\\"]\"\ny: 1\n"));
    check(Format::Json, "[\n\"[\\\"b\\\",\\r\\n \\\"a\\\"]\"\n]", rewrite, "[\n\"[\\\"a\\\",\\r\\n \\\"b\\\",\\r\\n \\\"z\\\"]\"\n]");
}

#[test]
fn mixed_files_keep_the_line_end_of_the_place() {
    let mixed = "a:\n  - x\nb:\r\n  - y\r\nc:\n  - z";
    let appended = |name: &str| {
        let document = Document::read(mixed, Format::Yaml);
        let list = document.tree().parent(scalar(&document, name)).unwrap();
        document.append(list, &["p"]).unwrap().1
    };
    assert_eq!(appended("x"), "\n  - p");
    assert_eq!(appended("y"), "\r\n  - p");
    // The last line has no end: the file's first decides, not the nearest.
    assert_eq!(appended("z"), "\n  - p");
    let document = Document::read(mixed, Format::Yaml);
    assert_eq!(document.line_end_at(0), "\n");
    assert_eq!(document.line_end_at(mixed.find('y').unwrap()), "\r\n");
    assert_eq!(document.line_end_at(mixed.len()), "\n");
    // Rows that are written anew all end as the first of them does.
    let rows = "[\r\n  \"a\",\n  \"b\"\n]";
    assert_eq!(apply(rows, Format::Json, rewrite), "[\r\n  \"b\",\n  \"a\",\n  \"z\"\n]");
    let rows = "[\n  \"a\",\r\n  \"b\"\n]";
    assert_eq!(apply(rows, Format::Json, rewrite), "[\n  \"b\",\r\n  \"a\",\r\n  \"z\"\n]");
}
