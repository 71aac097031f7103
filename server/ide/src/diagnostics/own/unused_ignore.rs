//! Rule `unused-ignore`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;

declare_rule! {
    /// An ignore comment that ignores nothing.
    ///
    /// `connect-policy: ignore[rule, …]` in a comment rules its own line where it stands behind code, and the next line where
    /// it stands alone. One that ignores nothing is left over from a mistake that was put right, misspelt, or on the wrong
    /// line; it would hide the next mistake there.
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
        summary: "an ignore comment that ignores nothing",
        group: Own,
        severity: Hint,
        unit: Document,
        is_risk: false,
        fixes: Always,
    }
}

/// What a comment ignores is known when all other rules have run.
fn check(_: &RuleContext<'_>, _: &mut Acc<'_>) {}
