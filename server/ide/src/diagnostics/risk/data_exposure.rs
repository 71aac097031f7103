//! Rule `data-exposure`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// An action that reads what customers said or who they are, or redirects where recordings and transcripts are stored.
    ///
    /// Nothing is wrong with it where it is meant; a list of such entries is what a review asks for.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:MonitorContact", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListQueues", "Resource": "*"}
    /// ```
    DATA_EXPOSURE {
        summary: "an action that reads customer data or redirects where it is stored",
        group: Risk,
        severity: Information,
        unit: Policy,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "gives access to customer data");
}
