//! Code lenses: the console tasks of a statement, the permissions of a profile.

use std::ops::Range;

use connect_policy_catalog::{Permission, RelationKind};
use connect_policy_model::{EffectiveEntry, EntryList, PermissionVerdict, Statement, Verdict};

use crate::context::Context;
use crate::describe::first_names;
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
                lenses.push(CodeLens { range: context.first_line(statement.node), title });
            }
        }
    }
    for known in &context.meaning.permission_lists {
        if let Some(title) = profile_title(context, &known.list) {
            let node = known.list.key.unwrap_or(known.list.value);
            lenses.push(CodeLens { range: context.first_line(node), title });
        }
    }
    lenses.sort_by_key(|lens| lens.range.start);
    lenses
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

fn profile_title(context: &Context<'_>, list: &EntryList) -> Option<String> {
    // If one of several lists applies, each of them has a lens of its own.
    let entries: Vec<EffectiveEntry<'_>> = list.effective_entries(context.document).filter(EffectiveEntry::is_unconditional).collect();
    if entries.is_empty() {
        return None;
    }
    let known: Vec<&'static Permission> = entries.iter().filter_map(|entry| permission_of(entry.verdict())).collect();
    let mut sections: Vec<&str> = known.iter().filter_map(|permission| permission.section).collect();
    sections.sort_unstable();
    sections.dedup();
    let count = entries.len();
    let mut title = format!("{count} permission{}", if count == 1 { "" } else { "s" });
    if !sections.is_empty() {
        title.push_str(&format!(" in {}", first_names(&sections)));
    }
    let is_risky = |permission: &&&Permission| {
        context.catalog.relations().iter().any(|relation| relation.kind == RelationKind::Risky && relation.from.contains(&permission.name))
    };
    let risky: Vec<&str> = known.iter().filter(is_risky).map(|permission| permission.name).collect();
    if !risky.is_empty() {
        title.push_str(&format!(" · risky: {}", first_names(&risky)));
    }
    Some(title)
}

fn permission_of(verdict: &Verdict) -> Option<&'static Permission> {
    match verdict {
        Verdict::Permission(PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) => Some(permission),
        _ => None,
    }
}
