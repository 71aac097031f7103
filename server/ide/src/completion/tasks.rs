//! Console tasks and observed profiles: items that write several entries at once.

use std::collections::BTreeSet;

use connect_policy_catalog::{Catalog, ObservedProfile, Pattern, Task};
use connect_policy_model::CursorContext;

use super::fuzzy::{OrderKey, rank};
use super::{Completion, CompletionKind, listed, plain};
use crate::context::Context;
use crate::describe;
use crate::finding::TextEdit;
use crate::skeletons::current_permissions;

/// What may be typed before a console task's title.
const TASK: &str = "Console task: ";

/// What may be typed before a profile's name.
const PROFILE: &str = "Profile: ";

/// The console tasks whose actions the list does not hold yet.
pub(super) fn tasks(context: &Context<'_>, place: &CursorContext) -> Vec<(OrderKey, Completion)> {
    let typed = place.prefix.trim();
    let listed = listed(context, place);
    let patterns: Vec<Pattern> = listed.iter().filter(|entry| Pattern::is_wild(entry)).filter_map(|entry| Pattern::new(entry)).collect();
    let is_listed = |name: &&str| listed.contains(&name.to_ascii_lowercase()) || patterns.iter().any(|pattern| pattern.matches(name));
    let mut items = Vec::new();
    for task in context.catalog.tasks() {
        // The label may be typed from its beginning on.
        let Some(rank) = rank(typed, task.title).or_else(|| rank(typed, &format!("{TASK}{}", task.title))) else { continue };
        let names: Vec<&str> = with_views(context, task).into_iter().filter(|name| !is_listed(name)).collect();
        if names.is_empty() {
            continue;
        }
        let count = names.len();
        // The title comes first: tasks differ in it, and an editor cuts the end of a long label.
        let label = format!("{} (console task, {count} action{})", task.title, if count == 1 { "" } else { "s" });
        let mark = describe::risk_mark(context.catalog, names.iter().copied());
        let detail = mark.map_or(task.page.to_owned(), |mark| format!("{} · {mark}", task.page));
        if let Some(item) = several(context, place, label, &detail, &names) {
            items.push((OrderKey::new(rank, 0, task.title, 0), item));
        }
    }
    in_order(items, typed)
}

/// A task's actions and those that show its page, in order of name.
fn with_views(context: &Context<'_>, task: &Task) -> BTreeSet<&'static str> {
    let views = task.needs_view.iter().filter_map(|id| context.catalog.task(id));
    task.actions.iter().copied().chain(views.flat_map(|view| view.actions.iter().copied())).collect()
}

/// The profiles that were observed, one of each name.
pub(super) fn profiles(context: &Context<'_>, place: &CursorContext) -> Vec<(OrderKey, Completion)> {
    let typed = place.prefix.trim();
    let listed = listed(context, place);
    let mut items = Vec::new();
    for profile in first_of_each_name(context.catalog.observed_profiles()) {
        let Some(rank) = rank(typed, profile.profile).or_else(|| rank(typed, &format!("{PROFILE}{}", profile.profile))) else { continue };
        let permissions = current_permissions(context.catalog, profile);
        let names: Vec<&str> = permissions.into_iter().filter(|name| !listed.contains(&name.to_ascii_lowercase())).collect();
        if names.is_empty() {
            continue;
        }
        let label = format!("{PROFILE}{} ({} permissions, observed)", profile.profile, names.len());
        if let Some(item) = several(context, place, label, &format!("{} confidence", profile.confidence), &names) {
            items.push((OrderKey::new(rank, 0, profile.profile, 0), item));
        }
    }
    in_order(items, typed)
}

/// Each profile's surest observation comes first in the data.
fn first_of_each_name(profiles: &'static [ObservedProfile]) -> impl Iterator<Item = &'static ObservedProfile> {
    let is_first = |index: usize, name: &str| !profiles[..index].iter().any(|before| before.profile == name);
    profiles.iter().enumerate().filter(move |(index, profile)| is_first(*index, profile.profile)).map(|(_, profile)| profile)
}

/// The items that fit best first; as they are in the catalog if nothing was typed.
fn in_order(mut items: Vec<(OrderKey, Completion)>, typed: &str) -> Vec<(OrderKey, Completion)> {
    if !typed.is_empty() {
        items.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
    items
}

/// An item that writes several entries, each on a line of its own where the list can have that. `None` if they cannot be
/// written there.
fn several(context: &Context<'_>, place: &CursorContext, label: String, detail: &str, names: &[&str]) -> Option<Completion> {
    let document = context.document;
    let rows = if names.len() > 1 { document.format_entries_in_rows(place.token, &place.range, names) } else { None };
    let (new_text, around) = match rows {
        Some(rows) => rows,
        None if names.len() > 1 && !document.is_in_list(place.token, &place.range) => return None,
        None => (document.format_entries(place.token, &place.range, names), Vec::new()),
    };
    let mut item = plain(context, place, "", CompletionKind::Task, detail);
    item.filter_text.clone_from(&label);
    item.label = label;
    item.edit.new_text = new_text;
    item.additional_edits = around.into_iter().map(|(range, new_text)| TextEdit { range, new_text }).collect();
    Some(item)
}

/// The name of the task or profile that a label stands for.
pub(super) fn name_in_label(label: &str) -> &str {
    let name = label.strip_prefix(PROFILE).unwrap_or(label);
    name.rsplit_once(" (").map_or(name, |(name, _)| name)
}

/// What is to be known of an observed profile.
pub(super) fn describe_profile(catalog: &Catalog, profile: &ObservedProfile) -> String {
    let permissions = current_permissions(catalog, profile);
    format!(
        "**{}** · default security profile, observed ({} confidence)\n\nContains {} permissions: {}\n\nObserved in a published profile; AWS does not document the list, and your instance may differ",
        profile.profile,
        profile.confidence,
        permissions.len(),
        crate::describe::codes(permissions.iter().copied().take(40)),
    )
}
