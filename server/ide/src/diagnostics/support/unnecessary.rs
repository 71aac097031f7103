//! Entries that change nothing, because another entry of their list says the same.

use connect_policy_model::{EffectiveEntry, EntryKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer;
use crate::finding::{Applicability, Fix, Severity};

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
    // Other words for the same are the author's choice, and so is a list that is put together from several.
    let is_exact = entry.text == other.text && entry.target.is_none() && other.target.is_none();
    let fixes = removal(ctx, entry, Applicability::safe_if(is_exact));
    let is_far = entry.target.is_some() || other.target.is_some();
    let related = is_far.then(|| acc.related_to(other, "first occurrence"));
    let finding = acc.report_entry(severity, entry, message);
    finding.fixes = fixes;
    finding.is_unnecessary = true;
    finding.related.extend(related);
}

/// A fix that removes an entry from its list.
fn removal(ctx: &RuleContext<'_>, entry: &EffectiveEntry<'_>, applicability: Applicability) -> Vec<Fix> {
    let home = match entry.target {
        Some(target) => ctx.context().of(target.document).map(|context| context.document),
        None => Some(ctx.document()),
    };
    home.and_then(|document| offer::removal(document, entry.entry.node, applicability)).into_iter().collect()
}
