//! Rule `malformed-action`.

use connect_policy_catalog::Pattern;
use connect_policy_model::{ActionVerdict, Malformation};

use crate::diagnostics::acc::{Acc, did_you_mean};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
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
                let is_right = is_right(ctx, joined);
                let fix = acc.replace(entry, joined, Applicability::safe_if(is_right));
                acc.report(entry.range.clone(), white_space(&text)).fixes.push(fix);
            }
            Malformation::NoColon { suggestions } => {
                let names = suggestions.names();
                let fixes: Vec<_> = names.iter().map(|name| acc.replace(entry, name, Applicability::Unsafe)).collect();
                let advice = if names.is_empty() { "; write `service:Action`".to_owned() } else { did_you_mean(names) };
                let what = if text.contains('.') { "missing `:`" } else { "missing service prefix" };
                let message = format!("{what} in `{text}`{advice}");
                acc.report(entry.range.clone(), message).fixes = fixes;
            }
            Malformation::EmptyPart => {
                acc.report(entry.range.clone(), format!("incomplete action `{text}`; write `service:Action`"));
            }
            Malformation::Character(letter) => {
                acc.report(entry.range.clone(), format!("`{letter}` is not allowed in an action"));
            }
        }
    }
}

/// Whether a text without its spaces is an action or pattern that exists.
fn is_right(ctx: &RuleContext<'_>, text: &str) -> bool {
    let catalog = ctx.catalog();
    catalog.knows_action(text)
        || (Pattern::is_wild(text) && Pattern::new(text).is_some_and(|pattern| !catalog.matching(&pattern).is_empty()))
}
