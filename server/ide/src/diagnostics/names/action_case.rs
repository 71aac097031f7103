//! Rule `action-case`.

use connect_policy_catalog::Pattern;
use connect_policy_model::{ActionVerdict, Entry};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::{ActionEntry, RuleContext};
use crate::diagnostics::support::offer::replacement;
use crate::finding::{Applicability, Fix, TextEdit};

declare_rule! {
    /// Action has nonstandard capitalization
    ///
    /// IAM ignores case, but text search and other tools do not: searching for `connect:ListUsers` does not find
    /// `connect:listusers`. If more than five actions of a policy are spelled differently, they are reported as one finding.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:listUsers", "Resource": "*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:ListUsers", "Resource": "*"}
    /// ```
    ACTION_CASE {
        summary: "action has nonstandard capitalization",
        group: Names,
        severity: Hint,
        unit: Entry,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// An entry with AWS's spelling of it.
type Misspelled<'a> = (&'a Entry, String);

/// More findings than this in one policy are reported as one.
const MAX_SINGLE: usize = 5;

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let mut groups: Vec<(Option<usize>, Vec<Misspelled<'_>>)> = Vec::new();
    for one in ctx.action_entries().filter(|one| one.is_in_scope) {
        let Some(name) = right_name(ctx, &one) else { continue };
        let policy = one.place.map(|place| place.policy);
        match groups.last_mut().filter(|(last, _)| *last == policy) {
            Some((_, entries)) => entries.push((one.entry, name)),
            None => groups.push((policy, vec![(one.entry, name)])),
        }
    }
    for (_, entries) in groups {
        if entries.len() > MAX_SINGLE {
            report_all(ctx, acc, &entries);
            continue;
        }
        for (entry, name) in entries {
            // Another spelling of the same action in the list is a duplicate, which only that rule removes. If both rules removed
            // an entry because of the other one, none would be left.
            let is_covered = ctx.held().by(entry, &name).is_some_and(Pattern::is_wild);
            let fix = if is_covered {
                replacement(ctx, acc, entry, &name, Applicability::Safe)
            } else {
                Some(acc.replace(entry, &name, Applicability::Safe))
            };
            acc.report(entry.range.clone(), format!("AWS spells this action `{name}`")).fixes.extend(fix);
        }
    }
}

/// One finding for a whole policy, at the first of its entries.
fn report_all(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, entries: &[Misspelled<'_>]) {
    let Some((first, name)) = entries.first() else { return };
    let document = ctx.document();
    let edit = |(entry, name): &Misspelled<'_>| {
        let new_text = document.format_entry(Some(entry.node), &entry.range, name);
        TextEdit { range: entry.range.clone(), new_text }
    };
    let mut edits: Vec<TextEdit> = entries.iter().map(edit).collect();
    edits.sort_by_key(|edit| edit.range.start);
    let count = entries.len();
    let title = format!("Correct the capitalization of {count} actions");
    let message = format!("{count} actions of this policy have nonstandard capitalization; AWS spells the first one `{name}`");
    acc.report(first.range.clone(), message).fixes.push(Fix { title, applicability: Applicability::Safe, edits });
}

/// AWS's spelling of an action that is spelled differently.
fn right_name(ctx: &RuleContext<'_>, one: &ActionEntry<'_>) -> Option<String> {
    let text = one.entry.text(ctx.document());
    match one.verdict {
        ActionVerdict::Known { service, action } if !is_spelt(&text, service.prefix, action.name) => {
            Some(format!("{}:{}", service.prefix, action.name))
        }
        ActionVerdict::Added(added) if added.name != *text => Some(added.name.clone()),
        _ => None,
    }
}

fn is_spelt(text: &str, prefix: &str, name: &str) -> bool {
    text.split_once(':') == Some((prefix, name))
}
