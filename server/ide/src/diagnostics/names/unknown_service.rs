//! An action entry whose prefix is none of IAM's.
//!
//! The names of the API's clients are not always IAM prefixes: calls of `qconnect` are authorised by `wisdom` actions, and
//! those of `connectparticipant` by a token. IAM takes the entry without a word, and it grants nothing. Only prefixes that
//! are near a known one or a known client's name are told of.
//!
//! Example:
//!
//! ```json
//! {"Effect": "Allow", "Action": ["qconnect:ListAssistants", "connect:ListUsers"], "Resource": "*"}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"Effect": "Allow", "Action": ["wisdom:ListAssistants", "connect:ListUsers"], "Resource": "*"}
//! ```

use connect_policy_model::ActionVerdict;

use super::{Findings, Rule, did_you_mean};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unknown-service",
    summary: "an action entry whose service prefix does not exist",
    severity: Severity::Warning,
    source: include_str!("unknown_service.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    for (entry, verdict, _) in findings.action_entries() {
        let ActionVerdict::UnknownService { prefix } = verdict else { continue };
        let text = entry.text(findings.context.document).into_owned();
        let Some((written, name)) = text.split_once(':') else { continue };
        match prefix {
            Some(prefix) => {
                let names = right_names(findings, name, prefix);
                let fixes: Vec<_> = names.iter().map(|name| findings.replace(entry, name, false)).collect();
                let message = format!("`{written}` is no IAM prefix{}", did_you_mean(&names));
                findings.add(entry.range.clone(), message).fixes = fixes;
            }
            None => {
                let note = findings
                    .context
                    .catalog
                    .client_name(written)
                    .and_then(|client| client.note)
                    .map_or(String::new(), |note| format!(": {note}"));
                findings.add(entry.range.clone(), format!("`{written}` is no IAM prefix, and none authorises its calls{note}"));
            }
        }
    }
}

/// The entry with the right prefix, its name mended too where that is needed.
fn right_names(findings: &mut Findings<'_>, name: &str, prefix: &str) -> Vec<String> {
    let moved = format!("{prefix}:{name}");
    let names = findings.nearest_actions(&moved, prefix);
    if name.contains('*') || names.is_empty() { vec![moved] } else { names }
}
