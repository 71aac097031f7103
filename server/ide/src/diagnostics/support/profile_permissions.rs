//! The permissions of one profile, by name.

use std::collections::HashMap;

use connect_policy_catalog::Catalog;
use connect_policy_model::{EffectiveEntry, EntryList, PermissionContext, PermissionList, PermissionVerdict, Verdict};
use connect_policy_syntax::Document;

use crate::context::Context;

/// The permissions of a list by name; the first entry of those with the same name.
pub(in crate::diagnostics) struct ProfilePermissions<'a> {
    document: &'a Document,
    catalog: &'a Catalog,
    by_name: HashMap<&'static str, EffectiveEntry<'a>>,
    is_whole: bool,
}

impl<'a> ProfilePermissions<'a> {
    /// Reads a list.
    pub(in crate::diagnostics) fn of(context: &Context<'a>, list: &'a EntryList) -> ProfilePermissions<'a> {
        let mut by_name = HashMap::new();
        let mut is_whole = !list.is_incomplete;
        // One of several lists is a profile of its own.
        for entry in list.effective_entries(context.document).filter(EffectiveEntry::is_unconditional) {
            match entry.verdict() {
                Verdict::Permission(PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) => {
                    by_name.entry(permission.name).or_insert(entry);
                }
                // A misspelled permission may be meant for any other.
                Verdict::Permission(PermissionVerdict::Added(_)) => {}
                _ => is_whole = false,
            }
        }
        ProfilePermissions { document: context.document, catalog: context.catalog, by_name, is_whole }
    }

    /// Whether the list is wholly known, so that what is not found is not in it.
    pub(in crate::diagnostics) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The entry of a permission.
    pub(in crate::diagnostics) fn get(&self, name: &str) -> Option<&EffectiveEntry<'a>> {
        self.by_name.get(name)
    }

    /// Whether a permission is held, by today's name or an older one, or by one that is a part of it.
    pub(in crate::diagnostics) fn has(&self, name: &str) -> bool {
        let replaces = |held: &&str| self.catalog.permission(held).is_some_and(|held| held.replaced_by.contains(&name));
        let is_part = |held: &&str| held.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        self.by_name.contains_key(name)
            || self.by_name.keys().any(|held| replaces(held) || is_part(held))
            || self
                .catalog
                .permission(name)
                .is_some_and(|wanted| !wanted.replaced_by.is_empty() && wanted.replaced_by.iter().all(|new| self.by_name.contains_key(new)))
    }

    /// Whether two entries can apply together: they are not in different branches.
    pub(in crate::diagnostics) fn together(&self, one: &EffectiveEntry<'_>, other: &EffectiveEntry<'_>) -> bool {
        !one.is_exclusive_with(self.document, other)
    }
}

/// The permission lists of security profiles; lists elsewhere do not grant anything.
pub(in crate::diagnostics) fn profiles<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a PermissionList> + use<'a> {
    context.meaning.permission_lists.iter().filter(|known| known.context == PermissionContext::Profile)
}
