//! The risky entries of a document, computed once for all rules on risk: what a policy allows minus what it denies on everything
//! without a condition, one finding an entry, the worst first.

use std::collections::HashMap;
use std::rc::Rc;

use connect_policy_catalog::{Catalog, Pattern, Risk, RiskLevel};
use connect_policy_model::{ActionVerdict, EffectiveEntry, Role, Statement, Verdict};
use connect_policy_syntax::Document;

use super::policies::is_of_identity;
use crate::context::Context;
use crate::finding::Severity;
use connect_policy_model::{is_all, is_narrowed};

/// A risky entry, and the rule that reports it.
#[derive(Clone, Debug)]
pub(in crate::diagnostics) struct Risky<'a> {
    pub(in crate::diagnostics) rule: &'static str,
    pub(in crate::diagnostics) severity: Severity,
    pub(in crate::diagnostics) entry: EffectiveEntry<'a>,
    /// The risk that it reaches, the worst.
    pub(in crate::diagnostics) risk: &'static Risk,
    /// How many others it reaches by a wildcard.
    pub(in crate::diagnostics) others: usize,
}

/// The rules on single actions, the worst first.
const RULES: [&str; 4] = ["credential-exposure", "privilege-escalation", "data-exposure", "destructive-action"];

/// Conditions that remove the risk of an action.
const GUARDS: &[(&str, &str)] = &[("iam:CreateServiceLinkedRole", "iam:AWSServiceName"), ("iam:PassRole", "iam:PassedToService")];

/// The risky entries of a document's policies about Amazon Connect. `denies` tells whether a policy, by its index in the
/// document, denies an action.
pub(in crate::diagnostics) fn find<'a>(context: &Context<'a>, denies: impl Fn(usize, &str) -> bool) -> Vec<Risky<'a>> {
    let document = context.document;
    let risks: Vec<(usize, &'static Risk)> = worst_first(context.catalog.risks());
    let by_name: HashMap<String, usize> =
        risks.iter().enumerate().map(|(index, (_, risk))| (risk.action.to_ascii_lowercase(), index)).collect();
    // The risks that a pattern matches, for patterns that occur in many statements.
    let mut reached: HashMap<String, Rc<[usize]>> = HashMap::new();
    let mut found = Vec::new();
    for (index, policy) in context.meaning.policies.iter().enumerate() {
        if !policy.is_in_scope || !is_of_identity(policy) {
            continue;
        }
        let mut denied: HashMap<usize, bool> = HashMap::new();
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            let mut narrowed = None;
            for entry in statement.lists(Role::Action).flat_map(|list| list.effective_entries(document)) {
                let Some(is_wild) = is_pattern(&entry) else { continue };
                let candidates = reached.entry(entry.text.to_ascii_lowercase()).or_insert_with_key(|text| {
                    if is_wild { by_pattern(&risks, text) } else { by_name.get(text).copied().into_iter().collect() }
                });
                let mut open =
                    candidates.iter().copied().filter(|&risk| !*denied.entry(risk).or_insert_with(|| denies(index, risks[risk].1.action)));
                let Some(worst) = open.next() else { continue };
                let (rank, risk) = risks[worst];
                let is_narrow = *narrowed.get_or_insert_with(|| is_narrowed(document, statement));
                let Some(severity) = severity(risk, is_wild, is_narrow).filter(|_| !is_guarded(document, statement, risk)) else {
                    continue;
                };
                found.push(Risky { rule: RULES[rank], severity, entry, risk, others: open.count() });
            }
        }
    }
    found
}

/// Whether one of some actions is reported as a risk, so that no fix adds it.
pub(in crate::diagnostics) fn allows_risk(catalog: &Catalog, names: &[&str]) -> bool {
    names.iter().any(|name| catalog.risk(name).is_some_and(|risk| risk.rule.is_some()))
}

/// The risks of rules on single actions, with their rule's rank: warnings before information, then by rule.
fn worst_first(risks: &'static [Risk]) -> Vec<(usize, &'static Risk)> {
    let mut ranked: Vec<(usize, &'static Risk)> =
        risks.iter().filter_map(|risk| Some((RULES.iter().position(|rule| risk.rule == Some(rule))?, risk))).collect();
    ranked.sort_by_key(|(rank, risk)| (risk.level != Some(RiskLevel::Warning), *rank, risk.action));
    ranked
}

/// Whether an entry is a pattern; `None` for entries that full-access reports and for those that grant nothing known.
fn is_pattern(entry: &EffectiveEntry<'_>) -> Option<bool> {
    match entry.verdict() {
        Verdict::Action(ActionVerdict::Known { .. } | ActionVerdict::Unlisted(_)) => Some(false),
        Verdict::Action(ActionVerdict::Pattern { .. }) => (!is_all(&entry.text)).then_some(true),
        _ => None,
    }
}

fn by_pattern(risks: &[(usize, &'static Risk)], text: &str) -> Rc<[usize]> {
    let Some(pattern) = Pattern::new(text) else { return Rc::new([]) };
    (0..risks.len()).filter(|&index| pattern.matches(risks[index].1.action)).collect()
}

/// Whether the statement has the very condition that limits a risk: `iam:PassRole` with `iam:PassedToService`.
fn is_guarded(document: &Document, statement: &Statement, risk: &Risk) -> bool {
    let Some((_, key)) = GUARDS.iter().find(|(action, _)| *action == risk.action) else { return false };
    statement.conditions(document).comparisons.iter().any(|comparison| document.value(comparison.key).eq_ignore_ascii_case(key))
}

/// The level of an entry. A pattern gets information at most, and on named resources a hint if the risk is a warning.
fn severity(risk: &Risk, is_wild: bool, is_narrow: bool) -> Option<Severity> {
    let own = if risk.level == Some(RiskLevel::Warning) { Severity::Warning } else { Severity::Information };
    match (is_wild, is_narrow) {
        (false, false) => Some(own),
        (false, true) => own.lower(),
        (true, false) => Some(Severity::Information),
        (true, true) => (own == Severity::Warning).then_some(Severity::Hint),
    }
}
