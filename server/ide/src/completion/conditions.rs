//! Operators, keys and values of conditions.

use connect_policy_catalog::{ConditionKey, ValueType};
use connect_policy_model::{ActionVerdict, CursorContext, Verdict, template_keys};
use connect_policy_syntax::NodeId;

use super::fuzzy::rank;
use super::{Completion, CompletionKind, Completions, plain, snippet, stop};
use crate::context::Context;

/// IAM's operators, the common ones first.
const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringLike",
    "StringNotEquals",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "ArnLike",
    "ArnEquals",
    "ArnNotLike",
    "ArnNotEquals",
    "Bool",
    "Null",
    "IpAddress",
    "NotIpAddress",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "BinaryEquals",
];

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
    let plain = OPERATORS.iter().map(|operator| (*operator).to_owned());
    let if_exists = OPERATORS.iter().filter(|operator| **operator != "Null").map(|operator| format!("{operator}IfExists"));
    let of_sets = ["ForAnyValue:", "ForAllValues:"]
        .into_iter()
        .flat_map(|set| OPERATORS.iter().take(6).map(move |operator| format!("{set}{operator}")));
    let labels = plain.chain(if_exists).chain(of_sets);
    let items = labels
        .enumerate()
        .map(|(index, label)| item(context, place, label, CompletionKind::Key, "condition operator".to_owned(), index))
        .collect();
    Completions { items, is_incomplete: false }
}

/// The condition keys: first those that the statement's actions support, then the global ones.
pub(super) fn keys(context: &Context<'_>, place: &CursorContext, statement: NodeId) -> Completions {
    let mut keys: Vec<&'static ConditionKey> = Vec::new();
    let statements = context.meaning.policies.iter().flat_map(|policy| &policy.statements).filter(|known| known.node == statement);
    let entries = statements.flat_map(|statement| &statement.lists).filter(|list| list.role.is_action()).flat_map(|list| &list.entries);
    for entry in entries {
        match &entry.verdict {
            Verdict::Action(ActionVerdict::Known { service, action }) => {
                let of_types = action
                    .resources
                    .iter()
                    .filter_map(|resource| service.resource_type(resource.name))
                    .flat_map(|resource| &resource.conditions);
                let names = action.conditions.iter().chain(of_types);
                keys.extend(names.filter_map(|name| context.catalog.condition_key(name)));
            }
            Verdict::Action(ActionVerdict::Pattern { .. }) => {
                let text = entry.text(context.document);
                let service = text.split_once(':').and_then(|(prefix, _)| context.catalog.service(prefix));
                keys.extend(service.into_iter().flat_map(|service| &service.condition_keys));
            }
            _ => {}
        }
    }
    keys.extend(context.catalog.global_condition_keys());
    let mut seen = std::collections::HashSet::new();
    keys.retain(|key| seen.insert(key.key));
    let typed = place.prefix.trim();
    let mut items = Vec::new();
    for (index, key) in keys.into_iter().enumerate() {
        // A part of the user's own is a tab stop.
        let label = key.key.to_owned();
        if rank(typed, &label).is_none() && !typed.is_empty() {
            continue;
        }
        let mut item = item(context, place, label, CompletionKind::Key, key.value_type.name().to_owned(), index);
        if let Some((head, _)) = key.key.split_once("${") {
            item.edit = snippet(context, place, &format!("{head}{}", stop(0)), &["name"]);
            item.is_snippet = true;
        }
        items.push(item);
    }
    Completions { items, is_incomplete: true }
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
