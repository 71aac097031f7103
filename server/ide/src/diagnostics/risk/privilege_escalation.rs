//! An action by which whoever holds it can gain rights, or give them to others.
//!
//! Whoever creates users or changes their security profiles can make administrators of them; whoever writes security
//! profiles can widen one that is already held. Where this is the policy's purpose, name the resources, and guard it with a
//! condition. Actions that console tasks need, such as `iam:PutRolePolicy`, are information. Named resources or a condition
//! lower the level by one; what only a wildcard reaches is information.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:UpdateUserSecurityProfiles", "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": "connect:UpdateUserRoutingProfile", "Resource": "*"}
//! ```

use super::{Findings, Rule, risk};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "privilege-escalation",
    summary: "an action by which its holder can gain rights",
    severity: Severity::Warning,
    source: include_str!("privilege_escalation.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    risk::tell(findings, "lets its holder gain rights");
}
