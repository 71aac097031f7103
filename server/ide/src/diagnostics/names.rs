//! Rules on the spelling and existence of names: actions, service prefixes, permissions.

pub(super) mod action_case;
pub(super) mod dead_wildcard;
pub(super) mod legacy_action;
pub(super) mod malformed_action;
pub(super) mod permission_case;
pub(super) mod renamed_permission;
pub(super) mod ui_label;
pub(super) mod unknown_action;
pub(super) mod unknown_permission;
pub(super) mod unknown_service;
