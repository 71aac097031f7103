//! Whether an action exists that a fix is about to write.

use connect_policy_catalog::{Catalog, Pattern};

/// Whether a service has an action or matches a pattern, as far as its actions are known.
pub(in crate::diagnostics) fn is_known(catalog: &Catalog, prefix: &str, name: &str) -> bool {
    let text = format!("{prefix}:{name}");
    let is_listed = || catalog.service(prefix).is_some() || !catalog.is_prefix(prefix);
    if Pattern::is_wild(&text) {
        return Pattern::new(&text).is_some_and(|pattern| catalog.all_matching(&pattern).count() > 0);
    }
    // Of some services only names are known, and not all of them.
    catalog.knows_action(&text) || !is_listed()
}
