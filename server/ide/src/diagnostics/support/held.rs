//! What the lists of a document hold already, or will hold once the safe fixes of earlier entries are applied. A name that a list
//! holds is not written into it again.

use std::collections::HashMap;

use connect_policy_catalog::{Catalog, Pattern, glob};
use connect_policy_model::{
    ActionVerdict, EffectiveEntry, Entry, EntryList, Malformation, PermissionVerdict, Role, UnknownPermission, Verdict,
};
use connect_policy_syntax::Document;

use crate::context::Context;

/// How many patterns of a list are compared with a name.
const MAX_PATTERNS: usize = 64;

/// How many entries with one name are looked at.
const MAX_TWINS: usize = 16;

/// The names of every list of a document.
pub(in crate::diagnostics) struct HeldNames<'a> {
    document: &'a Document,
    lists: Vec<ListNames<'a>>,
    /// The list of an entry, by the place where the entry begins.
    list_at: HashMap<usize, usize>,
}

#[derive(Default)]
struct ListNames<'a> {
    by_name: HashMap<String, Vec<Named<'a>>>,
    patterns: Vec<EffectiveEntry<'a>>,
}

struct Named<'a> {
    entry: EffectiveEntry<'a>,
    /// Whether it is written that way already.
    is_right: bool,
}

impl<'a> HeldNames<'a> {
    pub(in crate::diagnostics) fn read(context: &Context<'a>) -> HeldNames<'a> {
        let mut held = HeldNames { document: context.document, lists: Vec::new(), list_at: HashMap::new() };
        let permissions = context.meaning.permission_lists.iter().map(|known| &known.list);
        let resources = context.meaning.policies.iter().flat_map(|policy| &policy.statements).flat_map(|statement| &statement.lists);
        let resources = resources.filter(|list| matches!(list.role, Role::Resource | Role::NotResource));
        for list in context.meaning.action_lists().map(|(list, _)| list).chain(permissions).chain(resources) {
            held.add(context.catalog, list);
        }
        held
    }

    fn add(&mut self, catalog: &Catalog, list: &'a EntryList) {
        let mut names = ListNames::default();
        for entry in list.effective_entries(self.document) {
            if let Verdict::Action(ActionVerdict::Pattern { .. } | ActionVerdict::All) = entry.verdict() {
                if names.patterns.len() < MAX_PATTERNS {
                    names.patterns.push(entry);
                }
            } else if let Some(name) = meant(catalog, list.role, &entry) {
                let is_right = name == *entry.text;
                let twins = names.by_name.entry(name).or_default();
                if twins.len() < MAX_TWINS {
                    twins.push(Named { entry, is_right });
                }
            }
        }
        for entry in &list.entries {
            self.list_at.insert(entry.range.start, self.lists.len());
        }
        self.lists.push(names);
    }

    /// The text of the entry that makes a name in the place of an entry superfluous.
    pub(in crate::diagnostics) fn by(&self, entry: &Entry, name: &str) -> Option<&str> {
        let names = &self.lists[*self.list_at.get(&entry.range.start)?];
        let own = EffectiveEntry::own(self.document, entry);
        let counts = |other: &EffectiveEntry<'_>| !std::ptr::eq(other.entry, entry) && other.applies_with(self.document, &own);
        let twins = names.by_name.get(name).into_iter().flatten();
        if twins.filter(|twin| twin.is_right || twin.entry.is_before(&own)).any(|twin| counts(&twin.entry)) {
            return names.by_name.get_key_value(name).map(|(name, _)| name.as_str());
        }
        let folded = name.to_ascii_lowercase();
        let covers = |pattern: &&EffectiveEntry<'_>| {
            let pattern = pattern.text.to_ascii_lowercase();
            // A question mark matches one character, which a star need not be.
            pattern == folded || (glob(&pattern, &folded) && !(pattern.contains('?') && Pattern::is_wild(&folded)))
        };
        names.patterns.iter().filter(covers).find(|pattern| counts(pattern)).map(|pattern| &*pattern.text)
    }
}

/// The name that an entry is, or certainly was meant to be.
fn meant(catalog: &Catalog, role: Role, entry: &EffectiveEntry<'_>) -> Option<String> {
    let text = &*entry.text;
    match entry.verdict() {
        Verdict::Action(verdict) => match verdict {
            ActionVerdict::Known { service, action } => Some(format!("{}:{}", service.prefix, action.name)),
            ActionVerdict::Added(added) => Some(added.name.clone()),
            ActionVerdict::NameOnly | ActionVerdict::Unlisted(_) => Some(text.to_owned()),
            ActionVerdict::Malformed(Malformation::WhiteSpace(joined)) if catalog.knows_action(joined) => {
                let listed = catalog.action(joined).map(|(service, action)| format!("{}:{}", service.prefix, action.name));
                Some(listed.unwrap_or_else(|| joined.clone()))
            }
            ActionVerdict::Unknown { suggestions, .. } => suggestions.certain().map(str::to_owned),
            _ => None,
        },
        Verdict::Permission(verdict) => match verdict {
            PermissionVerdict::Known(permission) => Some(permission.name.to_owned()),
            PermissionVerdict::WrongCase(permission) => Some(permission.name_today().to_owned()),
            PermissionVerdict::Added(added) | PermissionVerdict::AddedWrongCase(added) => Some(added.name.clone()),
            PermissionVerdict::Label(permissions) => match **permissions {
                [only] => Some(only.name.to_owned()),
                _ => None,
            },
            PermissionVerdict::Renamed(permission) => Some(permission.name_today().to_owned()),
            PermissionVerdict::Unknown(unknown) => match &**unknown {
                UnknownPermission::Certainly(names) => match names.as_slice() {
                    [only] => Some(only.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        },
        Verdict::Opaque => matches!(role, Role::Resource | Role::NotResource).then(|| text.to_owned()),
    }
}
