//! Something in `connect-policy.toml` that is not understood.
//!
//! A misspelt key or rule would otherwise have no effect without a word. What is wrong is told on its line with the nearest
//! right word; a list that cannot be read is told of with the line and field in it. `check` does not run then and exits
//! with 2.
//!
//! Example:
//!
//! ```toml
//! [rules]
//! unknwon-action = "error"
//! ```
//!
//! Instead:
//!
//! ```toml
//! [rules]
//! unknown-action = "error"
//! ```

use super::Rule;
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "bad-config",
    summary: "a misspelt key or rule, or a wrong value, in connect-policy.toml",
    severity: Severity::Error,
    source: include_str!("bad_config.rs"),
    // The settings are read where files are; nothing of them stands in a policy.
    check: |_| {},
};
