//! What may be written at the cursor.

use connect_policy_catalog::Catalog;
use connect_policy_model::{CursorContext, Expected, keys as key_tables};
use connect_policy_syntax::NodeKind;

use crate::context::Context;
use crate::describe;
use crate::finding::TextEdit;

pub use file_purpose::FilePurpose;
pub use trigger::CompletionTrigger;

mod actions;
mod conditions;
mod file_purpose;
mod fuzzy;
mod key_text;
mod key_values;
mod keys;
mod known_values;
mod long_lines;
mod missing_commas;
mod new_item;
mod permissions;
mod place_style;
mod resources;
mod skeletons;
mod tasks;
mod trigger;

/// What a completion stands for; an editor shows an icon for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompletionKind {
    /// A service prefix.
    Service,
    /// An IAM action.
    Action,
    /// A pattern of actions.
    Wildcard,
    /// A security-profile permission.
    Permission,
    /// A console task or profile: inserts several entries.
    Task,
    /// A key of a document, with what follows it.
    Key,
    /// A fixed value.
    Value,
    /// An operator or key of a condition.
    ConditionKey,
    /// A whole statement, resource or file.
    Skeleton,
}

/// One thing that may be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// The entry as it will stand, without quotes.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside the label: the access level, the UI label.
    pub detail: String,
    /// What the client matches the typed text against; begins as that text does.
    pub filter_text: String,
    /// Orders the list.
    pub sort_text: String,
    /// The change; its range lies on one line and holds the cursor.
    pub edit: TextEdit,
    /// Changes elsewhere in the list, which do not overlap the edit: what gives each entry a line of its own.
    pub additional_edits: Vec<TextEdit>,
    /// Whether the edit's text has tab stops (`${1:…}`).
    pub is_snippet: bool,
    /// Whether it is wrong to use today, shown struck through.
    pub is_deprecated: bool,
    /// Set for text of several lines, which in a snippet are relative to the line's indentation: the text for clients without
    /// snippets.
    pub plain_text: Option<String>,
    /// What is to be known of it, in Markdown; for others [`Completions::documentation`] has it.
    pub documentation: Option<String>,
}

/// What may be written at one place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completions {
    /// The list, best first.
    pub items: Vec<Completion>,
    /// Whether more typing may bring other items.
    pub is_incomplete: bool,
}

impl Completions {
    /// The documentation of an item, in Markdown, by the item's label and kind.
    pub fn documentation(catalog: &Catalog, kind: CompletionKind, label: &str) -> Option<String> {
        match kind {
            CompletionKind::Action => {
                let shipped = catalog.action(label).map(|(service, action)| describe::action(catalog, service, action));
                shipped.or_else(|| catalog.added_action(label).map(|added| describe::added_action(added)))
            }
            CompletionKind::Wildcard => describe::pattern(catalog, label),
            CompletionKind::Service => describe::service(catalog, label.trim_end_matches(':')),
            CompletionKind::Permission => {
                let shipped = catalog.permission(label).map(|permission| describe::permission(catalog, permission));
                shipped.or_else(|| catalog.added_permission(label).map(|added| describe::added_permission(catalog, added)))
            }
            CompletionKind::Task => {
                let name = tasks::name_in_label(label);
                let profile = || {
                    catalog
                        .observed_profiles()
                        .iter()
                        .find(|profile| profile.profile == name)
                        .map(|profile| tasks::describe_profile(catalog, profile))
                };
                catalog.task(name).map(|task| describe::task(catalog, task)).or_else(profile)
            }
            CompletionKind::ConditionKey => catalog.condition_key(label).map(|key| describe::condition_key(catalog, key)),
            CompletionKind::Value => key_tables::resource_type_documentation(label).map(str::to_owned),
            CompletionKind::Key | CompletionKind::Skeleton => None,
        }
    }

    /// Leaves out the keys of documents, which another language server completes.
    pub fn without_keys(&mut self) {
        self.items.retain(|item| item.kind != CompletionKind::Key);
    }
}

/// What may be written at a byte offset.
pub(crate) fn at(context: &Context<'_>, offset: usize, trigger: CompletionTrigger, purpose: FilePurpose) -> Completions {
    if context.document.is_in_comment(offset) {
        return Completions::default();
    }
    let completions = if trigger.opens_list(context, offset) { in_place(context, offset, purpose) } else { Completions::default() };
    new_item::or_new_item(context, offset, trigger, completions)
}

