//! Permission names, found by API name and by the console's label.

use connect_policy_catalog::PermissionStatus;
use connect_policy_model::CursorContext;

use super::fuzzy::rank;
use super::{Completion, CompletionKind, Completions, edit, listed, tasks};
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
        let by_name = rank(typed, permission.name);
        let by_label = permission.all_labels().filter_map(|label| rank(typed, label)).min();
        // A name that begins as typed comes before a label that does.
        let Some(rank) = by_name.map(|rank| 2 * rank).into_iter().chain(by_label.map(|rank| 2 * rank + 1)).min() else { continue };
        let is_legacy = !is_own && permission.status == PermissionStatus::Legacy;
        let label = permission.name.to_owned();
        ranked.push((
            rank + 8 * usize::from(is_legacy),
            Completion {
                detail: permission
                    .labels
                    .first()
                    .or(permission.old_labels.first())
                    .map_or_else(|| permission.status.name().to_owned(), |label| (*label).to_owned()),
                kind: CompletionKind::Permission,
                filter_text: if typed.is_empty() || by_name == Some(0) { label.clone() } else { typed.to_owned() },
                sort_text: String::new(),
                edit: edit(context, place, &label),
                is_snippet: false,
                is_deprecated: is_legacy,
                plain_text: None,
                documentation: None,
                label,
            },
        ));
    }
    for added in context.catalog.added_permissions().filter(|added| context.catalog.permission(&added.name).is_none()) {
        let Some(rank) = rank(typed, &added.name).filter(|_| !listed.contains(&added.name.to_ascii_lowercase())) else { continue };
        let label = added.name.clone();
        ranked.push((
            2 * rank,
            Completion {
                detail: "own list".to_owned(),
                kind: CompletionKind::Permission,
                filter_text: if typed.is_empty() || rank == 0 { label.clone() } else { typed.to_owned() },
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
    ranked.sort_by(|one, other| (one.0, &one.1.label).cmp(&(other.0, &other.1.label)));
    let mut items: Vec<Completion> = ranked.into_iter().map(|(_, item)| item).collect();
    items.extend(tasks::profiles(context, place));
    for (index, item) in items.iter_mut().enumerate() {
        item.sort_text = format!("{index:04}");
    }
    Completions { items, is_incomplete: true }
}
