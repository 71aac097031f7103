//! An action that reads what customers said or who they are, or redirects where recordings and transcripts are stored.
//!
//! Nothing is wrong with it where it is meant; a list of such entries is what a review asks for.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:MonitorContact", "Resource": "*"}
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
    code: "data-exposure",
    summary: "an action that reads customer data or redirects where it is stored",
    severity: Severity::Information,
    source: include_str!("data_exposure.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    risk::tell(findings, "gives access to customer data");
}
