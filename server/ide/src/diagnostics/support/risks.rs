//! The risky entries of a document, computed once for all rules on risk: what a policy allows minus what it denies on everything
//! without a condition, one finding an entry, the worst first.

use std::collections::HashMap;
use std::rc::Rc;

use connect_policy_catalog::{Catalog, Pattern, Risk, RiskLevel};
use connect_policy_model::{ActionVerdict, EffectiveEntry, Grants, Policy, Role, Statement, Verdict};
use connect_policy_syntax::{Document, NodeId};

use super::full_access::{Covered, full_access};
use super::missing_key::matches_without_key;
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
    pub(in crate::diagnostics) policy: &'a Policy,
    pub(in crate::diagnostics) statement: &'a Statement,
    /// The risks that it reaches, the worst first; several only by a wildcard.
    pub(in crate::diagnostics) risks: Vec<&'static Risk>,
    /// How many further wildcards of the policy only expose data, which one finding reports.
    pub(in crate::diagnostics) further_wildcards: usize,
}

/// The rules on single actions, the worst first.
const RULES: [&str; 5] = ["credential-exposure", "privilege-escalation", DATA_EXPOSURE, "traffic-redirect", "destructive-action"];
const DATA_EXPOSURE: &str = "data-exposure";

/// Conditions that remove the risk of an action.
const GUARDS: &[(&str, &str)] = &[("iam:CreateServiceLinkedRole", "iam:AWSServiceName"), ("iam:PassRole", "iam:PassedToService")];

/// The risky entries of a document's policies about Amazon Connect. `grants` tells what a policy, by its index in the document,
/// grants and denies.
pub(in crate::diagnostics) fn find<'a, 'g>(context: &Context<'a>, grants: impl Fn(usize) -> &'g Grants) -> Vec<Risky<'a>> {
    let document = context.document;
    let risks: Vec<(usize, &'static Risk)> = worst_first(context.catalog.risks());
    let by_name: HashMap<String, usize> =
        risks.iter().enumerate().map(|(index, (_, risk))| (risk.action.to_ascii_lowercase(), index)).collect();
    // The risks that a pattern matches, for patterns that occur in many statements.
    let mut reached: HashMap<String, Rc<[usize]>> = HashMap::new();
    let mut found: Vec<Risky<'a>> = Vec::new();
    for (index, policy) in context.meaning.policies.iter().enumerate() {
        if !policy.is_in_scope || !is_of_identity(policy) {
            continue;
        }
        let grants = grants(index);
        let covered = Covered::of(&full_access(document, policy, grants));
        let mut denied: HashMap<usize, bool> = HashMap::new();
        // Where the finding about the policy's wildcards that only expose data is.
        let mut exposing: Option<usize> = None;
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for entry in statement.lists(Role::Action).flat_map(|list| list.effective_entries(document)) {
                let Some(is_wild) = is_pattern(&entry) else { continue };
                let candidates = reached.entry(entry.text.to_ascii_lowercase()).or_insert_with_key(|text| {
                    if is_wild { by_pattern(&risks, text) } else { by_name.get(text).copied().into_iter().collect() }
                });
                let mut is_open = |risk: &usize| {
                    let action = risks[*risk].1.action;
                    !*denied.entry(*risk).or_insert_with(|| grants.denies(action))
                        && !is_guarded(document, statement, action)
                        && !covered.has(statement, action)
                };
                let open: Vec<usize> = candidates.iter().copied().filter(&mut is_open).collect();
                let Some((rank, worst)) = open.first().map(|&worst| risks[worst]) else { continue };
                let Some(severity) = severity(document, statement, worst) else { continue };
                let only_exposes = open.iter().all(|&risk| RULES[risks[risk].0] == DATA_EXPOSURE);
                let is_exposing = is_wild && only_exposes;
                if let Some(first) = exposing.filter(|_| is_exposing) {
                    found[first].further_wildcards += 1;
                    found[first].severity = found[first].severity.min(severity);
                    continue;
                }
                if is_exposing {
                    exposing = Some(found.len());
                }
                let risks = open.iter().map(|&risk| risks[risk].1).collect();
                found.push(Risky { rule: RULES[rank], severity, entry, policy, statement, risks, further_wildcards: 0 });
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
fn is_guarded(document: &Document, statement: &Statement, action: &str) -> bool {
    let Some((_, key)) = GUARDS.iter().find(|(guarded, _)| *guarded == action) else { return false };
    statement.conditions(document).comparisons.iter().any(|comparison| {
        let is_limit = || {
            let names = |value: NodeId| document.value(value).trim_matches('*').len() > 1;
            matches_without_key(document, comparison) == Some(false) && comparison.value_nodes(document).into_iter().all(names)
        };
        document.value(comparison.key).eq_ignore_ascii_case(key) && is_limit()
    })
}

/// The level of an entry by the worst risk that it reaches: a wildcard has at least the level of the name. One lower where resources or
/// conditions limit the statement.
fn severity(document: &Document, statement: &Statement, worst: &Risk) -> Option<Severity> {
    let own = if worst.level == Some(RiskLevel::Warning) { Severity::Warning } else { Severity::Information };
    let service = worst.action.split_once(':').map_or("", |(service, _)| service);
    if is_narrowed(document, statement, service) { own.lower() } else { Some(own) }
}
