//! Lists that a rewrite writes anew.

use std::ops::Range;

use connect_policy_model::{Entry, EntryList, Role};
use connect_policy_syntax::{NodeId, RewrittenItem};

use crate::context::Context;
use crate::finding::TextEdit;

/// A rewrite that may be made, or that could be meant but cannot be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rewrite {
    /// Its name, by which a client may ask for it alone: `expandWildcard`.
    pub name: &'static str,
    /// Its title, as a menu shows it.
    pub title: String,
    /// The changes, whose ranges do not overlap and ascend, or why there are none.
    pub change: Result<Vec<TextEdit>, String>,
}

/// The entries of a list that are written in one sequence: all of most lists; one branch, or one argument of `concat`, of
/// others.
pub(super) struct EditableRun<'a> {
    pub(super) role: Role,
    /// The sequence, or the string that stands in its place.
    pub(super) value: NodeId,
    pub(super) entries: Vec<&'a Entry>,
    /// The entries that the cursor or selection touches.
    pub(super) touched: Vec<&'a Entry>,
}

impl EditableRun<'_> {
    /// What is selected: the touched entries where they are several, all of them otherwise.
    pub(super) fn selected(&self) -> &[&Entry] {
        if self.touched.len() > 1 { &self.touched } else { &self.entries }
    }

    /// A rewrite of the run; `None` where the list cannot be written anew.
    pub(super) fn rewrite(&self, context: &Context<'_>, name: &'static str, title: String, items: &[RewrittenItem]) -> Option<Rewrite> {
        let (range, new_text) = context.document.rewrite_list(self.value, items)?;
        Some(Rewrite { name, title, change: Ok(vec![TextEdit { range, new_text }]) })
    }

    /// The items of the run in order, whatever they are, each written by `write` or kept.
    pub(super) fn items(&self, context: &Context<'_>, mut write: impl FnMut(&Entry) -> Option<Vec<RewrittenItem>>) -> Vec<RewrittenItem> {
        let document = context.document;
        let nodes: Vec<NodeId> = document.items(self.value).collect();
        let nodes = if nodes.is_empty() { vec![self.value] } else { nodes };
        let entry_of = |node: NodeId| self.entries.iter().find(|entry| entry.node == node);
        let kept = |node: NodeId| vec![RewrittenItem { text: None, of: vec![node] }];
        nodes.into_iter().flat_map(|node| entry_of(node).and_then(|entry| write(entry)).unwrap_or_else(|| kept(node))).collect()
    }
}

/// The runs that a range touches: by their entries, or by the list around or its key.
pub(super) fn editable_runs<'a>(context: &Context<'a>, range: &Range<usize>) -> Vec<EditableRun<'a>> {
    let document = context.document;
    let meaning = context.meaning;
    let in_policies = meaning.policies.iter().filter(|policy| policy.is_in_scope).flat_map(|policy| &policy.statements);
    let lists = in_policies.flat_map(|statement| &statement.lists);
    let lists = lists.chain(&meaning.action_lists).chain(meaning.permission_lists.iter().map(|known| &known.list));
    let touches = |other: &Range<usize>| other.start <= range.end && range.start <= other.end;
    let mut runs: Vec<EditableRun<'a>> = Vec::new();
    for list in lists {
        let start = list.key.map_or(usize::MAX, |key| document.range(key).start);
        let around = document.range(list.value);
        if !touches(&(start.min(around.start)..around.end)) {
            continue;
        }
        let first = list.entries.iter().find(|entry| touches(&document.range(entry.node))).or(list.entries.first());
        let Some(value) = first.and_then(|entry| list.written_in(document, entry)) else { continue };
        runs.push(run(context, list, value, touches));
    }
    runs
}

fn run<'a>(context: &Context<'a>, list: &'a EntryList, value: NodeId, touches: impl Fn(&Range<usize>) -> bool) -> EditableRun<'a> {
    let document = context.document;
    let is_here = |entry: &&Entry| list.written_in(document, entry) == Some(value);
    let entries: Vec<&Entry> = list.entries.iter().filter(is_here).collect();
    let touched = entries.iter().copied().filter(|entry| touches(&document.range(entry.node))).collect();
    EditableRun { role: list.role, value, entries, touched }
}
