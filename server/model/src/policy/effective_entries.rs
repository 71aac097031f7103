//! Entries that count in a list although they are written elsewhere: behind a local, a variable, an alias, a parameter.

use std::borrow::Cow;
use std::ops::Range;

use connect_policy_syntax::{Document, NodeId};

use crate::entries::{are_alternatives, holds_with};
use crate::follow::is_in_branch;
use crate::{Entry, EntryList, Verdict};

/// A literal behind a reference of a list.
#[derive(Clone, Debug)]
pub struct Lender {
    /// The reference, in the list's own document.
    pub reference: NodeId,
    /// The literal's document, by its place in the module.
    pub document: usize,
    /// The literal: a sequence, a call, a string alone.
    pub value: NodeId,
    /// Whether the reference means it whatever happens. Of several, and of the default of a variable, that is not known.
    pub is_certain: bool,
    /// Whether other references lead to it too.
    pub is_shared: bool,
}

/// An entry behind a reference of a list.
#[derive(Clone, Debug)]
pub struct Borrowed {
    /// Which of the list's lenders it belongs to.
    pub lender: usize,
    /// The entry, in the lender's document.
    pub entry: Entry,
    /// Its text, escapes resolved.
    pub text: Box<str>,
    /// Whether it holds whenever the reference does: its lender is certain, and it lies in none of its branches.
    pub is_certain: bool,
}

/// An entry that counts in a list, wherever it is written.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// The entry, in its own document.
    pub entry: &'a Entry,
    /// Its text, escapes resolved.
    pub text: Cow<'a, str>,
    /// Where it comes from if it is not written in the list.
    pub lender: Option<&'a Lender>,
    is_certain: bool,
}

impl EntryList {
    /// All entries that count in it: those that are written in it, then those behind its references.
    pub fn counted<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = Counted<'a>> {
        let own = self.entries.iter().map(|entry| Counted { entry, text: entry.text(document), lender: None, is_certain: true });
        own.chain(self.borrowed.iter().map(|borrowed| Counted {
            entry: &borrowed.entry,
            text: Cow::Borrowed(&borrowed.text),
            lender: self.lenders.get(borrowed.lender),
            is_certain: borrowed.is_certain,
        }))
    }
}

impl Counted<'_> {
    /// What is to be said of the name.
    pub fn verdict(&self) -> &Verdict {
        &self.entry.verdict
    }

    /// The text inside its quotes, in bytes of its own document.
    pub fn range(&self) -> Range<usize> {
        self.entry.range.clone()
    }

    /// Whether the reference through which it counts means it whatever happens.
    pub fn is_certain(&self) -> bool {
        self.is_certain
    }

    /// Whether it holds whenever another entry of the statement or list does. `document` is the list's.
    pub fn holds_with(&self, document: &Document, other: &Counted<'_>) -> bool {
        self.is_certain && holds_with(document, self.stands_at(), other.stands_at())
    }

    /// Whether it and another entry lie in different branches, so that never both hold. `document` is the list's.
    pub fn is_alternative_to(&self, document: &Document, other: &Counted<'_>) -> bool {
        are_alternatives(document, self.stands_at(), other.stands_at())
    }

    /// Whether it and another entry stand in one literal behind a reference, which is read on its own too.
    pub fn has_lender_of(&self, other: &Counted<'_>) -> bool {
        let literal = |entry: &Counted<'_>| entry.lender.map(|lender| (lender.document, lender.value));
        self.lender.is_some() && literal(self) == literal(other)
    }

    /// Whether it is met earlier in the list than another entry.
    pub fn is_before(&self, other: &Counted<'_>) -> bool {
        (self.stands_at(), self.entry.range.start) < (other.stands_at(), other.entry.range.start)
    }

    /// Its node in the list's document: its own, or the reference's.
    fn stands_at(&self) -> NodeId {
        self.lender.map_or(self.entry.node, |lender| lender.reference)
    }
}

impl Borrowed {
    /// The entries of a lender's list. `document` is the lender's.
    pub(crate) fn entries(document: &Document, lender: usize, is_certain: bool, list: &EntryList) -> impl Iterator<Item = Borrowed> {
        list.entries.iter().map(move |entry| Borrowed {
            lender,
            text: Box::from(&*entry.text(document)),
            is_certain: is_certain && !is_in_branch(document, entry.node, list.value),
            entry: entry.clone(),
        })
    }
}
