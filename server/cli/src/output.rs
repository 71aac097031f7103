//! How what was found is written. Whatever comes from a document is escaped in each form.

pub(crate) mod access_report;
pub(crate) mod check_report;
pub(crate) mod fingerprint;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod paths;
pub(crate) mod sarif;
pub(crate) mod short;
pub(crate) mod summary;
