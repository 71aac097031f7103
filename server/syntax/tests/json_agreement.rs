//! On valid JSON our tree says what a strict parser's says: over generated documents and fixtures.

use connect_policy_syntax::{Document, Format, NodeId, NodeKind, ScalarStyle};
use jsonc_parser::ast;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use proptest::prelude::*;

/// What both sides are brought to: values with their places in the text.
#[derive(Debug, PartialEq)]
enum Value {
    Map(Vec<(String, Value)>),
    Seq(Vec<Value>),
    Text(String),
    Word(String),
}

fn ours(document: &Document, id: NodeId) -> Value {
    match document.kind(id) {
        NodeKind::Map => {
            Value::Map(document.pairs(id).map(|pair| (document.value(pair.key).into_owned(), ours(document, pair.value))).collect())
        }
        NodeKind::Seq => Value::Seq(document.items(id).map(|item| ours(document, item)).collect()),
        NodeKind::Scalar if document.tree().node(id).style() == ScalarStyle::JsonString => Value::Text(document.value(id).into_owned()),
        NodeKind::Scalar => Value::Word(document.raw(id).to_owned()),
        kind => panic!("{kind:?} in valid JSON"),
    }
}

fn theirs(value: &ast::Value<'_>) -> Value {
    match value {
        ast::Value::Object(object) => {
            Value::Map(object.properties.iter().map(|property| (property.name.as_str().to_owned(), theirs(&property.value))).collect())
        }
        ast::Value::Array(array) => Value::Seq(array.elements.iter().map(theirs).collect()),
        ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
        ast::Value::NumberLit(number) => Value::Word(number.value.to_owned()),
        ast::Value::BooleanLit(boolean) => Value::Word(boolean.value.to_string()),
        ast::Value::NullKeyword(_) => Value::Word("null".to_owned()),
    }
}

#[track_caller]
fn check(text: &str) {
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        ..ParseOptions::default()
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &options).unwrap_or_else(|error| panic!("{error} in {text}"));
    let expected = parsed.value.as_ref().map(theirs);
    let document = Document::read(text, Format::Json);
    let found = document.roots().next().map(|root| ours(&document, root));
    assert_eq!(found, expected, "{text}");
    // Text in a string that looks like half a document is read as one; what is wrong with it is not the file's fault.
    let errors: Vec<_> = document.tree().errors().iter().filter(|error| !error.is_embedded).collect();
    assert!(errors.is_empty(), "{errors:?} in {text}");
}

#[test]
fn fixtures_agree() {
    for text in [
        "",
        "  \n",
        "[]",
        "{}",
        "null",
        "\"a\"",
        "-1.5e+10",
        "{\"a\": {\"a\": [{}, [], {\"b\": []}]}, \"a\": 1}",
        "// c\n{ /* c */ \"a\" /* d */ : /* e */ 1 /* f */ , // g\n \"b\": [1, 2, ], }\n// end",
        "{\"a\":\"\\u0041\\n\\\"\\\\\\/\\ud83d\\ude00\"}",
        "{\"Größe 日本 😀\": \"ü\"}",
        "[true, false, null, 0, -0, 1e5]",
        "{\r\n  \"a\": 1,\r\n  \"b\": [\r\n    2\r\n  ]\r\n}\r\n",
        "[\"a, b\", \"c]\", \"{d\", \"e: f\"]",
        "{\"a\": \"// no comment\", \"b\": \"/* nor this */\"}",
        "\t{\t\"a\"\t:\t[\t]\t}\t",
    ] {
        check(text);
    }
}

/// White space and comments that may stand anywhere between tokens.
fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just(""), 4 => Just(" "), 2 => Just("\n"), 1 => Just("\r\n\t"), 1 => Just(" /* c */ "), 1 => Just(" // c\n")]
}

fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-zA-Z:*?.${}/-]{1,6}",
        2 => "[ ,\\[\\]{}#']{1,3}",
        1 => Just("\\n".to_owned()),
        1 => Just("\\\"".to_owned()),
        1 => Just("\\\\".to_owned()),
        1 => Just("\\u003a".to_owned()),
        1 => Just("ü日😀".to_owned()),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

