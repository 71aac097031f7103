//! One reader for each format. Readers never fail, and all fill the same tree.

pub(crate) mod hcl;
pub(crate) mod json;
pub(crate) mod yaml;
