//! Console tasks and observed profiles: items that write several entries at once.

use std::collections::BTreeSet;

use connect_policy_catalog::{ObservedProfile, Pattern, Task};
use connect_policy_model::CursorContext;

use super::fuzzy::rank;
use super::{Completion, CompletionKind, listed};
use crate::context::Context;
use crate::finding::TextEdit;

/// How a console task's label begins.
const TASK: &str = "Console task: ";

/// How a profile's label begins.
const PROFILE: &str = "Profile: ";

/// The console tasks whose actions the list does not hold yet.
pub(super) fn tasks(context: &Context<'_>, place: &CursorContext) -> Vec<Completion> {
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
        let label = format!("{TASK}{} ({count} action{})", task.title, if count == 1 { "" } else { "s" });
        items.push(several(context, place, rank, label, task.page.to_owned(), &names));
    }
    items
}

/// A task's actions and those that show its page, in order of name.
fn with_views(context: &Context<'_>, task: &Task) -> BTreeSet<&'static str> {
    let views = task.needs_view.iter().filter_map(|id| context.catalog.task(id));
    task.actions.iter().copied().chain(views.flat_map(|view| view.actions.iter().copied())).collect()
}

/// The profiles that were observed, one of each name.
pub(super) fn profiles(context: &Context<'_>, place: &CursorContext) -> Vec<Completion> {
    let typed = place.prefix.trim();
    let listed = listed(context, place);
    let mut items = Vec::new();
    for profile in first_of_each_name(context.catalog.observed_profiles()) {
        let Some(rank) = rank(typed, profile.profile).or_else(|| rank(typed, &format!("{PROFILE}{}", profile.profile))) else { continue };
        let names: Vec<&str> = profile.permissions.iter().copied().filter(|name| !listed.contains(&name.to_ascii_lowercase())).collect();
        if names.is_empty() {
            continue;
        }
        let label = format!("{PROFILE}{} ({} permissions, observed)", profile.profile, names.len());
        items.push(several(context, place, rank, label, format!("{} confidence", profile.confidence), &names));
    }
    items
}

/// Each profile's surest observation comes first in the data.
fn first_of_each_name(profiles: &'static [ObservedProfile]) -> impl Iterator<Item = &'static ObservedProfile> {
    let is_first = |index: usize, name: &str| !profiles[..index].iter().any(|before| before.profile == name);
    profiles.iter().enumerate().filter(move |(index, profile)| is_first(*index, profile.profile)).map(|(_, profile)| profile)
}

fn several(context: &Context<'_>, place: &CursorContext, rank: usize, label: String, detail: String, names: &[&str]) -> Completion {
    let typed = place.prefix.trim();
    let new_text = context.document.format_entries(place.token, &place.range, names);
    Completion {
        detail,
        kind: CompletionKind::Task,
        filter_text: if typed.is_empty() { label.clone() } else { typed.to_owned() },
        sort_text: format!("{rank}~{label}"),
        edit: TextEdit { range: place.range.clone(), new_text },
        is_snippet: false,
        is_deprecated: false,
        plain_text: None,
        documentation: None,
        label,
    }
}

/// The name of the task or profile that a label stands for.
pub(super) fn name_in_label(label: &str) -> &str {
    let name = label.strip_prefix(TASK).or_else(|| label.strip_prefix(PROFILE)).unwrap_or(label);
    name.rsplit_once(" (").map_or(name, |(name, _)| name)
}

/// What is to be known of an observed profile.
pub(super) fn describe_profile(profile: &ObservedProfile) -> String {
    format!(
        "**{}** · default security profile, as observed ({} confidence)\n\nHolds {} permissions: {}\n\nSeen in an instance that somebody published; AWS does not document the list, and yours may differ.",
        profile.profile,
        profile.confidence,
        profile.permissions.len(),
        crate::describe::codes(profile.permissions.iter().copied().take(40)),
    )
}
