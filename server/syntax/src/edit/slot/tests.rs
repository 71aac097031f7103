use connect_policy_test_support::split_cursor;

use crate::document::Document;
use crate::format::Format;
use crate::tree::{NodeId, NodeKind};

/// The keys above a new key at `¦`, and what is found around it.
fn key_at(format: Format, text: &str) -> String {
    let (text, offset) = split_cursor(text);
    let document = Document::read(text, format);
    let Some(slot) = document.key_slot(offset) else { return "not a place of a key".to_owned() };
    let typed = &document.text()[slot.range.clone()];
    let marks = [
        (slot.needs_comma_before, "comma before"),
        (slot.needs_comma_after, "comma after"),
        (slot.has_value, "has value"),
        (slot.quote.is_some(), "quoted"),
        (slot.is_one_line, "one line"),
    ];
    let marks: Vec<&str> = marks.into_iter().filter(|(is_set, _)| *is_set).map(|(_, mark)| mark).collect();
    let Some((document, key)) = document.with_key(&slot, "NEW") else { return "not read as a key".to_owned() };
    format!("{} {typed:?} {}", path(&document, key), marks.join(", ")).trim_end().to_owned()
}

fn path(document: &Document, node: NodeId) -> String {
    let mut path = Vec::new();
    let mut node = Some(node);
    while let Some(at) = node {
        match document.kind(at) {
            NodeKind::Key => path.push(document.value(at).into_owned()),
            NodeKind::Seq => path.push("[]".to_owned()),
            _ => {}
        }
        node = document.key_of(at).or_else(|| document.tree().parent(at));
        if document.kind(at) == NodeKind::Key {
            node = document.tree().parent(at);
        }
    }
    path.reverse();
    path.join("/")
}

