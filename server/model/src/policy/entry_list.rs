//! Lists of actions, resources and permissions: their entries, and the literals behind their references.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use connect_policy_syntax::{Document, NodeFlags, NodeId};

use crate::names::classifier::Classifier;
use crate::names::verdict::Verdict;
use crate::values::list_items::{ListItem, is_in_branch, is_written_list, list_items};

/// What the entries of a list are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// Actions that the statement is about.
    Action,
    /// Actions that it is not about.
    NotAction,
    /// ARNs.
    Resource,
    /// ARNs that are left out.
    NotResource,
    /// Permissions of a security profile.
    Permission,
}

impl Role {
    /// Whether the entries are action names or patterns.
    pub fn is_action(self) -> bool {
        matches!(self, Role::Action | Role::NotAction)
    }

    /// The verdict on a text as an entry of such a list.
    fn classify(self, classifier: &mut Classifier<'_>, text: &str) -> Verdict {
        match self {
            Role::Action | Role::NotAction => classifier.classify_action(text),
            Role::Permission => classifier.classify_permission(text),
            Role::Resource | Role::NotResource => Verdict::Opaque,
        }
    }
}

/// What an entry's node is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EntryKind {
    /// A string.
    Text,
    /// `- connect:` in YAML, on its way to an action.
    Partial,
    /// One of several between commas in a text: the default of a parameter that is a list.
    Part,
}

/// One entry of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its node.
    pub node: NodeId,
    /// What the node is.
    pub kind: EntryKind,
    /// The text inside its quotes, in bytes.
    pub range: Range<usize>,
    /// What the name is; found once, here.
    pub verdict: Verdict,
}

impl Entry {
    /// The entry's text with escapes resolved.
    pub fn text<'d>(&self, document: &'d Document) -> Cow<'d, str> {
        match self.kind {
            EntryKind::Text => document.value(self.node),
            EntryKind::Partial | EntryKind::Part => Cow::Borrowed(document.text().get(self.range.clone()).unwrap_or("")),
        }
    }
}

/// A list of entries, wherever its parts stand.
#[derive(Clone, Debug)]
pub struct EntryList {
    /// The key that names the list; `None` for a list that is known by its content only.
    pub key: Option<NodeId>,
    /// The list's node: a sequence, a string alone, a call.
    pub value: NodeId,
    /// What its entries are.
    pub role: Role,
    /// The entries in order.
    pub entries: Vec<Entry>,
    /// Whether a part of it is not written here: a variable, a call. What is behind it may still be known.
    pub has_unknown: bool,
    /// Whether a part of it is not known at all, its references resolved.
    pub is_incomplete: bool,
    /// The literals behind its references, in the order in which it names them.
    pub targets: Vec<Target>,
}

/// A literal behind a reference of a list.
#[derive(Clone, Debug)]
pub struct Target {
    /// The reference, in the list's own document.
    pub reference: NodeId,
    /// The literal's document, by its place in the module.
    pub document: usize,
    /// The literal: a sequence, a call, a string alone.
    pub value: NodeId,
    /// Whether the reference means it whatever happens. Of several, and of the default of a variable, that is not known.
    pub is_unconditional: bool,
    /// Whether other references lead to it too.
    pub is_shared: bool,
    /// The literal, read. Shared by all references that lead to it.
    pub(crate) literal: Arc<LiteralList>,
    /// How many of its entries count; all but in a module that has very many.
    pub(crate) count: usize,
}

impl Target {
    /// The literal's entries.
    pub fn entries(&self) -> &[ResolvedEntry] {
        &self.literal.entries[..self.count]
    }
}

/// An entry behind a reference of a list.
#[derive(Clone, Debug)]
pub struct ResolvedEntry {
    /// The entry, in the literal's document.
    pub entry: Entry,
    /// Its text, escapes resolved.
    pub text: Box<str>,
    /// Whether it is in a branch of the literal.
    pub is_in_branch: bool,
}

