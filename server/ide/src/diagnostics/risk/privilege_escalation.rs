//! Rule `privilege-escalation`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// Action allows privilege escalation
    ///
    /// Users who can create users or change their security profiles can make them administrators. Users who can change
    /// security profiles can add permissions to their own. If the policy requires the action, list specific resources and add
    /// a condition.
    ///
    /// Specific resources or a condition lower the level by one. Actions that only a wildcard matches, and actions that
    /// console tasks require, such as `iam:PutRolePolicy`, are information.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:UpdateUserSecurityProfiles", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:UpdateUserRoutingProfile", "Resource": "*"}
    /// ```
    PRIVILEGE_ESCALATION {
        summary: "action allows privilege escalation",
        group: Risk,
        severity: Warning,
        unit: Policy,
        is_risk: true,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "allows privilege escalation");
}
