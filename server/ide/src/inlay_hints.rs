//! Inlay hints: how many actions a wildcard matches, a permission's label in the console, how many entries a reference brings.

use std::collections::BTreeMap;
use std::ops::Range;

use connect_policy_catalog::Permission;
use connect_policy_model::{ActionVerdict, EntryList, PermissionVerdict, Verdict};
use connect_policy_syntax::NodeId;

use crate::context::Context;

/// A label shown beside a piece of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InlayHint {
    /// The byte offset after which it is shown.
    pub offset: usize,
    /// The words.
    pub label: String,
}

/// How many actions a wildcard matches, and the labels of permissions in the console.
pub(crate) fn hints(context: &Context<'_>, range: &Range<usize>) -> Vec<InlayHint> {
    let document = context.document;
    let mut hints = Vec::new();
    let actions = context.meaning.action_lists().flat_map(|(list, _)| &list.entries);
    let permissions = context.meaning.permission_lists.iter().flat_map(|known| &known.list.entries);
    for entry in actions.chain(permissions).filter(|entry| entry.range.start < range.end && range.start <= entry.range.end) {
        let label = match &entry.verdict {
            Verdict::Action(ActionVerdict::Pattern { count: 1 }) => "1 action".to_owned(),
            Verdict::Action(ActionVerdict::Pattern { count }) if *count > 0 => format!("{count} actions"),
            Verdict::Permission(PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) => {
                match label_of(permission) {
                    Some(label) => label.to_owned(),
                    None => continue,
                }
            }
            _ => continue,
        };
        hints.push(InlayHint { offset: document.range(entry.node).end, label });
    }
    let lists = context.meaning.action_lists().map(|(list, _)| list);
    let lists = lists.chain(context.meaning.permission_lists.iter().map(|known| &known.list));
    hints.extend(lists.flat_map(|list| references(context, list, range)));
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// How many entries the references of a list bring.
fn references(context: &Context<'_>, list: &EntryList, range: &Range<usize>) -> Vec<InlayHint> {
    let mut counts: BTreeMap<NodeId, (usize, usize)> = BTreeMap::new();
    for target in &list.targets {
        counts.entry(target.reference).or_default().0 += 1;
    }
    for target in list.targets.iter().flat_map(|target| target.entries().iter().map(move |_| target)) {
        counts.entry(target.reference).or_default().1 += 1;
    }
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let hints = counts.into_iter().map(|(reference, (lists, entries))| {
        let entries = counted(entries, "entry", "entries");
        let label = if lists == 1 { entries } else { format!("{lists} lists, {entries}") };
        InlayHint { offset: context.document.range(reference).end, label }
    });
    hints.filter(|hint| range.start <= hint.offset && hint.offset <= range.end).collect()
}

/// The console's label, unless it only repeats the name.
fn label_of(permission: &Permission) -> Option<&'static str> {
    let label = permission.labels.first().or(permission.old_labels.first()).copied()?;
    let squeeze = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    (squeeze(label) != squeeze(permission.name)).then_some(label)
}