/// What may be written at a byte offset as the document is read.
fn in_place(context: &Context<'_>, offset: usize, purpose: FilePurpose) -> Completions {
    let place = CursorContext::at(context.document, context.catalog, context.meaning, offset);
    // Most lists are of names, and those that are begun need no second look.
    let is_entry = |place: &CursorContext| {
        place.token.is_some_and(|token| context.document.kind(token) == NodeKind::Scalar)
            && matches!(place.expected, Expected::Action { .. } | Expected::Permission { .. })
    };
    if !place.as_ref().is_some_and(is_entry)
        && let Some(completions) = keys::complete(context, offset, purpose)
    {
        return completions;
    }
    place.map_or_else(|| key_values::complete(context, offset), |place| entries(context, &place))
}

/// The entries and values that may be written at a place.
fn entries(context: &Context<'_>, place: &CursorContext) -> Completions {
    let mut completions = match &place.expected {
        Expected::Action { .. } => actions::complete(context, place),
        Expected::Permission { .. } => permissions::complete(context, place),
        Expected::Resource { statement } => resources::arns(context, place, *statement),
        Expected::Value { values, is_bare } => known_values::complete(context, place, values, *is_bare),
        Expected::ManagedPolicy { by_arn } => resources::managed_policies(context, place, *by_arn),
        Expected::ConditionAttribute { block } => conditions::attributes(context, place, *block),
        Expected::ConditionOperator => conditions::operators(context, place),
        Expected::ConditionKey { statement } => conditions::keys(context, place, *statement),
        Expected::ConditionValue { key } => conditions::values(context, place, key),
        Expected::Effect => known_values::complete(context, place, &["Allow", "Deny"], false),
    };
    long_lines::break_long_lines(context, place, &mut completions);
    missing_commas::add(context, place, &mut completions);
    completions
}

/// An item that writes its label and nothing else.
fn plain(context: &Context<'_>, place: &CursorContext, text: &str, kind: CompletionKind, detail: &str) -> Completion {
    Completion {
        label: text.to_owned(),
        kind,
        detail: detail.to_owned(),
        filter_text: text.to_owned(),
        sort_text: text.to_owned(),
        edit: edit(context, place, text),
        additional_edits: Vec::new(),
        is_snippet: false,
        is_deprecated: false,
        plain_text: None,
        documentation: None,
    }
}

/// The change that writes an entry at a place.
fn edit(context: &Context<'_>, place: &CursorContext, text: &str) -> TextEdit {
    TextEdit { range: place.range.clone(), new_text: context.document.format_entry(place.token, &place.range, text) }
}

/// Where the first tab stop stands in a text for [`snippet`]; the following characters stand for the following stops.
const FIRST_STOP: u32 = 0xe000;

/// The mark of a tab stop, to be put into a text for [`snippet`].
fn stop(index: usize) -> char {
    char::from_u32(FIRST_STOP + index as u32).unwrap_or('\u{f8ff}')
}

/// The change that writes an entry with tab stops: `text` has marks, `defaults` what stands at them. What the text has of a
/// snippet's own characters is marked as text, after the document's escapes were put in.
fn snippet(context: &Context<'_>, place: &CursorContext, text: &str, defaults: &[&str]) -> TextEdit {
    let mut edit = edit(context, place, text);
    let mut out = String::new();
    for letter in edit.new_text.chars() {
        let index = (letter as u32).checked_sub(FIRST_STOP).map(|index| index as usize);
        match index.and_then(|index| Some((index, defaults.get(index)?))) {
            Some((index, default)) => out.push_str(&format!("${{{}:{default}}}", index + 1)),
            None => {
                if matches!(letter, '$' | '}' | '\\') {
                    out.push('\\');
                }
                out.push(letter);
            }
        }
    }
    edit.new_text = out;
    edit
}

/// The texts of the entries that the place's list holds already, the one at the cursor left out.
fn listed(context: &Context<'_>, place: &CursorContext) -> Vec<String> {
    let Some(list) = place.list(context.meaning) else { return Vec::new() };
    let others = list.entries.iter().filter(|entry| entry.range.end < place.range.start || entry.range.start > place.range.end);
    others.map(|entry| entry.text(context.document).to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests;
