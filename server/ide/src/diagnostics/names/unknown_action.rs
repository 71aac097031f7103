//! Rule `unknown-action`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::Offer;
use crate::diagnostics::support::unknown_names::severity_of_unknown;
use crate::diagnostics::support::without_effect::{WithoutEffect, still_allowed, with_sentence};
use crate::finding::Applicability;

declare_rule! {
    /// Unknown action
    ///
    /// IAM accepts the policy, but the entry grants nothing, so a typo only shows up as AccessDenied at run time. In a Deny it
    /// blocks nothing, and the message names the entry that still allows the action. AWS may have actions newer than the catalog, so the level is warning; `connect-policy catalog` prints the catalog date.
    /// Unknown actions of services other than the Amazon Connect family are information unless they are similar to a known
    /// action.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUsr", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*"}
    /// ```
    UNKNOWN_ACTION {
        summary: "unknown action",
        group: Names,
        severity: Warning,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for one in ctx.action_entries().filter(|one| one.is_in_scope) {
        let ActionVerdict::Unknown { is_family, suggestions, .. } = one.verdict else { continue };
        let entry = one.entry;
        let text = entry.text(ctx.document()).into_owned();
        let names = suggestions.names();
        let without = WithoutEffect::of(ctx.document(), &one);
        let severity = without.severity(severity_of_unknown(*is_family, suggestions));
        let is_certain = suggestions.certain().is_some();
        let offer = Offer::new(ctx, acc, entry, names, |name| suggestions.keeps_reach(name).then_some(Applicability::safe_if(is_certain)));
        let message = format!("unknown action `{text}`{}{}", without.words(), offer.advice);
        let message = with_sentence(message, &still_allowed(ctx, &one, names));
        offer.add_to(acc.report_at(severity, entry.range.clone(), message));
    }
}
