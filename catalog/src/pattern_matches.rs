//! What a pattern of actions matches. Every number that is shown of a pattern comes from here.

use std::sync::Arc;

use crate::action::{Action, UnlistedAction};
use crate::overlay::AddedAction;
use crate::service::Service;

/// The known actions that a pattern matches, each once, by where they are known from.
#[derive(Clone, Debug, Default)]
pub struct PatternMatches {
    /// Those in AWS's service reference.
    pub listed: Vec<(&'static Service, &'static Action)>,
    /// Those that the workspace adds.
    pub added: Vec<Arc<AddedAction>>,
    /// Those that AWS uses although its reference does not list them.
    pub unlisted: Vec<&'static UnlistedAction>,
}

impl PatternMatches {
    /// How many actions the pattern matches.
    pub fn count(&self) -> usize {
        self.listed.len() + self.added.len() + self.unlisted.len()
    }

    /// The full names, in order without regard to letter case.
    pub fn names(&self) -> Vec<String> {
        let listed = self.listed.iter().map(|(service, action)| format!("{}:{}", service.prefix, action.name));
        let added = self.added.iter().map(|added| added.name.clone());
        let unlisted = self.unlisted.iter().map(|unlisted| unlisted.action.to_owned());
        let mut names: Vec<String> = listed.chain(added).chain(unlisted).collect();
        names.sort_by_key(|name| name.to_ascii_lowercase());
        names
    }
}
