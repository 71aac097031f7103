//! The console's labels in a list become permission names.

use connect_policy_model::{PermissionVerdict, Verdict};
use connect_policy_syntax::RewrittenItem;

use super::editable_run::{EditableRun, Rewrite};
use crate::context::Context;

/// Offered where a list holds a label. A label that stands for permissions which the list has already goes with the entry
/// before it.
pub(super) fn rewrite(context: &Context<'_>, run: &EditableRun<'_>) -> Option<Rewrite> {
    let document = context.document;
    let labels = run.entries.iter().filter(|entry| matches!(entry.verdict, Verdict::Permission(PermissionVerdict::Label(_)))).count();
    if labels == 0 {
        return None;
    }
    let mut listed: Vec<String> = run
        .entries
        .iter()
        .filter(|entry| !matches!(entry.verdict, Verdict::Permission(PermissionVerdict::Label(_))))
        .map(|entry| entry.text(document).into_owned())
        .collect();
    let items = run.items(context, |entry| {
        let Verdict::Permission(PermissionVerdict::Label(permissions)) = &entry.verdict else { return None };
        let mut new: Vec<RewrittenItem> = Vec::new();
        for permission in permissions.iter().filter(|permission| !listed.iter().any(|name| name == permission.name)) {
            new.push(RewrittenItem { text: Some(permission.name.to_owned()), of: Vec::new() });
        }
        listed.extend(new.iter().filter_map(|item| item.text.clone()));
        match new.first_mut() {
            Some(first) => first.of.push(entry.node),
            None => new.push(RewrittenItem { text: Some(String::new()), of: vec![entry.node] }),
        }
        Some(new)
    });
    let title =
        if labels == 1 { "Replace the label with the API name".to_owned() } else { format!("Replace {labels} labels with API names") };
    run.rewrite(context, "labelsToNames", title, &merged(items)?)
}

/// Takes out the items that have nothing to say, and hands what they replace to the item before or behind them.
fn merged(items: Vec<RewrittenItem>) -> Option<Vec<RewrittenItem>> {
    let mut merged: Vec<RewrittenItem> = Vec::with_capacity(items.len());
    let mut waiting = Vec::new();
    for mut item in items {
        if item.text.as_deref() == Some("") {
            match merged.last_mut() {
                Some(before) => before.of.append(&mut item.of),
                None => waiting.append(&mut item.of),
            }
        } else {
            item.of.append(&mut waiting);
            merged.push(item);
        }
    }
    (!merged.is_empty()).then_some(merged)
}
