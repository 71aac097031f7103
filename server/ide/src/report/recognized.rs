//! How many policies and profiles a document holds.

use connect_policy_model::{DocumentModel, PermissionContext, PermissionList};

/// What was recognized in a document, as numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Recognized {
    /// Policies that rules check, and AWS managed policies that are attached.
    pub policies: usize,
    /// Security profiles.
    pub profiles: usize,
    /// Lists of actions or permissions that belong to no policy and no profile.
    pub lists: usize,
}

impl Recognized {
    /// Whether nothing was recognized.
    pub fn is_empty(self) -> bool {
        self == Recognized::default()
    }
}

/// Counts what a document holds.
pub(crate) fn recognized(meaning: &DocumentModel) -> Recognized {
    let is_profile = |list: &&PermissionList| is_profile(list);
    Recognized {
        policies: meaning.policies.iter().filter(|policy| policy.is_in_scope).count() + meaning.attachments.len(),
        profiles: meaning.permission_lists.iter().filter(is_profile).count(),
        lists: meaning.permission_lists.iter().filter(|list| list.context == PermissionContext::List).count() + meaning.action_lists.len(),
    }
}

/// Whether a list holds the permissions of a security profile. A list that only refers to others is not one: each of them is
/// counted where it is written.
pub(super) fn is_profile(known: &PermissionList) -> bool {
    let stands_for_others =
        known.list.entries.is_empty() && !known.list.targets.is_empty() && known.list.targets.iter().all(|target| !target.is_unconditional);
    matches!(known.context, PermissionContext::Profile | PermissionContext::Live) && !stands_for_others
}
