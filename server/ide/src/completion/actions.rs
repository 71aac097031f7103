//! Service prefixes and actions.

use connect_policy_catalog::{Access, Action, Service};
use connect_policy_model::Place;

use super::query::rank;
use super::{Completion, CompletionKind, Completions, edit, listed};
use crate::analysis::Context;

/// Without a prefix at most this many actions are offered.
const MOST_UNPREFIXED: usize = 500;

pub(super) fn complete(context: &Context<'_>, place: &Place) -> Completions {
    match place.typed.split_once(':') {
        Some((prefix, _)) => of_service(context, place, prefix.trim()),
        None => without_prefix(context, place),
    }
}

/// One service's actions, whole: the client filters them as the typing goes on.
fn of_service(context: &Context<'_>, place: &Place, prefix: &str) -> Completions {
    let named = context.catalog.client_name(prefix).and_then(|client| client.prefix).unwrap_or(prefix);
    let Some(service) = context.catalog.service(named) else { return Completions::default() };
    let listed = listed(context, place);
    let mut items = Vec::with_capacity(service.actions.len());
    for action in &service.actions {
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
    Completions { items, is_incomplete: false }
}

/// Prefixes, and the Connect family's actions whose words were typed.
fn without_prefix(context: &Context<'_>, place: &Place) -> Completions {
    let typed = place.typed.trim();
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
    ranked.sort_by(|one, other| (one.0, one.1, &one.2.label).cmp(&(other.0, other.1, &other.2.label)));
    let mut items: Vec<Completion> = ranked.into_iter().map(|(_, _, item)| item).take(MOST_UNPREFIXED).collect();
    for (index, item) in items.iter_mut().enumerate() {
        item.sort_text = format!("{index:04}");
    }
    Completions { items, is_incomplete: true }
}

fn item(context: &Context<'_>, place: &Place, service: &Service, action: &Action, label: String) -> Completion {
    Completion {
        detail: action.access.map_or(service.name, Access::name).to_owned(),
        kind: CompletionKind::Action,
        filter_text: label.clone(),
        sort_text: action.name.to_owned(),
        edit: edit(context, place, &label),
        is_snippet: false,
        is_deprecated: false,
        label,
    }
}
