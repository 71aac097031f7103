//! Service prefixes, actions and their wildcards, console tasks.

use std::collections::BTreeMap;

use connect_policy_catalog::{Access, Action, AddedAction, Pattern, Service};
use connect_policy_model::CursorContext;

use super::fuzzy::{OrderKey, keep_order, rank, rank_loosely, words_first};
use super::{Completion, CompletionKind, Completions, listed, plain, tasks};
use crate::context::Context;
use crate::describe;

/// Without a prefix at most this many actions are offered.
const MOST_UNPREFIXED: usize = 500;

pub(super) fn complete(context: &Context<'_>, place: &CursorContext) -> Completions {
    match place.prefix.split_once(':') {
        // A colon may also be a console task's: `Console task: Edit`.
        Some((prefix, name)) if !prefix.contains(' ') => of_service(context, place, prefix.trim(), name.trim()),
        _ => without_prefix(context, place),
    }
}

/// One service's actions and wildcards: all of them in order of name, and once a name is begun those that fit, the best first.
fn of_service(context: &Context<'_>, place: &CursorContext, prefix: &str, name: &str) -> Completions {
    let named = context.catalog.client_name(prefix).and_then(|client| client.prefix).unwrap_or(prefix);
    let service = context.catalog.service(named);
    let listed = listed(context, place);
    let mut found: Vec<(OrderKey, Completion)> = Vec::new();
    let mut add = |own_name: &str, access: Option<Access>, is_wildcard: bool, make: &dyn Fn() -> Completion| {
        let Some(rank) = rank_loosely(name, own_name) else { return };
        let item = make();
        if !listed.contains(&item.label.to_ascii_lowercase()) {
            // A wildcard is never the first choice unless its asterisk was typed.
            found.push((OrderKey::new(rank, usize::from(is_wildcard), own_name, read_first(access)), item));
        }
    };
    for (service, action) in service.into_iter().flat_map(|service| service.actions.iter().map(move |action| (service, action))) {
        add(action.name, action.access, false, &|| item(context, place, service, action, format!("{}:{}", service.prefix, action.name)));
    }
    for added in context.catalog.added_actions().filter(|added| added.prefix().eq_ignore_ascii_case(named)) {
        add(&added.name[added.prefix().len() + 1..], added.access, false, &|| added_item(context, place, added));
    }
    for (service, (verb, count)) in
        service.into_iter().flat_map(|service| wildcards(context, service).into_iter().map(move |one| (service, one)))
    {
        let label = format!("{}:{verb}*", service.prefix);
        add(&format!("{verb}*"), None, true, &|| {
            let mark = Pattern::new(&label).and_then(|pattern| {
                let reached = context.catalog.risks().iter().map(|risk| risk.action).filter(|action| pattern.matches(action));
                describe::risk_mark(context.catalog, reached)
            });
            let detail = mark.map_or(format!("{count} actions"), |mark| format!("{count} actions · {mark}"));
            plain(context, place, &label, CompletionKind::Wildcard, &detail)
        });
    }
    if name.is_empty() {
        found.sort_by(|(one, _), (other, _)| (one.place, &one.name).cmp(&(other.place, &other.name)));
    } else {
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
    let mut items: Vec<Completion> = found.into_iter().map(|(_, item)| item).collect();
    for (index, item) in items.iter_mut().enumerate() {
        item.sort_text = format!("{index:04}");
        // What was typed before the colon may be a client's name or in other letters' case; the client filters by it.
        item.filter_text = if name.is_empty() { format!("{prefix}{}", &item.label[named.len()..]) } else { place.prefix.trim().to_owned() };
    }
    Completions { items, is_incomplete: true }
}

/// The beginnings of the patterns that match all actions of a verb, and of the one that matches everything, with their numbers.
fn wildcards(context: &Context<'_>, service: &Service) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for action in &service.actions {
        let verb_end =
            action.name.char_indices().skip(1).find(|(_, letter)| letter.is_ascii_uppercase()).map_or(action.name.len(), |(at, _)| at);
        *counts.entry(&action.name[..verb_end]).or_default() += 1;
    }
    let verbs = counts.into_iter().filter(|(_, count)| *count > 1).map(|(verb, _)| verb);
    let count = |verb: &str| {
        let pattern = Pattern::new(&format!("{}:{verb}*", service.prefix));
        pattern.map_or(0, |pattern| context.catalog.all_matching(&pattern).count())
    };
    verbs.chain([""]).map(|verb| (verb, count(verb))).collect()
}

/// Prefixes, and the Connect family's actions whose words were typed.
fn without_prefix(context: &Context<'_>, place: &CursorContext) -> Completions {
    let typed = place.prefix.trim();
    let listed = listed(context, place);
    let mut ranked: Vec<(OrderKey, Completion)> = Vec::new();
    for service in context.catalog.services() {
        let label = format!("{}:", service.prefix);
        let Some(rank) = rank(typed, &label) else { continue };
        if rank > 1 && !service.family {
            continue;
        }
        let place_in_family = usize::from(!service.family) + usize::from(service.prefix != "connect");
        // Prefixes stay in order of name.
        let key = OrderKey { rank, place: place_in_family, length: 0, access: 0, name: label.clone() };
        ranked.push((key, plain(context, place, &label, CompletionKind::Service, service.name)));
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
            let key = OrderKey::new(rank, 2 + usize::from(*prefix != "connect"), action.name, read_first(action.access));
            ranked.push((key, item(context, place, service, action, label)));
        }
    }
    for added in context.catalog.added_actions() {
        let name = &added.name[added.prefix().len() + 1..];
        let Some(rank) = rank(typed, name).or_else(|| rank(typed, &added.name)) else { continue };
        if listed.contains(&added.name.to_ascii_lowercase()) {
            continue;
        }
        let key = OrderKey::new(rank, 2 + usize::from(added.prefix() != "connect"), name, read_first(added.access));
        ranked.push((key, added_item(context, place, added)));
    }
    if typed.is_empty() {
        ranked.sort_by(|(one, _), (other, _)| (one.place, &one.name).cmp(&(other.place, &other.name)));
    } else {
        ranked.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
    ranked.truncate(MOST_UNPREFIXED);
    let mut items = words_first(ranked, tasks::tasks(context, place));
    keep_order(&mut items, typed);
    Completions { items, is_incomplete: true }
}

/// Which actions only look: they come first among names of one length.
fn read_first(access: Option<Access>) -> usize {
    usize::from(!matches!(access, Some(Access::List | Access::Read)))
}

fn item(context: &Context<'_>, place: &CursorContext, service: &Service, action: &Action, label: String) -> Completion {
    let access = action.access.map_or(service.name, Access::name);
    let detail = describe::risk_mark(context.catalog, [label.as_str()]).map_or(access.to_owned(), |mark| format!("{access} · {mark}"));
    plain(context, place, &label, CompletionKind::Action, &detail)
}

/// An action of the workspace's own list.
fn added_item(context: &Context<'_>, place: &CursorContext, added: &AddedAction) -> Completion {
    plain(context, place, &added.name, CompletionKind::Action, added.access.map_or("workspace catalog", Access::name))
}
