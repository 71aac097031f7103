//! New text in the style of the document around it.

pub(crate) mod break_list;
mod commas;
mod insert;
mod remove;
pub(crate) mod rewrite_list;
pub(crate) mod slot;
mod style;
