//! New text in the style of the document around it.

mod insert;
mod remove;
pub(crate) mod rewrite_list;
pub(crate) mod slot;
mod style;
