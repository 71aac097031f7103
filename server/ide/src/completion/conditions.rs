//! Operators, keys and values of conditions.

use connect_policy_catalog::{Catalog, ConditionKey, Pattern, ValueType};
use connect_policy_model::keys::OPERATOR_NAMES;
use connect_policy_model::{CursorContext, template_keys};
use connect_policy_syntax::NodeId;

use super::fuzzy::rank;
use super::{Completion, CompletionKind, Completions, plain, snippet, stop};
use crate::context::Context;

/// The attributes that a condition's block does not have yet.
pub(super) fn attributes(context: &Context<'_>, place: &CursorContext, block: NodeId) -> Completions {
    let document = context.document;
    let has = |name: &str| document.pairs(block).any(|pair| Some(pair.key) != place.token && document.value(pair.key) == name);
    let names = template_keys::condition_attributes().into_iter().filter(|name| !has(name)).enumerate();
    let items =
        names.map(|(index, name)| item(context, place, name.to_owned(), CompletionKind::Key, "condition attribute".to_owned(), index));
    Completions { items: items.collect(), is_incomplete: false }
}

/// The operators, with their variants for missing keys and for keys with several values.
pub(super) fn operators(context: &Context<'_>, place: &CursorContext) -> Completions {
    let items = operator_names()
        .enumerate()
        .map(|(index, label)| item(context, place, label, CompletionKind::ConditionKey, "condition operator".to_owned(), index))
        .collect();
    Completions { items, is_incomplete: false }
}

/// The names of the operators and of their variants.
pub(super) fn operator_names() -> impl Iterator<Item = String> {
    let plain = OPERATOR_NAMES.iter().map(|operator| (*operator).to_owned());
    let if_exists = OPERATOR_NAMES.iter().filter(|operator| **operator != "Null").map(|operator| format!("{operator}IfExists"));
    let of_strings = || OPERATOR_NAMES.iter().filter(|operator| operator.starts_with("String"));
    let of_sets =
        ["ForAnyValue:", "ForAllValues:"].into_iter().flat_map(move |set| of_strings().map(move |operator| format!("{set}{operator}")));
    plain.chain(if_exists).chain(of_sets)
}

/// The condition keys: first those that the statement's actions support, then the global ones.
pub(super) fn keys(context: &Context<'_>, place: &CursorContext, statement: NodeId) -> Completions {
    let statements = context.meaning.policies.iter().flat_map(|policy| &policy.statements).filter(|known| known.node == statement);
    let entries = statements.flat_map(|statement| &statement.lists).filter(|list| list.role.is_action()).flat_map(|list| &list.entries);
    let actions: Vec<String> = entries.map(|entry| entry.text(context.document).into_owned()).collect();
    let typed = place.prefix.trim();
    let mut items = Vec::new();
    for (index, key) in supported_keys(context.catalog, &actions).into_iter().enumerate() {
        // A part of the user's own is a tab stop.
        let label = key.key.to_owned();
        if rank(typed, &label).is_none() && !typed.is_empty() {
            continue;
        }
        let mut item = item(context, place, label, CompletionKind::ConditionKey, key.value_type.name().to_owned(), index);
        if let Some((head, _)) = key.key.split_once("${") {
            item.edit = snippet(context, place, &format!("{head}{}", stop(0)), &["name"]);
            item.is_snippet = true;
        }
        items.push(item);
    }
    Completions { items, is_incomplete: true }
}

/// The condition keys of a statement with these actions: first those that the actions support, then the global ones.
pub(super) fn supported_keys(catalog: &Catalog, actions: &[String]) -> Vec<&'static ConditionKey> {
    let mut keys: Vec<&'static ConditionKey> = Vec::new();
    for text in actions {
        match catalog.action(text) {
            Some((service, action)) => {
                let types = action.resources.iter().filter_map(|resource| service.resource_type(resource.name));
                let names = action.conditions.iter().chain(types.flat_map(|resource| &resource.conditions));
                keys.extend(names.filter_map(|name| catalog.condition_key(name)));
            }
            None if Pattern::is_wild(text) => {
                let service = text.split_once(':').and_then(|(prefix, _)| catalog.service(prefix));
                keys.extend(service.into_iter().flat_map(|service| &service.condition_keys));
            }
            None => {}
        }
    }
    keys.extend(catalog.global_condition_keys());
    let mut seen = std::collections::HashSet::new();
    keys.retain(|key| seen.insert(key.key));
    keys
}

/// The values of a key that has few and known ones.
pub(super) fn values(context: &Context<'_>, place: &CursorContext, key: &str) -> Completions {
    let is_bool = context.catalog.condition_key(key).is_some_and(|key| key.value_type == ValueType::Bool);
    let values: &[&str] = if is_bool { &["true", "false"] } else { context.catalog.condition_values(key) };
    let items = values
        .iter()
        .enumerate()
        .map(|(index, value)| item(context, place, (*value).to_owned(), CompletionKind::Value, key.to_owned(), index));
    Completions { items: items.collect(), is_incomplete: false }
}

fn item(context: &Context<'_>, place: &CursorContext, label: String, kind: CompletionKind, detail: String, index: usize) -> Completion {
    Completion { sort_text: format!("{index:04}"), ..plain(context, place, &label, kind, &detail) }
}
