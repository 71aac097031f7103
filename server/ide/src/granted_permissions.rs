//! The permissions that a list of a profile grants. Every number of permissions that is shown comes from here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use connect_policy_catalog::{Permission, PermissionStatus};
use connect_policy_model::{EffectiveEntry, PermissionVerdict, Verdict};

/// Each permission of these entries once, by name, with what the catalog has on it. Unknown names, labels and empty strings
/// grant nothing.
pub(crate) fn granted_permissions<'e>(
    entries: impl Iterator<Item = EffectiveEntry<'e>>,
) -> BTreeMap<Cow<'e, str>, Option<&'static Permission>> {
    let granted = entries.filter_map(|entry| {
        let permission = match entry.verdict() {
            Verdict::Permission(PermissionVerdict::Known(permission)) => Some(*permission),
            Verdict::Permission(PermissionVerdict::Renamed(permission)) if permission.status != PermissionStatus::Removed => {
                Some(*permission)
            }
            Verdict::Permission(PermissionVerdict::Added(_)) => None,
            _ => return None,
        };
        Some((entry.text, permission))
    });
    granted.collect()
}
