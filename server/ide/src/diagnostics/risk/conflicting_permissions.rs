//! Two permissions of one profile of which one takes away what the other gives.
//!
//! With redacted and unredacted recordings in one profile, the redacted version is shown wherever there is one. Permissions
//! add up over all profiles of a user, so this also holds for users with two profiles.
//!
//! Example:
//!
//! ```json
//! {"SecurityProfileName": "Agents", "Permissions": ["BasicAgentAccess", "SelfAssignContacts.Access", "RestrictTaskCreation.Access"]}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"SecurityProfileName": "Agents", "Permissions": ["BasicAgentAccess", "SelfAssignContacts.Access"]}
//! ```

use super::held::{Held, profiles};
use super::{Findings, Rule};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "conflicting-permissions",
    summary: "two permissions of which one takes away what the other gives",
    severity: Severity::Information,
    source: include_str!("conflicting_permissions.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for known in profiles(findings) {
        let held = Held::by(findings, &known.list);
        for relation in findings.context.catalog.relations() {
            let is_sure = relation.basis == "stated" || relation.fires_on_samples.is_empty();
            if !matches!(relation.kind, "masks" | "conflicts") || !is_sure {
                continue;
            }
            for (from, to) in relation.from.iter().flat_map(|from| relation.to.iter().map(move |to| (*from, *to))) {
                let (Some(winner), Some(loser)) = (held.get(from), held.get(to)) else { continue };
                if held.together(winner, loser) {
                    let why = relation.note.map_or(String::new(), |note| format!(": {note}"));
                    findings.add_counted(findings.rule.severity, loser, format!("`{from}` in this profile takes away from `{to}`{why}"));
                }
            }
        }
    }
}
