//! Permission names, found by API name and by the console's label.

use connect_policy_catalog::PermissionStatus;
use connect_policy_model::CursorContext;

use super::fuzzy::{OrderKey, keep_order, rank, words_first};
use super::{CompletionKind, Completions, listed, plain, tasks};
use crate::context::Context;

pub(super) fn complete(context: &Context<'_>, place: &CursorContext) -> Completions {
    let typed = place.prefix.trim();
    let listed = listed(context, place);
    let mut ranked = Vec::new();
    for permission in context.catalog.permissions() {
        let is_own = context.catalog.added_permission(permission.name).is_some();
        // A live instance that still takes an old name is right about itself.
        let is_gone = !is_own && matches!(permission.status, PermissionStatus::Superseded | PermissionStatus::Removed);
        if is_gone || listed.contains(&permission.name.to_ascii_lowercase()) {
            continue;
        }
        let own_name = rank(typed, permission.name).map(|rank| (2 * rank, permission.name));
        let labels = permission.all_labels().filter_map(|label| Some((2 * rank(typed, label)? + 1, label)));
        // A name that begins as typed comes before a label that does.
        let best = own_name.into_iter().chain(labels).min_by_key(|(rank, text)| (*rank, text.chars().count()));
        let Some((rank, text)) = best else { continue };
        let is_legacy = !is_own && permission.status == PermissionStatus::Legacy;
        let label = permission.labels.first().or(permission.old_labels.first());
        let detail = label.map_or_else(|| permission.status.name(), |label| *label);
        let mut item = plain(context, place, permission.name, CompletionKind::Permission, detail);
        item.is_deprecated = is_legacy;
        let key = OrderKey { name: permission.name.to_owned(), ..OrderKey::new(rank, 0, text, read_first(permission.name)) };
        ranked.push((is_legacy, key, item));
    }
    for added in context.catalog.added_permissions().filter(|added| context.catalog.permission(&added.name).is_none()) {
        let Some(rank) = rank(typed, &added.name).filter(|_| !listed.contains(&added.name.to_ascii_lowercase())) else { continue };
        let item = plain(context, place, &added.name, CompletionKind::Permission, "workspace catalog");
        ranked.push((false, OrderKey::new(2 * rank, 0, &added.name, read_first(&added.name)), item));
    }
    if typed.is_empty() {
        ranked.sort_by(|one, other| (one.0, &one.1.name).cmp(&(other.0, &other.1.name)));
    } else {
        ranked.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    }
    // Names and labels share their ranks.
    let names = ranked.into_iter().map(|(_, key, item)| (OrderKey { rank: key.rank / 2, ..key }, item)).collect();
    let mut items = words_first(names, tasks::profiles(context, place));
    keep_order(&mut items, typed);
    Completions { items, is_incomplete: true }
}

/// Which permissions only look: they come first among names of one length.
fn read_first(name: &str) -> usize {
    usize::from(!(name.ends_with(".View") || name.ends_with(".Access")))
}
