//! Lists summed up: actions by access level, permissions by section.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use connect_policy_catalog::{Access, Pattern};
use connect_policy_model::{ActionVerdict, EffectiveEntry, Verdict};

use crate::context::Context;
use crate::describe::granted_permissions;

/// The actions that entries of lists take in, wildcards expanded, by access level. `None` where they take in none that is
/// known.
pub(super) fn actions<'e>(context: &Context<'_>, entries: impl Iterator<Item = EffectiveEntry<'e>>, is_open: bool) -> Option<String> {
    // Actions that AWS's reference does not list have no level.
    let mut by_level: BTreeMap<Option<Access>, BTreeSet<String>> = BTreeMap::new();
    let mut is_all = false;
    for entry in entries {
        match entry.verdict() {
            Verdict::Action(ActionVerdict::Known { service, action }) => {
                by_level.entry(action.access).or_default().insert(format!("{}:{}", service.prefix, action.name));
            }
            Verdict::Action(ActionVerdict::Added(added)) => {
                by_level.entry(added.access).or_default().insert(added.name.clone());
            }
            Verdict::Action(ActionVerdict::Unlisted(unlisted)) => {
                by_level.entry(None).or_default().insert(unlisted.action.to_owned());
            }
            Verdict::Action(ActionVerdict::Pattern { .. }) => {
                let Some(pattern) = Pattern::new(&entry.text) else { continue };
                let matches = context.catalog.all_matching(&pattern);
                for (service, action) in matches.listed {
                    by_level.entry(action.access).or_default().insert(format!("{}:{}", service.prefix, action.name));
                }
                for added in matches.added {
                    by_level.entry(added.access).or_default().insert(added.name.clone());
                }
                by_level.entry(None).or_default().extend(matches.unlisted.iter().map(|unlisted| unlisted.action.to_owned()));
            }
            Verdict::Action(ActionVerdict::All) => is_all = true,
            _ => {}
        }
    }
    if is_all {
        return Some("Every action of every AWS service".to_owned());
    }
    let count: usize = by_level.values().map(BTreeSet::len).sum();
    if count == 0 {
        return None;
    }
    let mut out = format!("**{count} action{}**\n\n", if count == 1 { "" } else { "s" });
    let without_level = by_level.remove(&None).filter(|names| !names.is_empty());
    for (access, names) in by_level {
        let _ = writeln!(out, "- {}: {}", access.map_or("", Access::name), names.len());
    }
    if let Some(names) = without_level {
        let _ = writeln!(out, "- Not in AWS's service reference: {}", names.len());
    }
    out.push_str(unknown_part(is_open));
    Some(out.trim_end().to_owned())
}

/// The permissions of a list's entries, by the console's section.
pub(super) fn permissions<'e>(entries: impl Iterator<Item = EffectiveEntry<'e>>, is_open: bool) -> String {
    let granted = granted_permissions(entries);
    let mut by_section: BTreeMap<&str, usize> = BTreeMap::new();
    for permission in granted.values().flatten() {
        *by_section.entry(permission.section.unwrap_or("not shown in the console")).or_default() += 1;
    }
    let count = granted.len();
    let mut out = format!("**{count} permission{}**\n\n", if count == 1 { "" } else { "s" });
    for (section, count) in by_section {
        let _ = writeln!(out, "- {section}: {count}");
    }
    out.push_str(unknown_part(is_open));
    out.trim_end().to_owned()
}

fn unknown_part(is_open: bool) -> &'static str {
    if is_open { "\nplus values that cannot be resolved (a variable or call)" } else { "" }
}
