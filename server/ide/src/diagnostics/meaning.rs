//! Rules on what entries, resources and conditions mean together.

pub(super) mod condition_operator;
pub(super) mod condition_value;
pub(super) mod edit_without_view;
pub(super) mod malformed_arn;
pub(super) mod missing_dependent_action;
pub(super) mod missing_permission;
pub(super) mod missing_resource_type;
pub(super) mod resource_mismatch;
pub(super) mod unknown_condition_key;
pub(super) mod unknown_resource_type;
pub(super) mod unsupported_condition_key;
