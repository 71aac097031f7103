//! What several rules share.

pub(super) mod nested_arn;
pub(super) mod policies;
pub(super) mod profile_permissions;
pub(super) mod resource_entries;
pub(super) mod risk_findings;
pub(super) mod risks;
pub(super) mod unnecessary;
pub(super) mod white_space;
