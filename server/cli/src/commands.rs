//! The commands, each a file.

pub(crate) mod catalog;
pub(crate) mod catalog_diff;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod lsp;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod report;
pub(crate) mod rules;
pub(crate) mod tour;
