//! The parameter of a CloudFormation template that has the instance's ARN, for resources that are added to the template.

use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind};

use crate::finding::TextEdit;
use crate::skeletons::cloudformation::{self, PARAMETERS, RESOURCES};
use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{Notation, WritingStyle};
use crate::writing::write_members;

/// What names of such parameters end in.
const NAME: &str = "InstanceArn";

/// A parameter that a new resource can refer to.
pub(crate) struct InstanceParameter {
    /// Its name.
    pub(crate) name: String,
    /// The change that adds it, if the template does not have it yet.
    pub(crate) edit: Option<TextEdit>,
}

impl InstanceParameter {
    /// The parameter for a template whose resources a byte offset is among; `None` if it cannot be added.
    pub(crate) fn around(document: &Document, offset: usize, style: &WritingStyle) -> Option<InstanceParameter> {
        let node = document.locate(offset).node;
        let resources = std::iter::once(node).chain(document.tree().ancestors(node)).find_map(|node| {
            let is_key = document.kind(node) == NodeKind::Key;
            let key = if is_key { Some(node) } else { document.key_of(node) };
            key.filter(|&key| document.value(key) == RESOURCES)
        });
        let template = match resources {
            Some(resources) => document.tree().parent(resources)?,
            // Nothing is indented below the key yet.
            None => document.roots().find(|&root| document.get(root, RESOURCES).is_some())?,
        };
        let resources = document.pairs(template).find(|pair| document.value(pair.key) == RESOURCES)?;
        let parameters = document.pairs(template).find(|pair| document.value(pair.key) == PARAMETERS);
        let style = &in_map(document, template, style);
        let names = |map: NodeId| document.pairs(map).map(|pair| document.value(pair.key).into_owned());
        if let Some(name) = parameters.and_then(|parameters| names(parameters.value).find(|name| name.ends_with(NAME))) {
            return Some(InstanceParameter { name, edit: None });
        }
        let is_resource = |name: &str| names(resources.value).any(|known| known == name);
        let name = ["", "Connect", "AmazonConnect"].map(|prefix| format!("{prefix}{NAME}")).into_iter().find(|name| !is_resource(name))?;
        let edit = match parameters {
            None => before(document, resources.key, style, &name),
            Some(parameters) => within(document, parameters.key, parameters.value, style, &name)?,
        };
        Some(InstanceParameter { name, edit: Some(edit) })
    }
}

fn write(member: Member, style: &WritingStyle) -> SnippetText {
    write_members(&[member], style)
}

/// In front of the key of the resources.
fn before(document: &Document, key: NodeId, style: &WritingStyle, name: &str) -> TextEdit {
    let start = document.range(key).start;
    let indent = line_indent(document.text(), start);
    let all = Member::new(PARAMETERS, Outline::Map(vec![cloudformation::parameter(name)]));
    let comma = if style.notation == Notation::YamlBlock { "" } else { "," };
    let end =
        if stands_alone(document.text(), start) && !style.is_one_line { format!("{}{indent}", style.line_end) } else { " ".to_owned() };
    let new_text = format!("{}{comma}{end}", write(all, style).indented(indent).text());
    TextEdit { range: start..start, new_text }
}

/// Among the parameters that the template has.
fn within(document: &Document, key: NodeId, parameters: NodeId, style: &WritingStyle, name: &str) -> Option<TextEdit> {
    let text = document.text();
    let insert = |at: usize, new_text: String| TextEdit { range: at..at, new_text };
    let is_flow = document.tree().node(parameters).flags().has(NodeFlags::FLOW);
    let parameter = cloudformation::parameter(name);
    let style = &in_map(document, parameters, style);
    let Some(last) = document.pairs(parameters).last() else {
        if is_flow {
            return Some(insert(document.inner(parameters).start, write(parameter, &on_one_line(style)).text().to_owned()));
        }
        let colon = document.range(key).end + text[document.range(key).end..].find(':')? + 1;
        let indent = format!("{}{}", line_indent(text, colon), style.indent);
        return Some(insert(colon, format!("{}{indent}{}", style.line_end, write(parameter, style).indented(&indent).text())));
    };
    let end = text[..document.range(last.value).end.max(document.range(last.key).end)].trim_end().len();
    let start = document.range(last.key).start;
    let comma = if is_flow { "," } else { "" };
    Some(if stands_alone(text, start) && !style.is_one_line {
        let indent = line_indent(text, start);
        insert(end, format!("{comma}{}{indent}{}", style.line_end, write(parameter, style).indented(indent).text()))
    } else {
        insert(end, format!("{comma} {}", write(parameter, &on_one_line(style)).text()))
    })
}

/// How a new key of a map is written, in a document that is written in this style elsewhere.
fn in_map(document: &Document, map: NodeId, style: &WritingStyle) -> WritingStyle {
    let is_flow = document.tree().node(map).flags().has(NodeFlags::FLOW);
    let notation = match style.notation {
        Notation::YamlBlock | Notation::YamlFlow if is_flow => Notation::YamlFlow,
        Notation::YamlFlow => Notation::YamlBlock,
        notation => notation,
    };
    WritingStyle { notation, ..style.clone() }
}

fn on_one_line(style: &WritingStyle) -> WritingStyle {
    WritingStyle { is_one_line: true, ..style.clone() }
}

/// Whether only white space is in front of a place on its line.
fn stands_alone(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}

fn line_indent(text: &str, at: usize) -> &str {
    let line = &text[text[..at].rfind('\n').map_or(0, |at| at + 1)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}
