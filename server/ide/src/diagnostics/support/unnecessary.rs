//! Entries that change nothing, because another entry of their list says the same.

use connect_policy_model::{EffectiveEntry, EntryKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Fix, Severity, TextEdit};

/// Whether an entry may be removed from its list for the sake of one of its uses: it has no other.
pub(in crate::diagnostics) fn is_removable(entry: &EffectiveEntry<'_>) -> bool {
    entry.target.is_none_or(|target| !target.is_shared) && entry.entry.kind != EntryKind::Part
}

/// Reports an entry that changes nothing, because of another one.
pub(in crate::diagnostics) fn report_unnecessary(
    ctx: &RuleContext<'_>,
    acc: &mut Acc<'_>,
    severity: Severity,
    entry: &EffectiveEntry<'_>,
    other: &EffectiveEntry<'_>,
    message: String,
) {
    let fixes = removal(ctx, entry);
    let is_far = entry.target.is_some() || other.target.is_some();
    let related = is_far.then(|| acc.related_to(other, "first occurrence"));
    let finding = acc.report_entry(severity, entry, message);
    finding.fixes = fixes;
    finding.is_unnecessary = true;
    finding.related.extend(related);
}

/// A fix that removes an entry from its list.
fn removal(ctx: &RuleContext<'_>, entry: &EffectiveEntry<'_>) -> Vec<Fix> {
    let home = match entry.target {
        Some(target) => ctx.context().of(target.document).map(|context| context.document),
        None => Some(ctx.document()),
    };
    let Some(range) = home.and_then(|document| document.removal_range(entry.entry.node)) else { return Vec::new() };
    let title = "Remove the entry".to_owned();
    vec![Fix { title, applicability: Applicability::Unsafe, edits: vec![TextEdit { range, new_text: String::new() }] }]
}
