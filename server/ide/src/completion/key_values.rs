//! Whole values of keys that hold a map: a policy, a principal.

use connect_policy_model::keys::{KeyInfo, KeyPlace, POLICY_DOCUMENT_REFERENCE, ValueShape, keys};
use connect_policy_model::{PolicyKind, shape_of_value};
use connect_policy_syntax::{NodeId, Slot, SlotSyntax};

use super::place_style::{line_indent, style, written};
use super::{Completion, CompletionKind, Completions};
use crate::context::Context;
use crate::finding::TextEdit;
use crate::skeletons::{Form, policy_documents, skeletons};
use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::WritingStyle;
use crate::writing::words::Words;
use crate::writing::write_value;

/// The values that may be written behind a key at a byte offset.
pub(super) fn complete(context: &Context<'_>, offset: usize) -> Completions {
    let Some((slot, key)) = context.document.value_slot(offset) else { return Completions::default() };
    let style = style(context, &slot);
    let items = match shape_of_value(context.document, context.catalog, key) {
        Some(ValueShape::Policy(kind)) => policies(context, &slot, key, kind, &style),
        Some(ValueShape::PolicyText(kind)) if slot.syntax == SlotSyntax::Hcl => {
            let mut items = references(context, &slot, key);
            items.extend(policies(context, &slot, key, kind, &style));
            items
        }
        Some(ValueShape::Map(table)) if is_principal(table) => principals(context, &slot, key, &style),
        _ => Vec::new(),
    };
    let numbered = items.into_iter().enumerate().map(|(index, item)| Completion { sort_text: format!("{index:02}"), ..item });
    Completions { items: numbered.collect(), is_incomplete: false }
}

fn is_principal(table: &[KeyInfo]) -> bool {
    table.iter().map(|key| key.name).eq(keys(KeyPlace::Principal).iter().map(|key| key.name))
}

/// Whole policies of a kind.
fn policies(context: &Context<'_>, slot: &Slot, key: NodeId, kind: PolicyKind, style: &WritingStyle) -> Vec<Completion> {
    let fits = |of_skeleton: Option<PolicyKind>| of_skeleton.is_some_and(|other| kind == PolicyKind::Unknown || other == kind);
    let suitable = skeletons().iter().filter(|skeleton| fits(skeleton.policy_kind()));
    let written = suitable.filter_map(|skeleton| {
        let text = skeleton.write(context.catalog, Form::PolicyValue, style)?;
        Some(item(context, slot, key, CompletionKind::Skeleton, [skeleton.title, skeleton.description], text))
    });
    written.collect()
}

/// References to the policy documents of a Terraform file.
fn references(context: &Context<'_>, slot: &Slot, key: NodeId) -> Vec<Completion> {
    let labels = policy_documents(context.document).into_iter();
    let item = |label: String| {
        let mut text = SnippetText::default();
        text.push(&format!("{POLICY_DOCUMENT_REFERENCE}{label}.json"));
        let name = text.text().to_owned();
        item(context, slot, key, CompletionKind::Value, [&name, "policy document"], text)
    };
    labels.map(item).collect()
}

/// Everybody, and the types of principals with a value each.
fn principals(context: &Context<'_>, slot: &Slot, key: NodeId, style: &WritingStyle) -> Vec<Completion> {
    let everybody = write_value(&Outline::text("*"), style);
    let of_type = keys(KeyPlace::Principal).iter().map(|kind| {
        let value = kind.value.known_values().first().map_or_else(Words::cursor, |value| Words::new(value));
        let text = write_value(&Outline::Map(vec![Member::new(kind.name, Outline::Text(value))]), style);
        item(context, slot, key, CompletionKind::Key, [kind.name, kind.documentation], text)
    });
    let mut items: Vec<Completion> = of_type.collect();
    items.push(item(context, slot, key, CompletionKind::Value, ["*", "everybody"], everybody));
    items
}

/// An item that writes a value; a map of YAML in lines begins on a new line.
fn item(
    context: &Context<'_>,
    slot: &Slot,
    key: NodeId,
    kind: CompletionKind,
    [label, detail]: [&str; 2],
    text: SnippetText,
) -> Completion {
    let document = context.document;
    let is_map = matches!(kind, CompletionKind::Skeleton | CompletionKind::Key);
    let mut out = SnippetText::default();
    let is_below = is_map && slot.syntax == SlotSyntax::YamlBlock;
    if is_below {
        // The keys of an item are behind its dash.
        let start = document.range(key).start;
        let column = start - document.text()[..start].rfind('\n').map_or(0, |at| at + 1);
        let hanging = " ".repeat(column - line_indent(context, slot).len());
        out.push(&hanging);
        out.append(&text.indented(&hanging));
    } else {
        out.push(if document.text()[..slot.range.start].ends_with([':', '=']) { " " } else { "" });
        out.append(&text);
        out.push(if slot.needs_comma_after { "," } else { "" });
    }
    let mut slot = slot.clone();
    slot.line_break_before = slot.line_break_before.filter(|_| is_below);
    let item = Completion {
        label: label.to_owned(),
        kind,
        detail: detail.to_owned(),
        filter_text: label.to_owned(),
        sort_text: String::new(),
        edit: TextEdit { range: slot.range.clone(), new_text: String::new() },
        additional_edits: Vec::new(),
        is_snippet: false,
        is_deprecated: false,
        plain_text: None,
        documentation: None,
    };
    written(context, &slot, item, out)
}
