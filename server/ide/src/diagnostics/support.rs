//! What several rules share.

pub(super) mod condition_operators;
pub(super) mod full_access;
pub(super) mod held;
pub(super) mod instance_id;
pub(super) mod known_action;
pub(super) mod missing_key;
pub(super) mod nested_arn;
pub(super) mod offer;
pub(super) mod policies;
pub(super) mod profile_permissions;
pub(super) mod resource_entries;
pub(super) mod risk_findings;
pub(super) mod risks;
pub(super) mod unknown_names;
pub(super) mod unnecessary;
pub(super) mod white_space;
pub(super) mod without_effect;
