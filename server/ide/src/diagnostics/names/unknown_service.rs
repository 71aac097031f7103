//! Rule `unknown-service`.

use connect_policy_catalog::Pattern;
use connect_policy_model::ActionVerdict;

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::known_action::is_known;
use crate::diagnostics::support::offer::Offer;
use crate::diagnostics::support::without_effect::{WithoutEffect, still_allowed, with_sentence};
use crate::finding::Applicability;

declare_rule! {
    /// Unknown service prefix
    ///
    /// IAM accepts the entry, but it grants nothing. The names of API clients are not always IAM prefixes: calls of
    /// `qconnect` are authorized by `wisdom` actions, and calls of `connectparticipant` by a token. Only prefixes similar to
    /// a known prefix or client name are reported.
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
        summary: "unknown service prefix",
        group: Names,
        severity: Warning,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for one in ctx.action_entries() {
        let ActionVerdict::UnknownService { prefix, suggestions } = one.verdict else { continue };
        let entry = one.entry;
        let without = WithoutEffect::of(ctx.document(), &one);
        let consequence = if without == WithoutEffect::Allow { String::new() } else { format!(", so it{}", without.words()) };
        let text = entry.text(ctx.document()).into_owned();
        let Some((written, name)) = text.split_once(':') else { continue };
        match prefix {
            Some(prefix) => {
                let names = right_names(ctx, name, prefix, suggestions.names());
                if names.is_empty() {
                    let message = format!("unknown service prefix `{written}`{consequence}; did you mean `{prefix}`?");
                    acc.report(entry.range.clone(), message);
                    continue;
                }
                let offer = Offer::new(ctx, acc, entry, &names, |known| {
                    let is_same = known.split_once(':').is_some_and(|(_, known)| known == name);
                    (is_same || suggestions.keeps_reach(known)).then_some(Applicability::Unsafe)
                });
                let message = format!("unknown service prefix `{written}`{consequence}{}", offer.advice);
                let message = with_sentence(message, &still_allowed(ctx, &one, &names));
                offer.add_to(acc.report(entry.range.clone(), message));
            }
            None => {
                let note =
                    ctx.catalog().client_name(written).and_then(|client| client.note).map_or(String::new(), |note| format!(": {note}"));
                acc.report(entry.range.clone(), format!("`{written}` is not an IAM service prefix{consequence}{note}"));
            }
        }
    }
}

/// The entry with the right prefix, and with a known name if its own is unknown; nothing if no name is known.
fn right_names(ctx: &RuleContext<'_>, name: &str, prefix: &str, suggested: &[String]) -> Vec<String> {
    if is_known(ctx.catalog(), prefix, name) && (suggested.is_empty() || Pattern::is_wild(name)) {
        return vec![format!("{prefix}:{name}")];
    }
    suggested.to_vec()
}
