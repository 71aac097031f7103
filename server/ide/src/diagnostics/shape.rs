//! Rules on the form of statements, policies and profiles.

pub(super) mod bad_sid;
pub(super) mod duplicate_entry;
pub(super) mod embedded_syntax;
pub(super) mod invalid_effect;
pub(super) mod invalid_structure;
pub(super) mod invalid_version;
pub(crate) mod json_syntax;
pub(super) mod missing_element;
pub(super) mod old_version;
pub(super) mod policy_size;
pub(super) mod profile_limits;
pub(super) mod redundant_action;
pub(super) mod unknown_element;
