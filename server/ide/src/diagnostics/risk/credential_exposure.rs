//! Rule `credential-exposure`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// Action exposes credentials
    ///
    /// Emergency access signs in as an administrator, regardless of the security profiles of the user. AWS's read-only policy
    /// denies it explicitly, because other policies may allow it.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:AdminGetEmergencyAccessToken", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*"}
    /// ```
    CREDENTIAL_EXPOSURE {
        summary: "action exposes credentials",
        group: Risk,
        severity: Warning,
        unit: Policy,
        is_risk: true,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "exposes sign-in credentials");
}
