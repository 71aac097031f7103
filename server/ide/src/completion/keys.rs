//! The keys that may be written at a place and are not yet there, each with what follows it.

use connect_policy_catalog::{ConditionKey, ValueType};
use connect_policy_model::keys::{KeyPlace, OPERATOR_NAMES, ValueShape, keys};
use connect_policy_model::{Construct, KeyCursor, OfferedKeys};
use connect_policy_syntax::{Slot, SlotSyntax};

use super::file_purpose::FilePurpose;
use super::fuzzy::rank;
use super::key_text::{KeySurroundings, key_text};
use super::place_style::{line_indent, style, written};
use super::{Completion, CompletionKind, Completions, conditions, skeletons};
use crate::context::Context;
use crate::describe;
use crate::finding::TextEdit;
use crate::skeletons::policy_documents;
use crate::writing::style::Quote;

/// The keys and constructs at a byte offset; `None` where none of ours may stand, so that names may be meant.
pub(super) fn complete(context: &Context<'_>, offset: usize, purpose: FilePurpose) -> Option<Completions> {
    let whole_files = || if purpose.may_be_policy() { skeletons::of_empty_file(context, offset) } else { Vec::new() };
    let Some(mut cursor) = KeyCursor::at(context.document, context.catalog, offset) else {
        let items = match KeyCursor::at_item(context.document, context.catalog, offset) {
            Some(cursor) => skeletons::at(context, &cursor, offset),
            None => whole_files(),
        };
        return (!items.is_empty()).then_some(Completions { items, is_incomplete: true });
    };
    if cursor.is_empty_file && !purpose.may_be_policy() {
        return None;
    }
    cursor.construct = cursor.construct.filter(|construct| *construct != Construct::TerraformFile || purpose.may_be_terraform());
    let prefix = if cursor.has_other_tools { "~" } else { "" };
    let mut items: Vec<Completion> = offered(context, &cursor, offset)
        .into_iter()
        .enumerate()
        .map(|(index, key)| Completion { sort_text: format!("{prefix}{index:03}"), ..item(context, &cursor.slot, key) })
        .collect();
    let is_whole = cursor.construct.is_some();
    items.extend(skeletons::at(context, &cursor, offset));
    items.extend(whole_files());
    Some(Completions { items, is_incomplete: is_whole })
}

/// A key to offer.
struct Key {
    name: String,
    /// The name with placeholders.
    text: String,
    value: ValueShape,
    detail: String,
    documentation: String,
}

fn offered(context: &Context<'_>, cursor: &KeyCursor, offset: usize) -> Vec<Key> {
    match &cursor.keys {
        OfferedKeys::Known(known) => {
            let is_condition = known.first().is_some_and(|key| OPERATOR_NAMES.contains(&key.name));
            let known = known.iter().map(|key| Key {
                name: key.name.to_owned(),
                text: key.name.to_owned(),
                value: key.value,
                detail: if key.is_required { "required".to_owned() } else { String::new() },
                documentation: key.documentation.to_owned(),
            });
            if is_condition { known.chain(operator_variants()).collect() } else { known.collect() }
        }
        OfferedKeys::ConditionKeys { actions, present } => {
            let typed = context.document.text()[cursor.slot.range.start..offset].trim();
            let keys = conditions::supported_keys(context.catalog, actions);
            keys.into_iter()
                .filter(|key| !present.iter().any(|present| present.eq_ignore_ascii_case(key.key)))
                .filter(|key| typed.is_empty() || rank(typed, key.key).is_some())
                .map(|key| condition_key(context, key))
                .collect()
        }
    }
}

/// The operators for missing keys and for keys with several values.
fn operator_variants() -> impl Iterator<Item = Key> {
    let documentation = |name: &str| {
        let plain = name.trim_start_matches("ForAnyValue:").trim_start_matches("ForAllValues:").trim_end_matches("IfExists");
        let known = keys(KeyPlace::Condition).iter().find(|key| key.name == plain).map_or("", |key| key.documentation);
        match name.split_once(':') {
            Some(("ForAnyValue", _)) => format!("{known}, for at least one of several values"),
            Some(_) => format!("{known}, for each of several values"),
            None => format!("{known}, or the condition key is missing"),
        }
    };
    conditions::operator_names().skip(OPERATOR_NAMES.len()).map(move |name| Key {
        text: name.clone(),
        value: ValueShape::Map(&[]),
        detail: String::new(),
        documentation: documentation(&name),
        name,
    })
}

fn condition_key(context: &Context<'_>, key: &'static ConditionKey) -> Key {
    let (head, is_open) = key.key.split_once("${").map_or((key.key, false), |(head, _)| (head, true));
    let value = match key.value_type {
        ValueType::Bool => ValueShape::Choice(&["true", "false"]),
        _ if !context.catalog.condition_values(key.key).is_empty() => ValueShape::ListOrText(&[]),
        _ => ValueShape::Text,
    };
    Key {
        name: key.key.to_owned(),
        text: if is_open { format!("{head}<tag-key>") } else { head.to_owned() },
        value,
        detail: key.value_type.name().to_owned(),
        documentation: describe::condition_key(context.catalog, key),
    }
}

fn item(context: &Context<'_>, slot: &Slot, key: Key) -> Completion {
    let text = key_text(&key.text, key.value, &surroundings(context, slot));
    let label = key.name;
    let item = Completion {
        additional_edits: Vec::new(),
        filter_text: label.clone(),
        label,
        kind: CompletionKind::Key,
        detail: key.detail,
        sort_text: String::new(),
        edit: TextEdit { range: slot.range.clone(), new_text: String::new() },
        is_snippet: false,
        is_deprecated: false,
        plain_text: None,
        documentation: Some(key.documentation),
    };
    written(context, slot, item, text)
}

fn surroundings(context: &Context<'_>, slot: &Slot) -> KeySurroundings {
    let before = &context.document.text()[..slot.range.start - slot.quote.map_or(0, char::len_utf8)];
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    KeySurroundings {
        policy_document: policy_documents(context.document).into_iter().next(),
        style: style(context, slot),
        has_value: slot.has_value,
        opening_quote: slot.quote.map(|quote| if quote == '\'' { Quote::Single } else { Quote::Double }),
        needs_comma_before: slot.needs_comma_before && slot.quote.is_none(),
        needs_comma_after: slot.needs_comma_after,
        hanging: if slot.syntax == SlotSyntax::YamlBlock { column - line_indent(context, slot).len() } else { 0 },
    }
}

#[cfg(test)]
mod tests;
