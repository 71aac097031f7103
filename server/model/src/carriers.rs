//! The tools whose files contain policies and permission lists: one value and one file a tool. No file outside this folder
//! knows a key of a template.
//!
//! A further tool is a file with its `Carrier` and a line in `table.rs`.

pub(crate) mod attachment;
pub(crate) mod by_content;
pub(crate) mod carrier;
pub(crate) mod classify;
pub(crate) mod key_places;
pub mod key_tables;
pub mod keys;
pub(crate) mod markers;
pub(crate) mod own_output;
pub(crate) mod policy_kind;
pub(crate) mod profile_property;
pub(crate) mod table;
pub(crate) mod vocabulary;

pub(crate) mod cloudformation;
pub(crate) mod connect_api;
pub(crate) mod iam;
pub(crate) mod serverless;
pub(crate) mod terraform;
