//! Lists of actions, resources and permissions, and their entries.

use std::borrow::Cow;
use std::ops::Range;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, Flags, NodeId};

use crate::borrow::{Borrowed, Lender};
use crate::entries::{Leaf, is_written_list, leaves};
use crate::verdict::{self, Verdict};

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
}

/// Where a list of permissions stands, which decides how much may be said of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PermissionCarrier {
    /// A security profile: a resource, a request, an export, a module's map.
    Profile,
    /// A list somewhere that holds permission names.
    List,
    /// What a live instance answered: its own list is the truth.
    Live,
}

/// What an entry's node is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EntryKind {
    /// A string.
    Text,
    /// `- connect:` in YAML, on its way to an action.
    Partial,
    /// One of several in a text that commas part: the default of a parameter that is a list.
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
    /// What is to be said of the name; made once, here.
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
    /// Whether a part of it is not written here: a variable, a call. What is behind it may be known all the same.
    pub has_unknown: bool,
    /// Whether a part of it is not known at all, its references followed.
    pub is_open: bool,
    /// The entries behind its references, in the order in which it names them.
    pub borrowed: Vec<Borrowed>,
    /// The literals behind its references.
    pub lenders: Vec<Lender>,
}

impl EntryList {
    /// Reads a list. `judge` makes the verdict on a text.
    pub(crate) fn read(
        document: &Document,
        key: Option<NodeId>,
        value: NodeId,
        role: Role,
        judge: &mut dyn FnMut(&str) -> Verdict,
    ) -> EntryList {
        let mut list = EntryList {
            key,
            value,
            role,
            entries: Vec::new(),
            has_unknown: false,
            is_open: false,
            borrowed: Vec::new(),
            lenders: Vec::new(),
        };
        for leaf in leaves(document, value) {
            match leaf {
                Leaf::Text(node) => list.entries.push(text_entry(document, node, judge)),
                Leaf::Partial(node) => list.entries.extend(partial_entry(document, node, judge)),
                Leaf::Unknown(_) => list.has_unknown = true,
                Leaf::Empty(_) | Leaf::Other(_) => {}
            }
        }
        list.is_open = list.has_unknown;
        list
    }

    /// Takes its text for several entries, parted by commas. `judge` makes the verdict on each.
    pub(crate) fn split(&mut self, document: &Document, judge: &mut dyn FnMut(&str) -> Verdict) {
        let inner = document.inner(self.value);
        let mut start = inner.start;
        self.entries.clear();
        for part in document.text().get(inner).unwrap_or("").split(',') {
            let entry = part.trim();
            let begin = start + (part.len() - part.trim_start().len());
            start += part.len() + 1;
            if !entry.is_empty() {
                let range = begin..begin + entry.len();
                self.entries.push(Entry { node: self.value, kind: EntryKind::Part, range, verdict: judge(entry) });
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

fn text_entry(document: &Document, node: NodeId, judge: &mut dyn FnMut(&str) -> Verdict) -> Entry {
    let range = document.inner(node);
    let text = document.value(node);
    let is_open = document.tree().node(node).flags().has(Flags::OPEN);
    let verdict = if document.has_holes(node) {
        Verdict::Opaque
    } else if is_open || text.is_empty() {
        // Still being typed: an unclosed string may yet become anything.
        verdict::unless_wrong(judge(&text))
    } else {
        judge(&text)
    };
    Entry { node, kind: EntryKind::Text, range, verdict }
}

fn partial_entry(document: &Document, map: NodeId, judge: &mut dyn FnMut(&str) -> Verdict) -> Option<Entry> {
    let pair = document.pairs(map).next()?;
    let range = document.range(pair.key).start..document.range(pair.value).start.max(document.range(pair.key).end);
    let text = document.text().get(range.clone())?.trim_end();
    let range = range.start..range.start + text.len();
    Some(Entry { node: map, kind: EntryKind::Partial, range, verdict: verdict::unless_wrong(judge(text)) })
}

/// How many of a list's strings are catalogued actions or permissions: (strings, actions, permissions).
pub(crate) fn census(document: &Document, catalog: &Catalog, seq: NodeId) -> (usize, usize, usize) {
    let (mut strings, mut actions, mut permissions) = (0, 0, 0);
    for item in leaves(document, seq) {
        let Leaf::Text(node) = item else { continue };
        strings += 1;
        let text = document.value(node);
        if text.contains(':') {
            actions += usize::from(catalog.knows_action(&text));
        } else if catalog.knows_permission(&text) {
            permissions += 1;
        }
    }
    (strings, actions, permissions)
}
