//! New text, written as the document around it is written.

mod insert;
mod remove;
pub(crate) mod rewrite_list;
mod style;
