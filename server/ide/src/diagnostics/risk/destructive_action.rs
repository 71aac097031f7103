//! Rule `destructive-action`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// Destructive action
    ///
    /// The action cannot be undone, or it interrupts service for callers. Deleting an instance also deletes its flows, phone
    /// numbers and records. Allow such actions in a separate policy for few users.
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
        summary: "destructive action",
        group: Risk,
        severity: Information,
        unit: Policy,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "cannot be undone, or interrupts service");
}
