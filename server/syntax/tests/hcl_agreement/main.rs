//! On sound HCL the tolerant reader must read what a strict parser reads. Both trees are brought to one model: bodies,
//! objects, lists, calls, branches and texts; any other expression is its source.

use std::fmt::Write as _;
use std::ops::Range;

use connect_policy_syntax::{Document, Format, NodeFlags, NodeId, NodeKind, ScalarStyle};
use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Body, Structure};
use hcl_edit::template::{Element, Template};
use proptest::prelude::*;

mod generated;

use generated::document;

#[derive(Clone, PartialEq, Debug)]
enum Model {
    /// Attributes and blocks, each with its labels.
    Body(Vec<(String, Vec<String>, Model)>),
    Object(Vec<(String, Model)>),
    List(Vec<Model>),
    /// A string with its escapes resolved and its holes as they are written.
    Text(String),
    Call(String, Vec<Model>),
    Choice(Box<Model>, Box<Model>),
    ForList(Box<Model>),
    ForObject(String, Box<Model>),
    Other(String),
}

// ---- ours

fn ours(document: &Document, id: NodeId) -> Model {
    let tree = document.tree();
    let is_for = tree.node(id).flags().has(NodeFlags::FOR);
    let children = || tree.children(id);
    match document.kind(id) {
        NodeKind::Block => Model::Body(document.pairs(id).map(|pair| body_item(document, pair.key, pair.value)).collect()),
        NodeKind::Map if is_for => {
            let pair = document.pairs(id).next().expect("a for has a pair");
            Model::ForObject(key(document, pair.key), Box::new(ours(document, pair.value)))
        }
        NodeKind::Map => Model::Object(document.pairs(id).map(|pair| (key(document, pair.key), ours(document, pair.value))).collect()),
        NodeKind::Seq if is_for => Model::ForList(Box::new(ours(document, children().next().expect("a for has a value")))),
        NodeKind::Seq => Model::List(children().map(|child| ours(document, child)).collect()),
        NodeKind::Call => Model::Call(document.value(id).into_owned(), children().map(|child| ours(document, child)).collect()),
        NodeKind::Choice => {
            let mut branches = children().map(|child| Box::new(ours(document, child)));
            let (yes, no) = (branches.next().expect("a branch"), branches.next().expect("a branch"));
            Model::Choice(yes, no)
        }
        NodeKind::Scalar if matches!(tree.node(id).style(), ScalarStyle::HclString | ScalarStyle::Heredoc) => {
            Model::Text(document.value(id).into_owned())
        }
        NodeKind::Scalar => Model::Other(document.raw(id).to_owned()),
        kind => panic!("{kind:?} in sound HCL"),
    }
}

fn body_item(document: &Document, name: NodeId, value: NodeId) -> (String, Vec<String>, Model) {
    let mut labels = Vec::new();
    let mut value = value;
    while document.kind(value) == NodeKind::Map
        && let Some(pair) = document.pairs(value).next().filter(|pair| document.tree().node(pair.key).flags().has(NodeFlags::LABEL))
    {
        labels.push(document.value(pair.key).into_owned());
        value = pair.value;
    }
    (document.value(name).into_owned(), labels, ours(document, value))
}

fn key(document: &Document, id: NodeId) -> String {
    let value = document.value(id);
    if document.tree().node(id).style() == ScalarStyle::Expression { value.trim().to_owned() } else { value.into_owned() }
}

// ---- theirs

fn theirs(body: &Body, text: &str) -> Model {
    let item = |structure: &Structure| match structure {
        Structure::Attribute(attribute) => (attribute.key.to_string().trim().to_owned(), Vec::new(), expression(&attribute.value, text)),
        Structure::Block(block) => {
            let labels = block.labels.iter().map(|label| label.as_str().to_owned()).collect();
            (block.ident.to_string().trim().to_owned(), labels, theirs(&block.body, text))
        }
    };
    Model::Body(body.iter().map(item).collect())
}

