//! Document links: the keys of lists lead to AWS's pages on what is in them.

use std::ops::Range;

use connect_policy_model::{ActionVerdict, Role, Verdict};

use crate::context::Context;

/// AWS's page on security-profile permissions.
const PERMISSIONS_PAGE: &str = "https://docs.aws.amazon.com/connect/latest/adminguide/security-profile-list.html";

/// A piece of text that leads to a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentLink {
    /// The text, in bytes.
    pub range: Range<usize>,
    /// The page.
    pub target: String,
}

/// The keys of lists lead to AWS's pages about their entries.
pub(crate) fn links(context: &Context<'_>) -> Vec<DocumentLink> {
    let document = context.document;
    let mut links = Vec::new();
    for (list, is_in_scope) in context.meaning.action_lists() {
        let service = list.entries.iter().find_map(|entry| match &entry.verdict {
            Verdict::Action(ActionVerdict::Known { service, .. }) => Some(service),
            _ => None,
        });
        if let (Some(key), Some(service), true) = (list.key, service, is_in_scope && list.role == Role::Action) {
            links.push(DocumentLink { range: document.inner(key), target: service.reference_page() });
        }
    }
    for known in &context.meaning.permission_lists {
        if let Some(key) = known.list.key {
            links.push(DocumentLink { range: document.inner(key), target: PERMISSIONS_PAGE.to_owned() });
        }
    }
    links.sort_by_key(|link| link.range.start);
    links
}
