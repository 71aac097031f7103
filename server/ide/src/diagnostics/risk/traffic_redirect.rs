//! Rule `traffic-redirect`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// Action redirects contacts or data
    ///
    /// The action can send calls, chats or their data to another target: an external number, another flow, a Lambda function or
    /// a bot. Callers and agents may not notice. Allow such actions in a separate policy for few users.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:UpdateQuickConnectConfig", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeQuickConnect", "Resource": "*"}
    /// ```
    TRAFFIC_REDIRECT {
        summary: "action redirects contacts or data",
        group: Risk,
        severity: Information,
        unit: Policy,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "redirects contacts or data");
}
