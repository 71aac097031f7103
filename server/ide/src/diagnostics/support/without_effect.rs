//! What an entry that does not match anything fails to do: in an Allow it grants nothing, in a Deny it blocks nothing.

use connect_policy_catalog::Pattern;
use connect_policy_model::{Effect, Role};
use connect_policy_syntax::Document;

use crate::diagnostics::rule_context::{ActionEntry, RuleContext};
use crate::diagnostics::support::resource_entries::ResourceEntry;
use crate::finding::Severity;

/// Where an entry without a match is, which decides what it fails to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::diagnostics) enum WithoutEffect {
    /// It grants nothing.
    Allow,
    /// It blocks nothing.
    Deny,
    /// It exempts nothing, in an Allow or a Deny.
    NotAction { is_deny: bool },
}

impl WithoutEffect {
    /// Where an action entry is.
    pub(in crate::diagnostics) fn of(document: &Document, entry: &ActionEntry<'_>) -> WithoutEffect {
        let Some(place) = entry.place else { return WithoutEffect::Allow };
        let is_deny = place.statement.effect(document) == Effect::Deny;
        match (place.role, is_deny) {
            (Role::NotAction, _) => WithoutEffect::NotAction { is_deny },
            (_, true) => WithoutEffect::Deny,
            (_, false) => WithoutEffect::Allow,
        }
    }

    /// The words for it, behind a name: " blocks nothing". Blank where it is what everybody expects.
    pub(in crate::diagnostics) fn words(self) -> &'static str {
        match self {
            WithoutEffect::Allow => "",
            WithoutEffect::Deny => " blocks nothing",
            WithoutEffect::NotAction { .. } => " exempts nothing",
        }
    }

    /// The level of a finding about it: at least warning in a Deny.
    pub(in crate::diagnostics) fn severity(self, own: Severity) -> Severity {
        match self {
            WithoutEffect::Deny | WithoutEffect::NotAction { is_deny: true } => own.min(Severity::Warning),
            _ => own,
        }
    }
}

/// How many entries of a policy are compared with an action; no person writes more.
const MAX_COMPARED: usize = 500;

/// For a Deny that blocks nothing: the entry of the same policy that still allows what was most likely meant. A sentence to
/// append to a message; blank if nothing allows it.
pub(in crate::diagnostics) fn still_allowed(ctx: &RuleContext<'_>, entry: &ActionEntry<'_>, meant: &[String]) -> String {
    let document = ctx.document();
    let Some(place) = entry.place.filter(|_| WithoutEffect::of(document, entry) == WithoutEffect::Deny) else {
        return String::new();
    };
    let policy = &ctx.meaning().policies[place.policy];
    let grants = ctx.grants(place.policy);
    for name in meant.iter().filter_map(|name| example(ctx, name)) {
        if !grants.allows(&name) || grants.denies(&name) {
            continue;
        }
        let allowing = policy.statements.iter().enumerate().filter(|(_, statement)| statement.is_allow(document));
        let entries = allowing.flat_map(|(index, statement)| {
            let entries = statement.lists(Role::Action).flat_map(|list| list.effective_entries(document));
            entries.map(move |entry| (index, entry))
        });
        let allows = |text: &str| {
            if Pattern::is_wild(text) {
                Pattern::new(text).is_some_and(|pattern| pattern.matches(&name))
            } else {
                text.eq_ignore_ascii_case(&name)
            }
        };
        if let Some((index, allows)) = entries.take(MAX_COMPARED).find(|(_, entry)| allows(&entry.text)) {
            let by = if allows.text.eq_ignore_ascii_case(&name) { String::new() } else { format!("`{}` in ", allows.text) };
            return format!("{by}statement {} allows `{name}`", index + 1);
        }
    }
    String::new()
}

/// An action that a name or pattern stands for.
fn example(ctx: &RuleContext<'_>, name: &str) -> Option<String> {
    if !Pattern::is_wild(name) {
        return Some(name.to_owned());
    }
    let matched = ctx.catalog().matching(&Pattern::new(name)?);
    matched.first().map(|(service, action)| format!("{}:{}", service.prefix, action.name))
}

/// A message with a further sentence behind it.
pub(in crate::diagnostics) fn with_sentence(message: String, sentence: &str) -> String {
    match (sentence, message.ends_with('?')) {
        ("", _) => message,
        (_, true) => format!("{message} {}", capitalized(sentence)),
        (_, false) => format!("{message}. {}", capitalized(sentence)),
    }
}

fn capitalized(sentence: &str) -> String {
    let (first, rest) = sentence.split_at(sentence.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest
}

/// The message about an ARN that does not match anything: in a Deny it says so. Its level is at least warning there.
pub(in crate::diagnostics) fn about_arn(
    document: &Document,
    place: &ResourceEntry<'_>,
    own: Severity,
    message: String,
) -> (Severity, String) {
    match (place.statement.effect(document), place.role) {
        (Effect::Deny, Role::Resource) => (own.min(Severity::Warning), with_sentence(message, "As written, this ARN blocks nothing")),
        _ => (own, message),
    }
}
