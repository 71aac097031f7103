//! Rules on our own comments and configuration.

pub(super) mod bad_config;
pub(super) mod unused_ignore;
