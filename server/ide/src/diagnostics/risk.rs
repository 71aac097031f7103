//! Rules on what is dangerous to grant.

pub(super) mod allow_not_action;
pub(super) mod conflicting_permissions;
pub(super) mod confused_deputy;
pub(super) mod credential_exposure;
pub(super) mod data_exposure;
pub(super) mod destructive_action;
pub(super) mod full_access;
pub(super) mod privilege_escalation;
pub(super) mod restriction_bypass;
pub(super) mod risky_permission;
pub(super) mod traffic_redirect;
