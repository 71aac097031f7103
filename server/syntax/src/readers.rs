//! The readers, one a format. They never fail, and each fills the same tree.

pub(crate) mod hcl;
pub(crate) mod json;
pub(crate) mod yaml;