fn document() -> impl Strategy<Value = String> {
    let leaf =
        prop_oneof![6 => string(), 1 => Just("null".to_owned()), 1 => Just("true".to_owned()), 1 => "-?[1-9][0-9]{0,3}(\\.[0-9]{1,2})?"];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let item = (gap(), inner.clone(), gap()).prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let pair = (gap(), string(), gap(), gap(), inner, gap()).prop_map(|(a, key, b, c, value, d)| format!("{a}{key}{b}:{c}{value}{d}"));
        prop_oneof![
            (prop::collection::vec(item, 0..6), any::<bool>()).prop_map(|(items, comma)| format!(
                "[{}{}]",
                items.join(","),
                if comma && !items.is_empty() { "," } else { "" }
            )),
            (prop::collection::vec(pair, 0..6), any::<bool>()).prop_map(|(pairs, comma)| format!(
                "{{{}{}}}",
                pairs.join(","),
                if comma && !pairs.is_empty() { "," } else { "" }
            )),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents_agree(text in document()) {
        check(&text);
    }

    #[test]
    fn no_damage_breaks_the_tree(text in document(), at in 0.0..1.0f64, length in 1usize..8, extra in "[\"\\[\\]{},: a]{0,2}") {
        let start = floor(&text, (text.len() as f64 * at) as usize);
        let end = floor(&text, (start + length).min(text.len())).max(start);
        let damaged = format!("{}{extra}{}", &text[..start], &text[end..]);
        let document = Document::read(damaged.as_str(), Format::Json);
        let tree = document.tree();
        for id in tree.subtree(NodeId::STREAM) {
            let range = document.range(id);
            prop_assert!(damaged.get(range.clone()).is_some() && damaged.get(document.inner(id)).is_some(), "{:?} in {}", range, damaged);
            if let Some(above) = tree.parent(id) {
                let around = document.range(above);
                prop_assert!(around.start <= range.start && range.end <= around.end, "{:?} leaves {:?} in {}", range, around, damaged);
            }
            let decoded = document.decoded(id);
            let mut last = 0;
            for offset in 0..=decoded.text().len() {
                let source = decoded.map().to_source(offset);
                prop_assert!(source >= last, "the offset map goes back in {}", damaged);
                last = source;
            }
        }
        for offset in (0..=damaged.len()).filter(|&offset| damaged.is_char_boundary(offset)) {
            document.locate(offset);
        }
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[test]
fn hostile_documents_are_read_in_a_small_stack() {
    let deep = |open: &str| open.repeat(100_000);
    let texts = vec![
        deep("["),
        deep("{"),
        deep("{\"a\":"),
        deep("[{\"a\":"),
        deep("\"a\n"),
        "\"".repeat(300_000),
        "\"a".repeat(300_000),
        "]".repeat(300_000),
        format!("[{}", "\"a\" ".repeat(300_000)),
        "/*".repeat(300_000),
        "{\"a\" \"b\"".repeat(100_000),
        "\0".repeat(100_000),
        format!("{{\"a\": [{}]}}", "\"\\ud800\",".repeat(100_000)),
        format!("\"{}\"", "\\\"{".repeat(100_000)),
        "connect:".repeat(100_000),
        "${".repeat(200_000),
        format!("{{\"a\": \"{{\\\"{}", "${".repeat(200_000)),
    ];
    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    let work = move || {
        for text in texts {
            let document = Document::read(text.as_str(), Format::Json);
            assert!(!document.tree().nodes().is_empty());
        }
    };
    thread.spawn(work).expect("a thread").join().expect("no overflow");
}

#[test]
fn errors_cover_whole_characters() {
    for text in ["[\"a\", ¦", "{\"a\": [\"b¦é\n]}\n", "[é é\u{301}]}", "¦}¦"] {
        let document = Document::read(text, Format::Json);
        for error in document.tree().errors() {
            assert!(text.get(error.range.clone()).is_some_and(|text| !text.is_empty()), "{error:?} in {text:?}");
        }
        assert!(!document.tree().errors().is_empty(), "{text:?}");
    }
}
