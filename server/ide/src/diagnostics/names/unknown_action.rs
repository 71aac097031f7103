//! Rule `unknown-action`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::offer::Offer;
use crate::finding::{Applicability, Severity};

declare_rule! {
    /// Unknown action
    ///
    /// IAM accepts the policy, but the entry grants nothing, so a typo only shows up as AccessDenied at run time. AWS may
    /// have actions newer than the catalog, so the level is warning; `connect-policy catalog` prints the catalog date.
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
    for (entry, verdict, is_in_scope) in ctx.action_entries() {
        let ActionVerdict::Unknown { is_family, suggestions, .. } = verdict else { continue };
        if !is_in_scope {
            continue;
        }
        let text = entry.text(ctx.document()).into_owned();
        // Computed for other services only, because it is most of what a wrong name costs once its suggestions are known.
        let is_near = || suggestions.distance().is_some_and(|distance| distance <= 2);
        let severity = if *is_family || is_near() { Severity::Warning } else { Severity::Information };
        let is_certain = suggestions.certain().is_some();
        let offer = Offer::new(ctx, acc, entry, suggestions.names(), |name| {
            suggestions.keeps_reach(name).then_some(Applicability::safe_if(is_certain))
        });
        let message = format!("unknown action `{text}`{}", offer.advice);
        offer.add_to(acc.report_at(severity, entry.range.clone(), message));
    }
}
