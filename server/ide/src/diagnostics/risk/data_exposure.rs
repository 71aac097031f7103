//! Rule `data-exposure`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// Action exposes customer data
    ///
    /// The action reads conversations or personal data, or changes where recordings and transcripts are stored. This can be
    /// intended; the findings are meant for access reviews.
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
        summary: "action exposes customer data",
        group: Risk,
        severity: Information,
        unit: Policy,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "exposes customer data");
}
