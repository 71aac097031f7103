//! An action that hands out a token with which somebody signs in.
//!
//! Emergency access signs in as an administrator, whatever the person's own profile. AWS's read-only policy denies it,
//! because `connect:Get*` and the like do not, and so may yours.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:AdminGetEmergencyAccessToken", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*"}
//! ```

use super::{Findings, Rule, risk};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "credential-exposure",
    summary: "an action that hands out sign-in tokens",
    severity: Severity::Warning,
    source: include_str!("credential_exposure.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    risk::tell(findings, "hands out a way to sign in");
}
