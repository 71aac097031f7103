//! Lists that are known by their content alone, whatever is around them.

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId};

use crate::values::list_items::{ListItem, list_items};

/// Parts of permissions in lower case: a list of permissions that no carrier names has at least one.
pub(crate) const MARKERS: &[&str] = &["basicagentaccess", ".view", ".edit", ".create", ".access"];

/// How many names of a list are in the catalog.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct KnownNames {
    /// Its strings.
    pub(crate) strings: usize,
    /// Those that are actions.
    pub(crate) actions: usize,
    /// Those that are permissions.
    pub(crate) permissions: usize,
}

/// How many of a list's strings are actions or permissions of the catalog.
pub(crate) fn count_known_names(document: &Document, catalog: &Catalog, seq: NodeId) -> KnownNames {
    let mut count = KnownNames::default();
    for item in list_items(document, seq) {
        let ListItem::Text(node) = item else { continue };
        count.strings += 1;
        let text = document.value(node);
        if text.contains(':') {
            count.actions += usize::from(catalog.knows_action(&text));
        } else if catalog.knows_permission(&text) {
            count.permissions += 1;
        }
    }
    count
}