fn expression(value: &Expression, text: &str) -> Model {
    match value {
        Expression::String(string) => Model::Text(string.as_str().to_owned()),
        Expression::StringTemplate(string) => Model::Text(template(string, text)),
        Expression::HeredocTemplate(heredoc) => Model::Text(template(&heredoc.template, text)),
        Expression::Array(array) => Model::List(array.iter().map(|item| expression(item, text)).collect()),
        Expression::Object(object) => {
            Model::Object(object.iter().map(|(key, value)| (object_key(key, text), expression(value.expr(), text))).collect())
        }
        Expression::Parenthesis(inner) => expression(inner.inner(), text),
        Expression::Conditional(choice) => {
            Model::Choice(Box::new(expression(&choice.true_expr, text)), Box::new(expression(&choice.false_expr, text)))
        }
        Expression::FuncCall(call) => {
            let mut name = String::new();
            for space in &call.name.namespace {
                write!(name, "{}::", space.as_str()).expect("writing to a string");
            }
            name.push_str(call.name.name.as_str());
            Model::Call(name, call.args.iter().map(|argument| expression(argument, text)).collect())
        }
        Expression::ForExpr(for_expr) => {
            let value = Box::new(expression(&for_expr.value_expr, text));
            match &for_expr.key_expr {
                Some(key) => Model::ForObject(text_or_source(key, text), value),
                None => Model::ForList(value),
            }
        }
        other => Model::Other(source(other.span(), text)),
    }
}

fn object_key(key: &ObjectKey, text: &str) -> String {
    match key {
        ObjectKey::Ident(name) => name.as_str().to_owned(),
        ObjectKey::Expression(Expression::Parenthesis(inner)) => source(inner.inner().span(), text),
        ObjectKey::Expression(key) => text_or_source(key, text),
    }
}

fn text_or_source(value: &Expression, text: &str) -> String {
    match expression(value, text) {
        Model::Text(key) => key,
        _ => source(value.span(), text),
    }
}

fn template(template: &Template, text: &str) -> String {
    let element = |element: &Element| match element {
        Element::Literal(literal) => literal.as_str().to_owned(),
        Element::Interpolation(hole) => source(hole.span(), text),
        Element::Directive(hole) => source(hole.span(), text),
    };
    template.iter().map(element).collect()
}

fn source(span: Option<Range<usize>>, text: &str) -> String {
    text[span.expect("a parsed expression has a place")].trim().to_owned()
}

// ---- comparison

/// Compares both readings; `None` where the strict parser refuses the text.
fn compare(text: &str) -> Option<(Model, Model)> {
    let body: Body = text.parse().ok()?;
    let document = Document::read(text, Format::Hcl);
    let root = document.roots().next().expect("a file has a body");
    // What looks like JSON in a string need not be sound.
    let is_embedded = |at: usize| document.scalars().any(|id| document.inner(id).contains(&at) && document.embedded(id).is_some());
    let errors: Vec<_> = document.tree().errors().iter().filter(|error| !is_embedded(error.range.start)).collect();
    let ours = if errors.is_empty() { ours(&document, root) } else { Model::Other(format!("{errors:?}")) };
    Some((ours, theirs(&body, text)))
}

#[test]
fn terraform_is_read_as_the_strict_parser_reads_it() {
    let mut count = 0;
    for (index, fixture) in FIXTURES.split("#====\n").enumerate() {
        for text in [fixture.to_owned(), fixture.replace("  ", "\t"), fixture.trim_end().to_owned()] {
            let (ours, theirs) =
                compare(&text).unwrap_or_else(|| panic!("fixture {index} is not sound:\n{}", text.parse::<Body>().expect_err("unsound")));
            assert_eq!(ours, theirs, "fixture {index}");
            count += 1;
        }
        // The strict parser counts the carriage return as text in some places: compare with the reading of the same lines.
        let windows = Document::read(fixture.replace('\n', "\r\n"), Format::Hcl);
        let unix = Document::read(fixture, Format::Hcl);
        let plain = |document: &Document| format!("{:?}", ours(document, document.roots().next().expect("a body"))).replace("\\r", "");
        assert_eq!(plain(&windows), plain(&unix), "fixture {index} with CRLF");
    }
    assert!(count >= 60, "only {count} texts");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents_are_read_as_the_strict_parser_reads_them(text in document(), is_windows in any::<bool>()) {
        let text = if is_windows && !text.contains("<<") { text.replace('\n', "\r\n") } else { text };
        let Some((ours, theirs)) = compare(&text) else {
            return Err(TestCaseError::fail(format!("not sound: {}\n{text}", text.parse::<Body>().expect_err("unsound"))));
        };
        prop_assert_eq!(ours, theirs, "{}", text);
    }
}

/// Realistic Terraform: documents parted by lines of `#====`.
const FIXTURES: &str = include_str!("terraform.txt");
