//! Service prefixes, actions and their wildcards, console tasks.

use std::collections::BTreeMap;

use connect_policy_catalog::{Access, Action, AddedAction, Service};
use connect_policy_model::CursorContext;

use super::fuzzy::rank;
use super::{Completion, CompletionKind, Completions, edit, listed, tasks};
use crate::context::Context;

/// Without a prefix at most this many actions are offered.
const MOST_UNPREFIXED: usize = 500;

pub(super) fn complete(context: &Context<'_>, place: &CursorContext) -> Completions {
    match place.prefix.split_once(':') {
        // A colon may also be a console task's: `Console task: Edit`.
        Some((prefix, _)) if !prefix.contains(' ') => of_service(context, place, prefix.trim()),
        _ => without_prefix(context, place),
    }
}

/// One service's actions, whole: the client filters them as the typing goes on.
fn of_service(context: &Context<'_>, place: &CursorContext, prefix: &str) -> Completions {
    let named = context.catalog.client_name(prefix).and_then(|client| client.prefix).unwrap_or(prefix);
    let service = context.catalog.service(named);
    let listed = listed(context, place);
    let mut items = Vec::with_capacity(service.map_or(0, |service| service.actions.len()));
    for (service, action) in service.into_iter().flat_map(|service| service.actions.iter().map(move |action| (service, action))) {
        let label = format!("{}:{}", service.prefix, action.name);
        if listed.contains(&label.to_ascii_lowercase()) {
            continue;
        }
        let mut item = item(context, place, service, action, label);
        // What was typed before the colon may be a client's name or in other letters' case; the client filters by it.
        if prefix != service.prefix {
            item.filter_text = format!("{prefix}:{}", action.name);
        }
        items.push(item);
    }
    for added in context.catalog.added_actions().filter(|added| added.prefix().eq_ignore_ascii_case(named)) {
        if listed.contains(&added.name.to_ascii_lowercase()) {
            continue;
        }
        let mut item = added_item(context, place, added);
        if prefix != added.prefix() {
            item.filter_text = format!("{prefix}{}", &added.name[added.prefix().len()..]);
        }
        items.push(item);
    }
    if let Some(service) = service {
        items.extend(
            wildcards(context, place, service, prefix).into_iter().filter(|item| !listed.contains(&item.label.to_ascii_lowercase())),
        );
    }
    Completions { items, is_incomplete: false }
}

/// The patterns that take in all actions of a verb, with their number, and the one that takes in everything.
fn wildcards(context: &Context<'_>, place: &CursorContext, service: &Service, prefix: &str) -> Vec<Completion> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for action in &service.actions {
        let verb_end =
            action.name.char_indices().skip(1).find(|(_, letter)| letter.is_ascii_uppercase()).map_or(action.name.len(), |(at, _)| at);
        *counts.entry(&action.name[..verb_end]).or_default() += 1;
    }
    // What begins with a verb's letters counts too: `Associate*` is not `AssociatedX`.
    let beginning = |verb: &str| service.actions.iter().filter(|action| action.name.starts_with(verb)).count();
    let verbs = counts.into_iter().filter(|(_, count)| *count > 1).map(|(verb, _)| (verb, beginning(verb)));
    let all = std::iter::once(("", service.actions.len()));
    let patterns = verbs.chain(all).map(|(verb, count)| {
        let label = format!("{}:{verb}*", service.prefix);
        Completion {
            detail: format!("{count} actions"),
            kind: CompletionKind::Wildcard,
            filter_text: format!("{prefix}:{verb}*"),
            sort_text: format!("{verb}*"),
            edit: edit(context, place, &label),
            is_snippet: false,
            is_deprecated: false,
            plain_text: None,
            documentation: None,
            label,
        }
    });
    patterns.collect()
}

/// Prefixes, and the Connect family's actions whose words were typed.
fn without_prefix(context: &Context<'_>, place: &CursorContext) -> Completions {
    let typed = place.prefix.trim();
    let listed = listed(context, place);
    let mut ranked: Vec<(usize, usize, Completion)> = Vec::new();
    for service in context.catalog.services() {
        let label = format!("{}:", service.prefix);
        let Some(rank) = rank(typed, &label) else { continue };
        if rank > 1 && !service.family {
            continue;
        }
        let place_in_family = usize::from(!service.family) + usize::from(service.prefix != "connect");
        ranked.push((
            rank,
            place_in_family,
            Completion {
                detail: service.name.to_owned(),
                kind: CompletionKind::Service,
                filter_text: if typed.is_empty() { label.clone() } else { typed.to_owned() },
                sort_text: String::new(),
                edit: edit(context, place, &label),
                is_snippet: false,
                is_deprecated: false,
                plain_text: None,
                documentation: None,
                label,
            },
        ));
    }
    for prefix in context.catalog.family() {
        let Some(service) = context.catalog.service(prefix) else { continue };
        if typed.is_empty() && *prefix != "connect" {
            continue;
        }
        for action in &service.actions {
            let label = format!("{}:{}", service.prefix, action.name);
            let Some(rank) = rank(typed, action.name).or_else(|| rank(typed, &label)) else { continue };
            if listed.contains(&label.to_ascii_lowercase()) {
                continue;
            }
            let mut item = item(context, place, service, action, label);
            item.filter_text = if typed.is_empty() { item.label.clone() } else { typed.to_owned() };
            ranked.push((rank, 2 + usize::from(*prefix != "connect"), item));
        }
    }
    for added in context.catalog.added_actions() {
        let name = &added.name[added.prefix().len() + 1..];
        let Some(rank) = rank(typed, name).or_else(|| rank(typed, &added.name)) else { continue };
        if listed.contains(&added.name.to_ascii_lowercase()) {
            continue;
        }
        let mut item = added_item(context, place, added);
        item.filter_text = if typed.is_empty() { item.label.clone() } else { typed.to_owned() };
        ranked.push((rank, 2 + usize::from(added.prefix() != "connect"), item));
    }
    ranked.sort_by(|one, other| (one.0, one.1, &one.2.label).cmp(&(other.0, other.1, &other.2.label)));
    let mut items: Vec<Completion> = ranked.into_iter().map(|(_, _, item)| item).take(MOST_UNPREFIXED).collect();
    items.extend(tasks::tasks(context, place));
    for (index, item) in items.iter_mut().enumerate() {
        item.sort_text = format!("{index:04}");
    }
    Completions { items, is_incomplete: true }
}

fn item(context: &Context<'_>, place: &CursorContext, service: &Service, action: &Action, label: String) -> Completion {
    Completion {
        detail: action.access.map_or(service.name, Access::name).to_owned(),
        kind: CompletionKind::Action,
        filter_text: label.clone(),
        sort_text: action.name.to_owned(),
        edit: edit(context, place, &label),
        is_snippet: false,
        is_deprecated: false,
        plain_text: None,
        documentation: None,
        label,
    }
}

/// An action of the workspace's own list.
fn added_item(context: &Context<'_>, place: &CursorContext, added: &AddedAction) -> Completion {
    let name = &added.name[added.prefix().len() + 1..];
    Completion {
        label: added.name.clone(),
        detail: added.access.map_or("own list", Access::name).to_owned(),
        kind: CompletionKind::Action,
        filter_text: added.name.clone(),
        sort_text: name.to_owned(),
        edit: edit(context, place, &added.name),
        is_snippet: false,
        is_deprecated: false,
        plain_text: None,
        documentation: None,
    }
}
