//! Rule `bad-config`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;

declare_rule! {
    /// Something in `connect-policy.toml` that is not understood.
    ///
    /// A misspelt key or rule would otherwise have no effect without a word. What is wrong is told on its line with the nearest
    /// right word; a list that cannot be read is told of with the line and field in it. `check` does not run then and exits
    /// with 2.
    ///
    /// Example:
    ///
    /// ```toml
    /// [rules]
    /// unknwon-action = "error"
    /// ```
    ///
    /// Instead:
    ///
    /// ```toml
    /// [rules]
    /// unknown-action = "error"
    /// ```
    BAD_CONFIG {
        summary: "a misspelt key or rule, or a wrong value, in connect-policy.toml",
        group: Own,
        severity: Error,
        unit: Document,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// The project reports this rule when it reads the configuration file; policies never have it.
fn check(_: &RuleContext<'_>, _: &mut Acc<'_>) {}
