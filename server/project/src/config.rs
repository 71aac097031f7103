//! `connect-policy.toml`: what a project settles for everybody who works on it, in the editor and in CI alike.
//!
//! [`options`] has the keys and their types, from which the JSON schema is made; `lenient` reads a text into them and keeps what
//! is right in it; [`load`] reads the file and the lists that it names; [`discover`] knows which file is in force for which document.

pub mod discover;
pub mod errors;
pub mod findings;
pub mod globs;
mod lenient;
pub mod load;
pub mod loaded;
pub mod options;
pub mod problem;
#[cfg(test)]
mod schema;
mod syntax_reason;
