//! New text in the style of the document around it.

pub(crate) mod break_list;
mod insert;
mod remove;
pub(crate) mod rewrite_list;
pub(crate) mod slot;
mod style;
