//! The findings of the rules on single risky actions.

use connect_policy_catalog::Risk;

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risks::Risky;

/// Reports the risks of the rule that runs. `what` is the rule's wording of the risk: "exposes customer data".
pub(in crate::diagnostics) fn report_risks(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, what: &str) {
    let code = acc.code();
    for risky in ctx.risks().iter().filter(|risky| risky.rule == code) {
        let Some((worst, others)) = risky.risks.split_first() else { continue };
        let entry = &risky.entry.text;
        let message = if entry.eq_ignore_ascii_case(worst.action) {
            format!("`{entry}` {what}: {}", worst.reason)
        } else {
            format!("{} `{}`, which {what}: {}{}", subject(risky), worst.action, worst.reason, also(worst, others))
        };
        acc.report_entry(risky.severity, &risky.entry, message);
    }
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
