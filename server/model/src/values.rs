//! What is written in a value's place, whatever the document is about: items of lists, functions, ARNs.

pub(crate) mod arn;
pub(crate) mod functions;
pub(crate) mod list_items;
pub(crate) mod nested_lists;
