//! An ignore comment that ignores nothing.
//!
//! `connect-policy: ignore[rule, …]` in a comment rules its own line where it stands behind code, and the next line where
//! it stands alone. One that ignores nothing is left over from a mistake that was put right, misspelt, or on the wrong
//! line; it would hide the next mistake there.
//!
//! Example:
//!
//! ```yaml
//! Effect: Allow
//! Action: connect:DescribeUser # connect-policy: ignore[unknown-action]
//! Resource: "*"
//! ```
//!
//! Instead:
//!
//! ```yaml
//! Effect: Allow
//! Action: connect:DescribeUser
//! Resource: "*"
//! ```

use super::Rule;
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unused-ignore",
    summary: "an ignore comment that ignores nothing",
    severity: Severity::Hint,
    source: include_str!("unused_ignore.rs"),
    // What a comment ignores is known when all other rules have run.
    check: |_| {},
};
