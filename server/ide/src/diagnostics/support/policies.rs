//! Questions about a policy's kind.

use connect_policy_model::{Policy, PolicyKind};
use connect_policy_syntax::Document;

/// Whether what a policy does not allow is worth reporting: it belongs to an identity, or may, and so has all its statements
/// in one place.
pub(in crate::diagnostics) fn is_of_identity(policy: &Policy) -> bool {
    matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown)
}

/// Whether a policy uses IAM's variables: `${aws:username}`, `&{aws:username}` in Terraform, `${!aws:username}` in
/// CloudFormation's substitutions.
pub(in crate::diagnostics) fn has_variables(document: &Document, policy: &Policy) -> bool {
    let text = document.text().get(document.range(policy.node)).unwrap_or("");
    ["${aws:", "&{aws:", "${!aws:"].iter().any(|variable| text.contains(variable))
}
