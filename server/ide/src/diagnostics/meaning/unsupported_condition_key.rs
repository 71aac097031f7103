//! Rule `unsupported-condition-key`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use connect_policy_catalog::{Action, Pattern, Service};
use connect_policy_model::{ActionVerdict, Comparison, Effect, PolicyKind, Role, Statement, Verdict};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::missing_key::matches_without_key;
use crate::finding::Severity;

declare_rule! {
    /// Condition is never or always true
    ///
    /// Requests of some actions do not include every `connect:` condition key. Without the key, `StringEquals` and
    /// `ForAnyValue:…` never match; `StringNotEquals`, `…IfExists` and `ForAllValues:…` always match. A Deny that never matches
    /// blocks nothing, and an Allow that always matches is not limited by the condition.
    ///
    /// The level is warning unless the condition only makes the statement stricter for some of its actions.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*",
    ///  "Condition": {"StringEquals": {"connect:Channel": "VOICE"}}}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*",
    ///  "Condition": {"StringEquals": {"connect:InstanceId": "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"}}}
    /// ```
    UNSUPPORTED_CONDITION_KEY {
        summary: "condition is never or always true",
        group: Meaning,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for (_, policy) in ctx.policies().filter(|(_, policy)| !matches!(policy.kind, PolicyKind::Trust | PolicyKind::Resource)) {
        for statement in &policy.statements {
            let effect = statement.effect(document);
            if effect == Effect::Unknown {
                continue;
            }
            let comparisons = statement.conditions(document).comparisons;
            let Some(actions) = (!comparisons.is_empty()).then(|| Actions::of(ctx, statement)).flatten() else { continue };
            for comparison in comparisons.iter().take(MAX_COMPARISONS) {
                check_comparison(ctx, acc, &actions, effect, comparison);
            }
        }
    }
}

/// How many comparisons of a statement are checked; no person writes more.
const MAX_COMPARISONS: usize = 50;

fn check_comparison(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, actions: &Actions, effect: Effect, comparison: &Comparison) {
    let document = ctx.document();
    let text = document.value(comparison.key);
    let Some(known) = ctx.catalog().condition_key(&text).filter(|known| known.key.starts_with("connect:")) else { return };
    let is_listed =
        || ctx.catalog().service("connect").is_some_and(|service| service.condition_keys.iter().any(|listed| listed.key == known.key));
    let Some(matches) = matches_without_key(document, comparison).filter(|_| is_listed()) else { return };
    let support = Support::of(actions, known.key);
    let whole = !support.has_other;
    // An Allow with wildcards grants what matches the condition, as intended.
    if support.lacking.is_empty() || (!whole && support.named.is_empty() && (effect == Effect::Allow) != matches) {
        return;
    }
    let severity = match (effect, matches) {
        _ if whole => Severity::Warning,
        // The holes are what matters: an Allow without its limit, a Deny that does not block.
        (Effect::Allow, true) | (Effect::Deny, false) => Severity::Warning,
        _ => Severity::Information,
    };
    let message = if whole {
        let outcome = match (effect, matches) {
            (Effect::Deny, false) => "never matches and blocks nothing",
            (Effect::Deny, true) => "always matches and does not limit this Deny",
            (_, false) => "never matches and nothing is allowed",
            (_, true) => "always matches and does not limit this Allow",
        };
        format!("no action in this statement supports `{}`, so the condition {outcome}", known.key)
    } else {
        let (verb, pronoun) = if support.lacking.len() == 1 { ("does", "it is") } else { ("do", "they are") };
        let lack = format!("{} {verb} not support `{}`", support.names(), known.key);
        match (effect, matches) {
            (Effect::Deny, false) => format!("{lack}, so the condition never matches and {pronoun} not blocked"),
            (Effect::Deny, true) => format!("{lack}, so the condition always matches and {pronoun} blocked"),
            (_, false) => format!("{lack}, so the condition never matches and {pronoun} not allowed"),
            (_, true) => format!("{lack}, so the condition always matches and {pronoun} allowed without it"),
        }
    };
    acc.report_at(severity, document.inner(comparison.key), message);
}

/// The actions of a statement.
#[derive(Default)]
struct Actions {
    /// By full name, with whether it is written out.
    known: BTreeMap<String, (&'static Service, &'static Action, bool)>,
    /// Whether there are others.
    has_other: bool,
}

impl Actions {
    /// `None` if the statement is not about the actions that it lists.
    fn of(ctx: &RuleContext<'_>, statement: &Statement) -> Option<Actions> {
        if statement.lists(Role::NotAction).next().is_some() {
            return None;
        }
        let mut actions = Actions::default();
        let mut seen = HashSet::new();
        for list in statement.lists(Role::Action) {
            actions.has_other |= list.has_unknown || list.is_incomplete;
            for entry in list.effective_entries(ctx.document()).filter(|entry| seen.insert(entry.text.to_ascii_lowercase())) {
                match entry.verdict() {
                    Verdict::Action(ActionVerdict::Known { service, action }) => actions.add(service, action, true),
                    Verdict::Action(ActionVerdict::Pattern { count }) => {
                        let matched = Pattern::new(&entry.text).map(|pattern| ctx.catalog().matching(&pattern)).unwrap_or_default();
                        // What is known by its name only may have the key.
                        actions.has_other |= matched.len() < *count;
                        matched.into_iter().for_each(|(service, action)| actions.add(service, action, false));
                    }
                    // A wrong name has no request.
                    Verdict::Action(ActionVerdict::Unknown { .. } | ActionVerdict::DeadPattern { .. } | ActionVerdict::Removed(_)) => {}
                    _ => actions.has_other = true,
                }
            }
        }
        Some(actions)
    }

    fn add(&mut self, service: &'static Service, action: &'static Action, is_named: bool) {
        let name = format!("{}:{}", service.prefix, action.name);
        self.known.entry(name).or_insert((service, action, false)).2 |= is_named;
    }
}

/// The actions of a statement that do not support a condition key.
#[derive(Default)]
struct Support {
    /// Those without it, full names.
    lacking: BTreeSet<String>,
    /// Those of them that are written out.
    named: BTreeSet<String>,
    /// Whether there are actions that have it, or may have it.
    has_other: bool,
}

impl Support {
    fn of(actions: &Actions, key: &str) -> Support {
        let mut support = Support { has_other: actions.has_other, ..Support::default() };
        for (name, &(service, action, is_named)) in &actions.known {
            if !action.disputed.conditions.is_empty() || action.access.is_none() || has_key(service, action, key) {
                support.has_other = true;
                continue;
            }
            support.lacking.insert(name.clone());
            if is_named {
                support.named.insert(name.clone());
            }
        }
        support
    }

    /// The actions without the key, the written ones first.
    fn names(&self) -> String {
        const MAX_NAMES: usize = 3;
        let written = self.named.iter().chain(self.lacking.difference(&self.named)).map(String::as_str);
        let names = describe::codes(written.take(MAX_NAMES));
        match self.lacking.len().saturating_sub(MAX_NAMES) {
            0 => names,
            1 => format!("{names} and 1 other action"),
            more => format!("{names} and {more} other actions"),
        }
    }
}

fn has_key(service: &Service, action: &Action, key: &str) -> bool {
    let of_resources = action.resources.iter().filter_map(|used| service.resource_type(used.name)).flat_map(|kind| &kind.conditions);
    action.conditions.iter().chain(of_resources).any(|condition| condition.eq_ignore_ascii_case(key))
}
