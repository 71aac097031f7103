//! On sound text the reader agrees with a strict parser.

use connect_policy_syntax::{Document, Format, NodeId, NodeKind};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use proptest::prelude::*;

use crate::documents;

/// What both sides are brought to.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Value {
    Null,
    Scalar(String),
    Alias(String),
    Seq(Vec<Value>),
    Map(Vec<(Value, Value)>),
    Tagged(String, Box<Value>),
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents(text in documents::texts()) {
        compare(&text);
    }
}

#[test]
fn fixtures() {
    let fixtures = include_str!("fixtures.txt");
    let mut count = 0;
    for fixture in fixtures.split("=====\n").filter(|fixture| !fixture.is_empty()) {
        let text = fixture.replace('→', "\t").replace('␠', " ");
        compare(&text);
        compare(&text.replace('\n', "\r\n"));
        compare(text.trim_end_matches('\n'));
        count += 1;
    }
    assert!(count > 80, "the fixtures were not read");
}

#[track_caller]
fn compare(text: &str) {
    let strict = strict(text).unwrap_or_else(|error| panic!("the strict parser refuses this: {error}\n{text}"));
    let document = Document::read(text, Format::Yaml);
    let ours: Vec<Value> = document.roots().map(|root| ours(&document, root)).collect();
    assert_eq!(ours, strict, "\n{text}");
    assert_eq!(document.tree().errors(), [], "\n{text}");
}

fn ours(document: &Document, id: NodeId) -> Value {
    match document.kind(id) {
        NodeKind::Missing => Value::Null,
        NodeKind::Scalar | NodeKind::Key => Value::Scalar(document.value(id).into_owned()),
        NodeKind::Alias => Value::Alias(document.value(id).into_owned()),
        NodeKind::Seq => Value::Seq(document.items(id).map(|item| ours(document, item)).collect()),
        NodeKind::Map => Value::Map(document.pairs(id).map(|pair| (ours(document, pair.key), ours(document, pair.value))).collect()),
        NodeKind::Call => {
            let children: Vec<NodeId> = document.tree().children(id).collect();
            assert_eq!(children.len(), 1, "a tag has one value");
            Value::Tagged(document.value(id).into_owned(), Box::new(ours(document, children[0])))
        }
        kind => panic!("{kind:?} in YAML"),
    }
}

fn strict(text: &str) -> Result<Vec<Value>, ScanError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut documents = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event?;
        let value = match event {
            Event::Scalar(value, style, _, tag) => {
                let is_null = style == ScalarStyle::Plain && span.slice(text).is_none_or(str::is_empty);
                tagged(tag.as_deref(), if is_null { Value::Null } else { Value::Scalar(value.into_owned()) })
            }
            Event::Alias(_) => Value::Alias(alias_name(text, span)),
            Event::SequenceStart(_, _, tag) => {
                open.push(Open { is_map: false, values: Vec::new(), tag: tag.map(|tag| tag.into_owned()), start: span });
                continue;
            }
            Event::MappingStart(_, _, tag) => {
                open.push(Open { is_map: true, values: Vec::new(), tag: tag.map(|tag| tag.into_owned()), start: span });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let done = open.pop().expect("it was opened");
                let is_key = open.last().is_some_and(|above| above.is_map && above.values.len().is_multiple_of(2));
                if is_key {
                    // Such a key is kept as its text.
                    let range = done.start.byte_range().expect("offsets").start..span.byte_range().expect("offsets").end;
                    Value::Scalar(text[range].split_whitespace().collect::<Vec<_>>().join(" "))
                } else {
                    done.finish()
                }
            }
            _ => continue,
        };
        match open.last_mut() {
            Some(above) => {
                let is_key = above.is_map && above.values.len().is_multiple_of(2);
                above.values.push(if is_key { as_key(value) } else { value });
            }
            None => documents.push(value),
        }
    }
    Ok(documents)
}

struct Open {
    is_map: bool,
    values: Vec<Value>,
    tag: Option<Tag>,
    start: Span,
}

impl Open {
    fn finish(self) -> Value {
        let value = if self.is_map {
            let mut values = self.values.into_iter();
            Value::Map(std::iter::from_fn(|| Some((values.next()?, values.next()?))).collect())
        } else {
            Value::Seq(self.values)
        };
        tagged(self.tag.as_ref(), value)
    }
}

/// Our keys are text: without tag, and the name for an alias.
fn as_key(value: Value) -> Value {
    match value {
        Value::Tagged(_, inner) => as_key(*inner),
        Value::Null => Value::Scalar(String::new()),
        Value::Alias(name) => Value::Scalar(format!("*{name}")),
        value => value,
    }
}

/// Tags of YAML's own say nothing that we ask for.
fn tagged(tag: Option<&Tag>, value: Value) -> Value {
    let is_own =
        |tag: &&Tag| tag.handle() != "tag:yaml.org,2002:" && !tag.original().starts_with("!<tag:yaml.org,2002:") && tag.original() != "!";
    match tag.filter(is_own) {
        Some(tag) => Value::Tagged(tag.original(), Box::new(value)),
        None => value,
    }
}

fn alias_name(text: &str, span: Span) -> String {
    span.slice(text).expect("offsets").trim_start_matches('*').to_owned()
}
