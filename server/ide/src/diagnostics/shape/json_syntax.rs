//! Rule `json-syntax`.

use connect_policy_model::PermissionContext;

use crate::context::Context;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::Finding;

declare_rule! {
    /// Policy file is not valid JSON
    ///
    /// Reported by `connect-policy check` only, because editors show syntax errors of JSON files themselves. Comments are
    /// accepted; in `.jsonc` and `.json5` files, nothing is reported.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers" "Resource": "*"}]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}]}
    /// ```
    JSON_SYNTAX {
        summary: "policy file is not valid JSON",
        group: Shape,
        severity: Error,
        unit: Document,
        is_risk: false,
        fixes: Never,
    }
}

/// Runs apart from the other rules: see [`find`].
fn check(_: &RuleContext<'_>, _: &mut Acc<'_>) {}

/// The syntax errors of a JSON file that holds a policy or a security profile.
pub(crate) fn find(context: &Context<'_>) -> Vec<Finding> {
    let holds_policy = context.meaning.policies.iter().any(|policy| policy.is_in_scope);
    let holds_profile = || context.meaning.permission_lists.iter().any(|known| known.context == PermissionContext::Profile);
    if !holds_policy && !holds_profile() {
        return Vec::new();
    }
    let errors = context.document.strict_json_errors().into_iter();
    let finding = |error: connect_policy_syntax::SyntaxError| {
        Finding::new(JSON_SYNTAX.code, JSON_SYNTAX.severity, error.range, format!("invalid JSON: {}", error.message))
    };
    errors.map(finding).collect()
}
