//! Policies: statements, the entries of their lists, and what they grant together.

pub(crate) mod ceilings;
pub(crate) mod condition;
pub(crate) mod effective_entries;
pub(crate) mod entry_list;
pub(crate) mod grants;
pub(crate) mod instance_reference;
pub(crate) mod kind;
pub(crate) mod lambda_permission;
pub(crate) mod policy_use;
pub(crate) mod reach;
pub(crate) mod scope;
pub(crate) mod size;
pub(crate) mod statement;
pub(crate) mod structure;
