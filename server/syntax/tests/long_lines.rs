//! New entries give each entry of their list a line of its own where one line would become too long.

use connect_policy_syntax::{Document, Format, NodeId, NodeKind};

/// `YY` and `ZZ` stand for long entries.
fn long(text: &str) -> String {
    text.replace("YY", &"y".repeat(60)).replace("ZZ", &"z".repeat(60))
}

fn lists(document: &Document) -> impl Iterator<Item = NodeId> + '_ {
    document.tree().subtree(NodeId::STREAM).filter(|&node| document.kind(node) == NodeKind::Seq)
}

fn changed(text: &str, mut edits: Vec<(std::ops::Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = text.to_owned();
    for (range, new_text) in edits.into_iter().rev() {
        out.replace_range(range, &new_text);
    }
    out
}

/// The text after two long entries are added at the end of its last list, with each kind of line end.
#[track_caller]
fn appended(format: Format, before: &str, after: &str) {
    for line_end in ["\n", "\r\n"] {
        let (before, after) = (before.replace('\n', line_end), long(after).replace('\n', line_end));
        let document = Document::read(before.as_str(), format);
        let list = lists(&document).last().expect("a list");
        let edit = document.append(list, &[&long("YY"), &long("ZZ")]).expect("an edit");
        assert_eq!(changed(&before, vec![edit]), after);
    }
}

/// The text after a long entry replaces the text inside the quotes of the scalar `a`.
#[track_caller]
fn replaced(format: Format, before: &str, after: &str) {
    let before = long(before);
    let document = Document::read(before.as_str(), format);
    let item = document.scalars().find(|&node| document.value(node) == "a").expect("the scalar");
    let range = document.inner(item);
    let new_text = document.format_entry(Some(item), &range, &long("ZZ"));
    assert_eq!(changed(&before, document.fitted(item, (range, new_text))), long(after));
}

/// The text after two entries are written at `¦`, each on a line of its own.
#[track_caller]
fn in_rows(format: Format, before: &str, after: Option<&str>) {
    let at = before.find('¦').expect("a cursor");
    let before = before.replace('¦', "");
    let document = Document::read(before.as_str(), format);
    let token = document.locate(at).token.filter(|&token| document.kind(token) == NodeKind::Scalar);
    let range = token.map_or(at..at, |token| document.inner(token));
    let written = document.format_entries_in_rows(token, &range, &["p", "q"]).map(|(new_text, mut edits)| {
        edits.push((range.clone(), new_text));
        changed(&before, edits)
    });
    assert_eq!(written.as_deref(), after, "{before}");
}

#[test]
fn an_addition_breaks_a_line_that_would_be_too_long() {
    appended(Format::Json, "{\n  \"x\": [\"a\"]\n}", "{\n  \"x\": [\n    \"a\",\n    \"YY\",\n    \"ZZ\"\n  ]\n}");
    appended(Format::Json, "{\n\t\"x\": [\"a\", \"b\"]\n}", "{\n\t\"x\": [\n\t\t\"a\",\n\t\t\"b\",\n\t\t\"YY\",\n\t\t\"ZZ\"\n\t]\n}");
    appended(
        Format::Hcl,
        "y {\n    x = [\"a\",] # all\n}\n",
        "y {\n    x = [\n        \"a\",\n        \"YY\",\n        \"ZZ\",\n    ] # all\n}\n",
    );
    appended(Format::Yaml, "- y: 1\n  x: [a]\n", "- y: 1\n  x: [\n    a,\n    YY,\n    ZZ]\n");
    // Some lines of the list were broken already.
    appended(Format::Json, "[\n   \"a\",\n   \"b\", \"c\"\n]", "[\n   \"a\",\n   \"b\",\n   \"c\",\n   \"YY\",\n   \"ZZ\"\n]");
}

#[test]
fn a_line_that_cannot_be_broken_stays() {
    // A line end in quotes would be another text.
    appended(Format::Json, "{\n  \"x\": \"[\\\"a\\\"]\"\n}", "{\n  \"x\": \"[\\\"a\\\", \\\"YY\\\", \\\"ZZ\\\"]\"\n}");
    appended(Format::Yaml, "x: '[\"a\"]'\ny: 1\n", "x: '[\"a\", \"YY\", \"ZZ\"]'\ny: 1\n");
    // A comment is not moved.
    appended(Format::Hcl, "x = [\"a\", /* b */ \"c\"]\n", "x = [\"a\", /* b */ \"c\", \"YY\", \"ZZ\"]\n");
}

#[test]
fn a_longer_name_breaks_its_list() {
    replaced(Format::Json, "{\n  \"x\": [\"YY\", \"a\"]\n}", "{\n  \"x\": [\n    \"YY\",\n    \"ZZ\"\n  ]\n}");
    // One entry alone cannot be made shorter.
    replaced(Format::Json, "{\n  \"YYYY\": \"a\"\n}", "{\n  \"YYYY\": \"ZZ\"\n}");
}

#[test]
fn entries_in_rows() {
    in_rows(Format::Json, "{\"x\": [¦]}", Some("{\"x\": [\n  \"p\",\n  \"q\"\n]}"));
    in_rows(Format::Json, "{\"x\": [ ¦ ]}", Some("{\"x\": [\n  \"p\",\n  \"q\"\n]}"));
    in_rows(Format::Json, "{\"x\": [\"a\", \"¦\", \"b\"]}", Some("{\"x\": [\n  \"a\",\n  \"p\",\n  \"q\",\n  \"b\"\n]}"));
    in_rows(Format::Json, "{\"x\": [\"a\", ¦]}", Some("{\"x\": [\n  \"a\",\n  \"p\",\n  \"q\"\n]}"));
    in_rows(Format::Json, "{\"x\": [\"a\"¦]}", Some("{\"x\": [\n  \"a\",\n  \"p\",\n  \"q\"\n]}"));
    in_rows(Format::Json, "{\"x\": [¦\"a\"]}", Some("{\"x\": [\n  \"p\",\n  \"q\",\n  \"a\"\n]}"));
    in_rows(Format::Yaml, "x: [a, ¦]\n", Some("x: [\n  a,\n  p,\n  q]\n"));
    in_rows(Format::Yaml, "x: ¦\n", Some("x:\n  - p\n  - q\n"));
    in_rows(Format::Yaml, "x: \"¦\" # one\n", Some("x:\n  - \"p\"\n  - \"q\" # one\n"));
    in_rows(Format::Hcl, "x = ¦\n", Some("x = [\n  \"p\",\n  \"q\"\n]\n"));
    // A string in place of a list, whatever it holds.
    in_rows(Format::Json, "{\"x\": \"[¦]\"}", Some("{\"x\": [\n  \"p\",\n  \"q\"\n]}"));
    // The list is in rows already, or has no line ends that could be written.
    in_rows(Format::Yaml, "x:\n  - ¦\n", None);
    in_rows(Format::Json, "[\n  \"¦\"\n]", None);
    in_rows(Format::Yaml, "x: '{\"b\": [¦]}'\n", None);
}
