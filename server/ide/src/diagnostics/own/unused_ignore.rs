//! Rule `unused-ignore`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;

declare_rule! {
    /// Unused ignore comment
    ///
    /// `connect-policy: ignore[rule, …]` applies to its own line if it follows code, and to the next line if it is alone on
    /// its line. An unused comment is on the wrong line or left over from a corrected finding, and can hide later findings.
    /// A comment without a rule, with an unknown rule or in another spelling is a warning.
    ///
    /// Example:
    ///
    /// ```yaml
    /// Effect: Allow
    /// Action: connect:DescribeUser # connect-policy: ignore[unknown-action]
    /// Resource: "*"
    /// ```
    ///
    /// Instead:
    ///
    /// ```yaml
    /// Effect: Allow
    /// Action: connect:DescribeUser
    /// Resource: "*"
    /// ```
    UNUSED_IGNORE {
        summary: "unused ignore comment",
        group: Own,
        severity: Hint,
        unit: Document,
        is_risk: false,
        fixes: Always,
    }
}

/// What a comment ignores is known when all other rules have run.
fn check(_: &RuleContext<'_>, _: &mut Acc<'_>) {}
