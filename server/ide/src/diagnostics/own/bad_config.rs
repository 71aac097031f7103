//! Rule `bad-config`.

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;

declare_rule! {
    /// Invalid `connect-policy.toml`
    ///
    /// Unknown keys, rules and values have no effect. They are reported on their line with the nearest valid name. Errors in
    /// a list that the configuration reads are reported with their line and field. `connect-policy check` exits with code 2
    /// without checking any file.
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
        summary: "invalid `connect-policy.toml`",
        group: Own,
        severity: Error,
        unit: Document,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// The project reports this rule when it reads the configuration file; policies never have it.
fn check(_: &RuleContext<'_>, _: &mut Acc<'_>) {}
