//! The findings of the rules on single risky actions.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule_context::RuleContext;

/// Reports the risks of the rule that runs. `what` is the rule's wording of the risk: "exposes customer data".
pub(in crate::diagnostics) fn report_risks(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, what: &str) {
    let code = acc.code();
    for risky in ctx.risks().iter().filter(|risky| risky.rule == code) {
        let reason = risky.risk.reason;
        let entry = &risky.entry.text;
        let message = if entry.eq_ignore_ascii_case(risky.risk.action) {
            format!("`{entry}` {what}: {reason}")
        } else {
            let others = match risky.others {
                0 => String::new(),
                1 => "; it also matches 1 other risky action".to_owned(),
                many => format!("; it also matches {many} other risky actions"),
            };
            format!("`{entry}` includes `{}`, which {what}: {reason}{others}", risky.risk.action)
        };
        acc.report_entry(risky.severity, &risky.entry, message);
    }
}
