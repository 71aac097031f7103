//! The names to offer for a wrong one: the message names them, and each that may be written has a fix.

use std::ops::Range;

use connect_policy_model::{Entry, EntryKind};
use connect_policy_syntax::{Document, NodeId};

use crate::diagnostics::acc::{Acc, did_you_mean, edits_of_entry};
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Finding, Fix, TextEdit};

/// What a finding offers.
#[derive(Default)]
pub(in crate::diagnostics) struct Offer {
    /// The end of the message.
    pub(in crate::diagnostics) advice: String,
    suggestions: Vec<String>,
    fixes: Vec<Fix>,
}

impl Offer {
    /// The names for an entry, the best first. `applicability` is that of writing a name; `None` for names that are only shown.
    /// What the list holds already is not offered again: if that is the best name, the entry can go.
    pub(in crate::diagnostics) fn new(
        ctx: &RuleContext<'_>,
        acc: &Acc<'_>,
        entry: &Entry,
        names: &[String],
        applicability: impl Fn(&str) -> Option<Applicability>,
    ) -> Offer {
        let Some(best) = names.first() else { return Offer::default() };
        if let Some(held) = ctx.held().by(entry, best) {
            let fixes =
                applicability(best).and_then(|applicability| removal_of(ctx.document(), entry, applicability)).into_iter().collect();
            return Offer { advice: format!("; the list already contains `{held}`"), suggestions: Vec::new(), fixes };
        }
        let mut suggestions: Vec<String> = Vec::with_capacity(names.len());
        for name in names {
            if !suggestions.contains(name) && ctx.held().by(entry, name).is_none() {
                suggestions.push(name.clone());
            }
        }
        let fixes = suggestions.iter().filter_map(|name| Some(acc.replace(entry, name, applicability(name)?))).collect();
        Offer { advice: did_you_mean(&suggestions), suggestions, fixes }
    }

    /// Names that only have to do with a wrong one, so that none of them is written.
    pub(in crate::diagnostics) fn mention(names: &[String]) -> Offer {
        Offer { suggestions: names.to_vec(), ..Offer::default() }
    }

    /// Adds the names and their fixes to a finding.
    pub(in crate::diagnostics) fn add_to(self, finding: &mut Finding) {
        finding.suggestions = self.suggestions;
        finding.fixes.extend(self.fixes);
    }
}

/// A fix that writes a name in an entry's place, or removes the entry if the list holds that name already.
pub(in crate::diagnostics) fn replacement(
    ctx: &RuleContext<'_>,
    acc: &Acc<'_>,
    entry: &Entry,
    name: &str,
    applicability: Applicability,
) -> Option<Fix> {
    if ctx.held().by(entry, name).is_some() {
        return removal_of(ctx.document(), entry, applicability);
    }
    Some(acc.replace(entry, name, applicability))
}

/// A fix that writes all of some names in an entry's place, without those that the list holds already.
pub(in crate::diagnostics) fn replacement_by_all(ctx: &RuleContext<'_>, acc: &Acc<'_>, entry: &Entry, names: &[&str]) -> Option<Fix> {
    let missing: Vec<&str> = names.iter().copied().filter(|name| ctx.held().by(entry, name).is_none()).collect();
    match missing.as_slice() {
        [] => removal_of(ctx.document(), entry, Applicability::Unsafe),
        [only] if names.len() > 1 => Some(acc.replace(entry, only, Applicability::Unsafe)),
        _ => acc.replace_by_all(entry, &missing),
    }
}

/// A fix that changes a part of an entry, or removes the entry if the list holds the new text already.
pub(in crate::diagnostics) fn change_within(
    ctx: &RuleContext<'_>,
    entry: &Entry,
    title: String,
    place: Range<usize>,
    new: &str,
) -> Option<Fix> {
    let document = ctx.document();
    let mut text = entry.text(document).into_owned();
    if text.get(place.clone()).is_some() {
        text.replace_range(place.clone(), new);
    }
    if ctx.held().by(entry, &text).is_some() {
        return removal_of(document, entry, Applicability::Unsafe);
    }
    let range = document.decoded(entry.node).source_of(place);
    let edits = edits_of_entry(document, entry, TextEdit { range, new_text: new.to_owned() });
    Some(Fix { title, applicability: Applicability::Unsafe, edits })
}

/// A fix that removes an entry from its list.
fn removal_of(document: &Document, entry: &Entry, applicability: Applicability) -> Option<Fix> {
    if entry.kind == EntryKind::Text { removal(document, entry.node, applicability) } else { None }
}

/// A fix that removes an item from its list; `None` if the list cannot be without it.
pub(in crate::diagnostics) fn removal(document: &Document, item: NodeId, applicability: Applicability) -> Option<Fix> {
    let edit = TextEdit { range: document.removal_range(item)?, new_text: String::new() };
    Some(Fix { title: "Remove the entry".to_owned(), applicability, edits: vec![edit] })
}
