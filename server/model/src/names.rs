//! Names of actions and permissions: one verdict a name, with what a wrong one was meant to be.

pub(crate) mod classifier;
pub(crate) mod invisible;
pub mod nearest;
pub(crate) mod suggest;
pub(crate) mod suggestions;
pub(crate) mod unknown_permission;
pub(crate) mod verdict;
