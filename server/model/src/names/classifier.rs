//! The verdicts on the names of one document.

use std::collections::HashMap;

use connect_policy_catalog::Catalog;

use crate::Role;
use crate::verdict::{self, PermissionVerdict, Verdict};

/// Beyond this many different names in one document, what a wrong one was meant to be is no longer looked for: no file that
/// people write has as many, and looking costs more than it tells.
const MOST_SEARCHED: usize = 500;

/// Makes verdicts, each text's once: real files repeat their names, and a wrong one is costly.
pub(crate) struct Judge<'c> {
    catalog: &'c Catalog,
    actions: HashMap<String, Verdict>,
    permissions: HashMap<String, Verdict>,
    /// For how many wrong permissions it was looked what they were meant to be.
    searched: usize,
}

impl<'c> Judge<'c> {
    pub(crate) fn new(catalog: &'c Catalog) -> Judge<'c> {
        Judge { catalog, actions: HashMap::new(), permissions: HashMap::new(), searched: 0 }
    }

    /// The verdict on a text as an entry of a list of this role.
    pub(crate) fn verdict(&mut self, role: Role, text: &str) -> Verdict {
        let catalog = self.catalog;
        let (cache, judge): (_, fn(&Catalog, &str) -> Verdict) = match role {
            Role::Action | Role::NotAction => (&mut self.actions, verdict::of_action),
            Role::Permission => (&mut self.permissions, verdict::of_permission),
            Role::Resource | Role::NotResource => return Verdict::Opaque,
        };
        if let Some(known) = cache.get(text) {
            return known.clone();
        }
        let is_searched = role != Role::Permission || self.searched < MOST_SEARCHED;
        let verdict = if is_searched { judge(catalog, text) } else { verdict::of_permission_briefly(catalog, text) };
        self.searched += usize::from(matches!(verdict, Verdict::Permission(PermissionVerdict::Unknown(_) | PermissionVerdict::Label(_))));
        cache.insert(text.to_owned(), verdict.clone());
        verdict
    }
}
