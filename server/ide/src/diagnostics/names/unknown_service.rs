//! Rule `unknown-service`.

use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::{Acc, did_you_mean};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::Applicability;

declare_rule! {
    /// An action entry whose prefix is none of IAM's.
    ///
    /// The names of the API's clients are not always IAM prefixes: calls of `qconnect` are authorised by `wisdom` actions, and
    /// those of `connectparticipant` by a token. IAM takes the entry without a word, and it grants nothing. Only prefixes that
    /// are near a known one or a known client's name are told of.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["qconnect:ListAssistants", "connect:ListUsers"], "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": ["wisdom:ListAssistants", "connect:ListUsers"], "Resource": "*"}
    /// ```
    UNKNOWN_SERVICE {
        summary: "an action entry whose service prefix does not exist",
        group: Names,
        severity: Warning,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for (entry, verdict, _) in ctx.action_entries() {
        let ActionVerdict::UnknownService { prefix, suggestions } = verdict else { continue };
        let text = entry.text(ctx.document()).into_owned();
        let Some((written, name)) = text.split_once(':') else { continue };
        match prefix {
            Some(prefix) => {
                let names = right_names(name, prefix, suggestions.names());
                let fixes: Vec<_> = names.iter().map(|name| acc.replace(entry, name, Applicability::Unsafe)).collect();
                let message = format!("`{written}` is no IAM prefix{}", did_you_mean(&names));
                acc.report(entry.range.clone(), message).fixes = fixes;
            }
            None => {
                let note =
                    ctx.catalog().client_name(written).and_then(|client| client.note).map_or(String::new(), |note| format!(": {note}"));
                acc.report(entry.range.clone(), format!("`{written}` is no IAM prefix, and none authorises its calls{note}"));
            }
        }
    }
}

/// The entry with the right prefix, and with a known name if its own is unknown.
fn right_names(name: &str, prefix: &str, suggested: &[String]) -> Vec<String> {
    if name.contains('*') || suggested.is_empty() { vec![format!("{prefix}:{name}")] } else { suggested.to_vec() }
}
