//! The findings of the rules on single risky actions.

use connect_policy_catalog::{Pattern, Risk, RiskLevel};
use connect_policy_model::{Effect, Reach, Role, Statement};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risks::Risky;
use crate::finding::{Applicability, Fix, Severity, TextEdit};
use crate::statement_edits::parting::{deny_beside, is_in_for};

/// Reports the risks of the rule that runs. `what` is the rule's wording of the risk: "exposes customer data".
pub(in crate::diagnostics) fn report_risks(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, what: &str) {
    let code = acc.code();
    for (index, risky) in ctx.risks().iter().filter(|risky| risky.rule == code).enumerate() {
        let Some((worst, others)) = risky.risks.split_first() else { continue };
        let entry = &risky.entry.text;
        let message = if entry.eq_ignore_ascii_case(worst.action) {
            format!("`{entry}` {what}: {}", worst.reason)
        } else {
            format!("{} `{}`, which {what}: {}{}", subject(risky), worst.action, worst.reason, also(worst, others))
        };
        let fix = if index < MAX_FIXED { deny(ctx, risky, code) } else { None };
        acc.report_entry(risky.severity, &risky.entry, message).fixes.extend(fix);
    }
}

/// So many findings of a document come with a fix, which costs a look at the whole policy.
const MAX_FIXED: usize = 50;

/// A Deny of more names is not offered: narrower wildcards are shorter.
const MAX_DENIED: usize = 4;

/// For a wildcard that reaches a few dangerous actions: a Deny of those, added to a statement that denies on everything, or in a
/// new one.
fn deny(ctx: &RuleContext<'_>, risky: &Risky<'_>, code: &str) -> Option<Fix> {
    let is_wild = risky.entry.target.is_none() && Pattern::is_wild(&risky.entry.text);
    let is_denied = |risk: &&&Risk| risk.level == Some(RiskLevel::Warning) || risk.rule == Some(code);
    let names: Vec<&str> = risky.risks.iter().filter(is_denied).map(|risk| risk.action).collect();
    if !is_wild || risky.severity > Severity::Warning || names.len() > MAX_DENIED {
        return None;
    }
    let document = ctx.document();
    if is_in_for(document, risky.statement) {
        return None;
    }
    let is_open_deny = |other: &&Statement| {
        other.effect(document) == Effect::Deny
            && other.reach(document) == Reach::Everything
            && !other.conditions(document).is_present
            && other.applies_with(document, risky.statement)
            && !is_in_for(document, other)
            && other.lists.iter().all(|list| matches!(list.role, Role::Action | Role::Resource) && list.targets.is_empty())
    };
    let into = risky.policy.statements.iter().find(is_open_deny).and_then(|other| other.lists(Role::Action).next());
    let edits = match into {
        Some(list) => vec![document.append(list.value, &names).map(|(range, new_text)| TextEdit { range, new_text })?],
        None => deny_beside(ctx.context(), risky.policy, risky.statement, &names)?,
    };
    let title = format!("Add a Deny of {}", describe::codes(names));
    Some(Fix { title, applicability: Applicability::Unsafe, edits })
}

/// The wildcards that a finding is about, with their verb.
fn subject(risky: &Risky<'_>) -> String {
    let entry = &risky.entry.text;
    match risky.further_wildcards {
        0 => format!("`{entry}` includes"),
        1 => format!("`{entry}` and 1 other wildcard of this policy expose data; `{entry}` includes"),
        many => format!("`{entry}` and {many} other wildcards of this policy expose data; `{entry}` includes"),
    }
}

/// What a wildcard reaches beside its worst action: the next by name, the others by their number and kinds.
fn also(worst: &Risk, others: &[&'static Risk]) -> String {
    let Some((second, rest)) = others.split_first() else { return String::new() };
    let mut kinds: Vec<&str> = rest.iter().filter_map(|risk| describe::risk_word(risk)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let named = [describe::risk_word(worst), describe::risk_word(second)];
    kinds.retain(|kind| !named.contains(&Some(kind)));
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let word = describe::risk_word(second).map_or(String::new(), |word| format!(" ({word})"));
    match rest.len() {
        0 => format!("; it also includes `{}`{word}", second.action),
        1 => format!("; it also includes `{}`{word} and 1 other risky action{kinds}", second.action),
        many => format!("; it also includes `{}`{word} and {many} other risky actions{kinds}", second.action),
    }
}