/// A literal to which references lead, read as a list of their role.
#[derive(Debug)]
pub(crate) struct LiteralList {
    /// The list.
    pub(crate) list: EntryList,
    /// Its entries, as they count in other lists.
    entries: Box<[ResolvedEntry]>,
}

impl LiteralList {
    /// Reads a literal of a document; `is_comma_list` if it is one text with several entries between commas.
    pub(crate) fn read(
        document: &Document,
        value: NodeId,
        role: Role,
        is_comma_list: bool,
        classifier: &mut Classifier<'_>,
    ) -> LiteralList {
        let mut list = EntryList::read(document, document.key_of(value), value, role, classifier);
        if is_comma_list {
            list.split(document, classifier);
        }
        let resolved = list.entries.iter().map(|entry| ResolvedEntry {
            text: Box::from(&*entry.text(document)),
            is_in_branch: is_in_branch(document, entry.node, value),
            entry: entry.clone(),
        });
        LiteralList { entries: resolved.collect(), list }
    }
}

impl EntryList {
    /// Reads a list, its references unresolved.
    pub(crate) fn read(document: &Document, key: Option<NodeId>, value: NodeId, role: Role, classifier: &mut Classifier<'_>) -> EntryList {
        let mut list = EntryList { key, value, role, entries: Vec::new(), has_unknown: false, is_incomplete: false, targets: Vec::new() };
        for item in list_items(document, value) {
            match item {
                ListItem::Text(node) => list.entries.push(text_entry(document, node, role, classifier)),
                ListItem::Partial(node) => list.entries.extend(partial_entry(document, node, role, classifier)),
                ListItem::Unknown(_) => list.has_unknown = true,
                ListItem::Empty(_) | ListItem::Other(_) => {}
            }
        }
        list.is_incomplete = list.has_unknown;
        list
    }

    /// Reads its text as several entries between commas.
    fn split(&mut self, document: &Document, classifier: &mut Classifier<'_>) {
        let inner = document.inner(self.value);
        let mut start = inner.start;
        self.entries.clear();
        for part in document.text().get(inner).unwrap_or("").split(',') {
            let entry = part.trim();
            let begin = start + (part.len() - part.trim_start().len());
            start += part.len() + 1;
            if !entry.is_empty() {
                let range = begin..begin + entry.len();
                self.entries.push(Entry { node: self.value, kind: EntryKind::Part, range, verdict: self.role.classify(classifier, entry) });
            }
        }
    }

    /// The sequence in which an entry is written among others, or the entry's own string where that stands in the list's place.
    /// `None` for an argument of a function, and for what is still being typed.
    pub fn written_in(&self, document: &Document, entry: &Entry) -> Option<NodeId> {
        if entry.kind != EntryKind::Text {
            return None;
        }
        let around = document.tree().parent(entry.node).filter(|&around| is_written_list(document, around));
        around.or_else(|| (entry.node == self.value).then_some(self.value))
    }
}

fn text_entry(document: &Document, node: NodeId, role: Role, classifier: &mut Classifier<'_>) -> Entry {
    let range = document.inner(node);
    let text = document.value(node);
    let is_unclosed = document.tree().node(node).flags().has(NodeFlags::OPEN);
    let verdict = if document.has_interpolation(node) {
        Verdict::Opaque
    } else if is_unclosed || text.is_empty() {
        // Still being typed: an unclosed string may yet become anything.
        role.classify(classifier, &text).tolerate_unfinished()
    } else {
        role.classify(classifier, &text)
    };
    Entry { node, kind: EntryKind::Text, range, verdict }
}

fn partial_entry(document: &Document, map: NodeId, role: Role, classifier: &mut Classifier<'_>) -> Option<Entry> {
    let pair = document.pairs(map).next()?;
    let range = document.range(pair.key).start..document.range(pair.value).start.max(document.range(pair.key).end);
    let text = document.text().get(range.clone())?.trim_end();
    let range = range.start..range.start + text.len();
    Some(Entry { node: map, kind: EntryKind::Partial, range, verdict: role.classify(classifier, text).tolerate_unfinished() })
}