#[track_caller]
fn check(format: Format, cases: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = cases.iter().map(|(text, _)| (*text, key_at(format, text))).collect();
    let expected: Vec<(&str, String)> = cases.iter().map(|(text, place)| (*text, (*place).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn keys_of_json() {
    check(
        Format::Json,
        &[
            ("{¦}", "NEW \"\""),
            ("{\n  ¦\n}", "NEW \"\""),
            ("{\"a\": 1, ¦}", "NEW \"\""),
            ("{\"a\": 1\n ¦\n}", "NEW \"\" comma before"),
            ("{\n  ¦\n  \"a\": 1}", "NEW \"\" comma after"),
            ("{\"a\": 1,\n  ¦\n  \"b\": 1}", "NEW \"\" comma after"),
            ("{\"a\": 1,\n  \"A¦\"\n  \"b\": 1}", "NEW \"A\" comma after, quoted"),
            ("{\"a\": 1,\n  \"A¦\n}", "NEW \"A\" quoted"),
            ("{\"A¦c\": 1}", "NEW \"Ac\" has value, quoted"),
            ("{\"a\": [{A¦}]}", "a/[]/NEW \"A\""),
            ("{\"a\": ¦}", "not a place of a key"),
            ("{\"a\": \"¦\"}", "not a place of a key"),
            ("{\"a\": [¦]}", "not a place of a key"),
            ("{\"a\": 1, // b ¦\n}", "not read as a key"),
            ("¦", "not a place of a key"),
            ("{\"a\": \"{\\\"b\\\": 1, ¦}\"}", "a/NEW \"\" one line"),
            ("{\"a\": \"{\\\"b\\\": 1, \\\"N¦\\\"}\"}", "a/NEW \"N\" quoted, one line"),
        ],
    );
}

#[test]
fn keys_of_yaml() {
    check(
        Format::Yaml,
        &[
            ("¦", "NEW \"\""),
            ("a:\n  ¦\n", "a/NEW \"\""),
            ("a:\n¦\n", "NEW \"\""),
            ("a:\n  b: 1\n  ¦\nc: 1\n", "a/NEW \"\""),
            ("a:\n  b: 1\n¦\nc: 1\n", "NEW \"\""),
            ("a:\n  - b: 1\n    ¦\n", "a/[]/NEW \"\""),
            ("a:\n  - ¦\n", "a/[]/NEW \"\""),
            ("a:\n- ¦\n- b: 1\n", "a/[]/NEW \"\""),
            ("a:\n  - b¦\n", "a/[]/NEW \"b\""),
            ("a:\n  - b¦: 1\n    c: 1\n", "a/[]/NEW \"b\" has value"),
            ("a:\n  \"b¦\"\n", "a/NEW \"b\" quoted"),
            ("a:\n  aws:b¦\n", "a/NEW \"aws:b\""),
            ("a: ¦\n", "not a place of a key"),
            ("a: b¦\n", "not a place of a key"),
            ("a:¦\n", "not a place of a key"),
            ("a: {¦}\n", "a/NEW \"\""),
            ("a: {b: 1, c¦}\n", "a/NEW \"c\""),
            ("a: {b: 1, ¦ d: 1}\n", "a/NEW \"\" comma after"),
            ("# ¦\n", "not a place of a key"),
            ("a: |\n  b\n  ¦\n  c\n", "not a place of a key"),
            ("a: |\n  {\n    \"b\": 1,\n    ¦\n  }\n", "a/NEW \"\""),
            ("a: |\n  {\n    ¦\n  }\n", "a/NEW \"\""),
        ],
    );
}

#[test]
fn keys_of_hcl() {
    check(
        Format::Hcl,
        &[
            ("¦", "NEW \"\""),
            ("a = 1\n¦\n", "NEW \"\""),
            ("resource \"a\" \"b\" {\n  ¦\n}\n", "resource/a/b/NEW \"\""),
            ("resource \"a\" \"b\" {\n  c = 1\n  d¦\n}\n", "resource/a/b/NEW \"d\""),
            ("resource \"a\" \"b\" {\n  d¦\n  c = 1\n}\n", "resource/a/b/NEW \"d\""),
            ("resource \"a\" \"b\" {\n  ¦\n  c {\n  }\n}\n", "resource/a/b/NEW \"\""),
            ("a = f({¦})\n", "a/NEW \"\""),
            ("a = f({\n  b = 1\n  ¦\n  c = 1\n})\n", "a/NEW \"\""),
            ("a = f({\n  b = [{\n    ¦\n  }]\n})\n", "a/b/[]/NEW \"\""),
            ("a = f({ b = 1, c¦ })\n", "a/NEW \"c\""),
            ("a = ¦\n", "not a place of a key"),
            ("a = 1 ¦\n", "not a place of a key"),
            ("# ¦\n", "not read as a key"),
            ("a = <<EOF\n{\n  \"b\": 1,\n  ¦\n}\nEOF\n", "a/NEW \"\""),
            ("a = <<EOF\n{\n  ¦\n}\nEOF\n", "a/NEW \"\""),
        ],
    );
}

#[test]
fn items_of_lists() {
    let item_at = |format, text: &str| {
        let (text, offset) = split_cursor(text);
        let document = Document::read(text, format);
        let slot = document.item_slot(offset)?;
        let (document, item) = document.with_item(&slot, "NEW")?;
        Some(format!(
            "{}{}{}",
            path(&document, item),
            if slot.needs_comma_before { " <" } else { "" },
            if slot.needs_comma_after { " >" } else { "" }
        ))
    };
    for (format, text, expected) in [
        (Format::Json, "{\"a\": [¦]}", Some("a/[]")),
        (Format::Json, "{\"a\": [{}, ¦]}", Some("a/[]")),
        (Format::Json, "{\"a\": [{} ¦]}", Some("a/[] <")),
        (Format::Json, "{\"a\": [\n  ¦\n  {}\n]}", Some("a/[] >")),
        (Format::Json, "{\"a\": {¦}}", None),
        (Format::Yaml, "a:\n  - b: 1\n  ¦\n", Some("a/[]")),
        (Format::Yaml, "a:\n  ¦\n", Some("a/[]")),
        (Format::Yaml, "a:\n  - b: 1\n    ¦\n", Some("a/[]/b/[]")),
        (Format::Yaml, "a: [¦]\n", Some("a/[]")),
        (Format::Hcl, "a = f({ b = [¦] })\n", Some("a/b/[]")),
    ] {
        assert_eq!(item_at(format, text).as_deref(), expected, "{text}");
    }
}
