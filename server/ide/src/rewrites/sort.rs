//! A list in order, each entry once.

use connect_policy_model::Role;
use connect_policy_syntax::RewrittenItem;

use super::editable_run::{EditableRun, Rewrite};
use crate::context::Context;

/// Offered where an order is missing or an entry stands twice, and every item is a string.
pub(super) fn rewrite(context: &Context<'_>, run: &EditableRun<'_>) -> Option<Rewrite> {
    let document = context.document;
    if run.entries.len() < 2 || document.items(run.value).count() != run.entries.len() {
        return None;
    }
    // IAM ignores letter case in actions only.
    let is_action = run.role.is_action();
    let mut keyed: Vec<((String, String), &_)> = Vec::with_capacity(run.entries.len());
    for entry in &run.entries {
        let text = entry.text(document).into_owned();
        let exact = if is_action { String::new() } else { text.clone() };
        keyed.push(((text.to_ascii_lowercase(), exact), *entry));
    }
    let is_done = keyed.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if is_done {
        return None;
    }
    let is_sorted = keyed.is_sorted_by(|one, other| one.0 <= other.0);
    keyed.sort_by(|one, other| one.0.cmp(&other.0));
    let mut items: Vec<RewrittenItem> = Vec::with_capacity(keyed.len());
    let mut last = None;
    for (key, entry) in &keyed {
        match items.last_mut().filter(|_| last == Some(key)) {
            Some(same) => same.of.push(entry.node),
            None => items.push(RewrittenItem { text: None, of: vec![entry.node] }),
        }
        last = Some(key);
    }
    let what = match run.role {
        Role::Action | Role::NotAction => "actions",
        Role::Resource | Role::NotResource => "resources",
        Role::Permission => "permissions",
    };
    let title = match (keyed.len() - items.len(), is_sorted) {
        (0, _) => format!("Sort the {what}"),
        (_, true) => format!("Remove duplicates from the {what}"),
        (_, false) => format!("Sort the {what} and remove duplicates"),
    };
    run.rewrite(context, "sortEntries", title, &items)
}
