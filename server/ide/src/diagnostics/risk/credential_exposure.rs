//! Rule `credential-exposure`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::risk_findings::report_risks;

declare_rule! {
    /// An action that hands out a token with which somebody signs in.
    ///
    /// Emergency access signs in as an administrator, whatever the person's own profile. AWS's read-only policy denies it,
    /// because `connect:Get*` and the like do not, and so may yours.
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
        summary: "an action that hands out sign-in tokens",
        group: Risk,
        severity: Warning,
        unit: Policy,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    report_risks(ctx, acc, "hands out a way to sign in");
}
