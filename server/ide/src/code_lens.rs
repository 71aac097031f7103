//! Code lenses: the console tasks of a statement, the permissions of a profile.

use std::collections::BTreeSet;
use std::ops::Range;

use connect_policy_catalog::{Permission, RelationKind};
use connect_policy_model::{EffectiveEntry, EntryList, Statement};
use connect_policy_syntax::NodeId;

use crate::context::Context;
use crate::describe::{first_names, granted_permissions};
use crate::task_coverage::{GrantedActions, full_tasks, partially_granted_tasks};

/// A task with more missing actions than this counts as not granted at all.
const MAX_MISSING: usize = 2;

/// A title shown above a piece of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeLens {
    /// The text, in bytes.
    pub range: Range<usize>,
    /// The words.
    pub title: String,
}

/// The console tasks that statements grant, and the permissions of profiles.
pub(crate) fn lenses(context: &Context<'_>) -> Vec<CodeLens> {
    let mut lenses: Vec<CodeLens> = Vec::new();
    for policy in context.meaning.policies.iter().filter(|policy| policy.is_in_scope && policy.kind.may_grant()) {
        for statement in &policy.statements {
            if let Some(title) = statement_title(context, statement) {
                lenses.push(CodeLens { range: place(context, statement.node), title });
            }
        }
    }
    for known in &context.meaning.permission_lists {
        if let Some(title) = profile_title(context, &known.list) {
            lenses.push(CodeLens { range: place(context, known.list.key.unwrap_or(known.list.value)), title });
        }
    }
    lenses.sort_by_key(|lens| lens.range.start);
    lenses
}

/// The first line of a node, from its key on if that is on the same line: an editor shows the lens at the column of its start.
fn place(context: &Context<'_>, node: NodeId) -> Range<usize> {
    let line = context.first_line(node);
    let key = context.document.key_of(node).map(|key| context.document.range(key).start);
    let on_line = |start: &usize| context.document.text().get(*start..line.start).is_some_and(|between| !between.contains(['\n', '\r']));
    key.filter(on_line).unwrap_or(line.start)..line.end
}

fn statement_title(context: &Context<'_>, statement: &Statement) -> Option<String> {
    let granted = GrantedActions::of(context.document, [statement]);
    let full: Vec<&str> = full_tasks(context.catalog, &granted).iter().map(|task| task.title).collect();
    let partly = partially_granted_tasks(context.catalog, &granted, MAX_MISSING);
    let mut parts = Vec::new();
    if !full.is_empty() {
        parts.push(format!("Console: {}", first_names(&full)));
    }
    if !granted.is_incomplete() && !partly.is_empty() {
        let partly: Vec<String> = partly.iter().map(|(task, missing)| format!("{} (missing {})", task.title, missing.join(", "))).collect();
        parts.push(format!("partly granted: {}", first_names(&partly)));
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The risks first, because an editor cuts the end of a long line; then how many permissions the profile has.
fn profile_title(context: &Context<'_>, list: &EntryList) -> Option<String> {
    // If one of several lists applies, each of them has a lens of its own.
    let granted = granted_permissions(list.effective_entries(context.document).filter(EffectiveEntry::is_unconditional));
    if granted.is_empty() {
        return None;
    }
    let permissions = || granted.values().flatten();
    let risky: Vec<&str> = permissions().filter(|permission| is_risky(context, permission)).map(|permission| permission.name).collect();
    let sections: BTreeSet<&str> = permissions().filter_map(|permission| permission.section).collect();
    let sections: Vec<&str> = sections.into_iter().collect();
    let mut parts = Vec::new();
    if !risky.is_empty() {
        parts.push(format!("{} risky: {}", risky.len(), first_names(&risky)));
    }
    let count = format!("{} permission{}", granted.len(), if granted.len() == 1 { "" } else { "s" });
    parts.push(if sections.is_empty() { count } else { format!("{count} in {}", first_names(&sections)) });
    Some(parts.join(" · "))
}

fn is_risky(context: &Context<'_>, permission: &Permission) -> bool {
    context.catalog.relations().iter().any(|relation| relation.kind == RelationKind::Risky && relation.from.contains(&permission.name))
}
