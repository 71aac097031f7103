//! An action that cannot be undone, or that stops service for callers.
//!
//! Deleting an instance takes all its recordings' records, flows and numbers along. A separate policy, held by few, keeps
//! such actions out of everyday work.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:DeleteInstance", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:ListQueues", "Resource": "*"}
//! ```

use super::{Findings, Rule, risk};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "destructive-action",
    summary: "an action that cannot be undone or stops service",
    severity: Severity::Information,
    source: include_str!("destructive_action.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    risk::tell(findings, "cannot be undone or stops service");
}
