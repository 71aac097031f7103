//! Changes that make a statement two, or add a statement.

pub(crate) mod additions;
pub(crate) mod parting;
