//! What only one tool's files have: the keys of templates, resources and requests.

pub mod key_tables;
