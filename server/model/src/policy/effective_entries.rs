//! Entries that count in a list: its own, and those of the literals behind its references (a local, a variable, an alias, a
//! parameter).

use std::borrow::Cow;
use std::ops::Range;

use connect_policy_syntax::{Document, NodeId};

use crate::names::verdict::Verdict;
use crate::policy::entry_list::{Entry, EntryList, Target};
use crate::values::list_items::{applies_with, are_exclusive};

/// An entry that counts in a list, wherever it is written.
#[derive(Clone, Debug)]
pub struct EffectiveEntry<'a> {
    /// The entry, in its own document.
    pub entry: &'a Entry,
    /// Its text, escapes resolved.
    pub text: Cow<'a, str>,
    /// Where it comes from if it is not written in the list.
    pub target: Option<&'a Target>,
    is_unconditional: bool,
}

impl EntryList {
    /// All entries that count in it: those that are written in it, then those behind its references.
    pub fn effective_entries<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = EffectiveEntry<'a>> {
        let own = self.entries.iter().map(|entry| EffectiveEntry::own(document, entry));
        let resolved = self.targets.iter().flat_map(|target| target.entries().iter().map(move |resolved| (target, resolved)));
        own.chain(resolved.map(|(target, resolved)| EffectiveEntry {
            entry: &resolved.entry,
            text: Cow::Borrowed(&resolved.text),
            target: Some(target),
            is_unconditional: target.is_unconditional && !resolved.is_in_branch,
        }))
    }
}

impl<'a> EffectiveEntry<'a> {
    /// An entry that is written in its list.
    pub fn own(document: &'a Document, entry: &'a Entry) -> EffectiveEntry<'a> {
        EffectiveEntry { entry, text: entry.text(document), target: None, is_unconditional: true }
    }
}

impl EffectiveEntry<'_> {
    /// What the name is.
    pub fn verdict(&self) -> &Verdict {
        &self.entry.verdict
    }

    /// The text inside its quotes, in bytes of its own document.
    pub fn range(&self) -> Range<usize> {
        self.entry.range.clone()
    }

    /// Whether the reference through which it counts means it whatever happens.
    pub fn is_unconditional(&self) -> bool {
        self.is_unconditional
    }

    /// Whether it holds whenever another entry of the statement or list does. `document` is the list's.
    pub fn applies_with(&self, document: &Document, other: &EffectiveEntry<'_>) -> bool {
        self.is_unconditional && applies_with(document, self.position(), other.position())
    }

    /// Whether it and another entry lie in different branches, so that never both hold. `document` is the list's.
    pub fn is_exclusive_with(&self, document: &Document, other: &EffectiveEntry<'_>) -> bool {
        are_exclusive(document, self.position(), other.position())
    }

    /// Whether it and another entry stand in one literal behind a reference, which is read on its own too.
    pub fn shares_target_with(&self, other: &EffectiveEntry<'_>) -> bool {
        let literal = |entry: &EffectiveEntry<'_>| entry.target.map(|target| (target.document, target.value));
        self.target.is_some() && literal(self) == literal(other)
    }

    /// Whether it is met earlier in the list than another entry.
    pub fn is_before(&self, other: &EffectiveEntry<'_>) -> bool {
        (self.position(), self.entry.range.start) < (other.position(), other.entry.range.start)
    }

    /// Its node in the list's document: its own, or the reference's.
    fn position(&self) -> NodeId {
        self.target.map_or(self.entry.node, |target| target.reference)
    }
}
