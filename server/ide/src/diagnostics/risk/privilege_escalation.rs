//! Rule `privilege-escalation`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// An action by which whoever holds it can gain rights, or give them to others.
    ///
    /// Whoever creates users or changes their security profiles can make administrators of them; whoever writes security
    /// profiles can widen one that is already held. Where this is the policy's purpose, name the resources, and guard it with a
    /// condition. Actions that console tasks need, such as `iam:PutRolePolicy`, are information. Named resources or a condition
    /// lower the level by one; what only a wildcard reaches is information.
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
        summary: "an action by which its holder can gain rights",
        group: Risk,
        severity: Warning,
        unit: Policy,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "lets its holder gain rights");
}
