//! Questions about a policy's kind.

use connect_policy_model::{Policy, PolicyKind};

/// Whether what a policy does not allow is worth reporting: it belongs to an identity, or may, and so has all its statements
/// in one place.
pub(in crate::diagnostics) fn is_of_identity(policy: &Policy) -> bool {
    matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown)
}
