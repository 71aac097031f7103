//! Rule `destructive-action`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// An action that cannot be undone, or that stops service for callers.
    ///
    /// Deleting an instance takes all its recordings' records, flows and numbers along. A separate policy, held by few, keeps
    /// such actions out of everyday work.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DeleteInstance", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListQueues", "Resource": "*"}
    /// ```
    DESTRUCTIVE_ACTION {
        summary: "an action that cannot be undone or stops service",
        group: Risk,
        severity: Information,
        unit: Policy,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "cannot be undone or stops service");
}
