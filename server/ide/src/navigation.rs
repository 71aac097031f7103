//! Navigation from a reference to its lists, and from a list to the references to it.

use std::ops::Range;

use connect_policy_model::EntryList;
use connect_policy_syntax::{NodeId, NodeKind};

use crate::context::Context;

/// A place in a document of the module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// The document, by its place in the module.
    pub document: usize,
    /// The place, in bytes of that document.
    pub range: Range<usize>,
}

/// The reference at a byte offset, and the list that it belongs to.
pub(crate) fn reference_at<'a>(context: &Context<'a>, offset: usize) -> Option<(&'a EntryList, NodeId)> {
    let meaning = context.meaning;
    let of_policies = meaning.policies.iter().flat_map(|policy| &policy.statements).flat_map(|statement| &statement.lists);
    let lists = of_policies.chain(meaning.permission_lists.iter().map(|known| &known.list));
    let touched = lists.flat_map(|list| list.targets.iter().map(move |target| (list, target.reference)));
    touched.into_iter().find(|(_, reference)| {
        let range = context.document.range(*reference);
        range.start <= offset && offset <= range.end
    })
}

/// The lists that the reference at a byte offset leads to: their names, if they have any.
///
/// Empty if the languages' own servers lead there: for a local or a variable alone, and for an alias.
pub(crate) fn definitions(context: &Context<'_>, offset: usize) -> Vec<Location> {
    let Some((list, reference)) = reference_at(context, offset).filter(|(_, reference)| !is_plain(context, *reference)) else {
        return Vec::new();
    };
    let behind = list.targets.iter().filter(|target| target.reference == reference);
    let mut locations: Vec<Location> = behind
        .filter_map(|target| {
            let document = context.module.document(target.document)?.0;
            let name = document.key_of(target.value).map(|key| document.inner(key)).filter(|range| !range.is_empty());
            Some(Location { document: target.document, range: name.unwrap_or_else(|| document.range(target.value)) })
        })
        .collect();
    locations.sort_by_key(|location| (location.document, location.range.start));
    locations.dedup();
    locations
}

/// The references that lead to the list around a byte offset. On the list's name the languages' own servers show them.
pub(crate) fn references(context: &Context<'_>, offset: usize) -> Vec<Location> {
    let document = context.document;
    let is_around = |literal: NodeId| {
        let range = document.range(literal);
        range.start <= offset && offset <= range.end
    };
    // Of lists in one another, the innermost.
    let Some((_, uses)) = context.module.used(context.index).filter(|(literal, _)| is_around(*literal)).last() else { return Vec::new() };
    let locations = uses.iter().filter_map(|one| {
        let document = context.module.document(one.document)?.0;
        Some(Location { document: one.document, range: document.range(one.reference) })
    });
    locations.collect()
}

/// Whether a reference is a name and nothing else.
fn is_plain(context: &Context<'_>, reference: NodeId) -> bool {
    let document = context.document;
    match document.kind(reference) {
        NodeKind::Alias => true,
        NodeKind::Scalar => {
            let traversal = document.traversal(reference);
            traversal.is_some_and(|traversal| matches!(traversal.root, "local" | "var") && traversal.steps.len() == 1)
        }
        _ => false,
    }
}
