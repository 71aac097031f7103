//! Rule `malformed-action`.

use connect_policy_model::{ActionVerdict, Malformation, code_point};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::known_action::is_known;
use crate::diagnostics::support::offer::{Offer, replacement};
use crate::diagnostics::support::white_space::white_space;
use crate::finding::Applicability;

declare_rule! {
    /// Action is not in the form `service:Action`
    ///
    /// IAM rejects the policy or ignores the entry. Some AWS documentation pages print actions with a space after the colon,
    /// so this often comes from copying.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["connect: DescribeQueue", "connect:ListUsers"], "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["connect:DescribeQueue", "connect:ListUsers"], "Resource": "*"}
    /// ```
    MALFORMED_ACTION {
        summary: "action is not in the form `service:Action`",
        group: Names,
        severity: Error,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for one in ctx.action_entries().filter(|one| one.is_in_scope) {
        let ActionVerdict::Malformed(malformation) = one.verdict else { continue };
        let entry = one.entry;
        let text = entry.text(ctx.document()).into_owned();
        match malformation {
            Malformation::WhiteSpace(joined) => {
                let listed = ctx.catalog().action(joined).map(|(service, action)| format!("{}:{}", service.prefix, action.name));
                let name = listed.as_ref().unwrap_or(joined);
                let fix = if is_right(ctx, name) { replacement(ctx, acc, entry, name, Applicability::Safe) } else { None };
                acc.report(entry.range.clone(), white_space(&text)).fixes.extend(fix);
            }
            Malformation::NoColon { suggestions } => {
                let offer =
                    Offer::new(ctx, acc, entry, suggestions.names(), |name| suggestions.keeps_reach(name).then_some(Applicability::Unsafe));
                let advice = if offer.advice.is_empty() { "; write `service:Action`" } else { &offer.advice };
                let what = if text.contains('.') { "missing `:`" } else { "missing service prefix" };
                let message = format!("{what} in `{text}`{advice}");
                offer.add_to(acc.report(entry.range.clone(), message));
            }
            Malformation::EmptyPart => {
                acc.report(entry.range.clone(), format!("incomplete action `{text}`; write `service:Action`"));
            }
            Malformation::Character(letter) => {
                // Letters of other alphabets can look like those of ours.
                let code = if letter.is_ascii() { String::new() } else { format!(" ({})", code_point(*letter)) };
                acc.report(entry.range.clone(), format!("`{letter}`{code} is not allowed in an action"));
            }
        }
    }
}

/// Whether a text without its spaces is an action or pattern that exists.
fn is_right(ctx: &RuleContext<'_>, text: &str) -> bool {
    text.split_once(':').is_some_and(|(prefix, name)| is_known(ctx.catalog(), prefix, name))
}
