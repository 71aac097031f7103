//! The rules: one a file, named after what is wrong. A rule's `//!` comment is its page.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use connect_policy_model::{
    ActionVerdict, Counted, Entry, EntryList, Grants, PermissionCarrier, PermissionVerdict, Policy, Verdict, nearest_actions,
};

use crate::analysis::Context;
use crate::failure::{Failure, Outcome, caught};
use crate::{Finding, Fix, Related, Severity, TextEdit, ignores};

mod action_case;
mod allow_not_action;
pub(crate) mod arns;
mod bad_config;
mod bad_sid;
mod condition_operator;
mod conflicting_permissions;
mod confused_deputy;
mod credential_exposure;
mod data_exposure;
mod dead_wildcard;
mod destructive_action;
mod duplicate_entry;
mod edit_without_view;
mod embedded_syntax;
mod full_access;
mod held;
mod invalid_effect;
mod legacy_action;
mod malformed_action;
mod malformed_arn;
mod missing_dependent_action;
mod missing_element;
mod missing_permission;
mod missing_resource_type;
mod old_version;
mod permission_case;
mod policy_size;
mod privilege_escalation;
mod profile_limits;
mod redundant_action;
mod renamed_permission;
mod resource_mismatch;
mod restriction_bypass;
mod risk;
mod risky_permission;
mod ui_label;
mod unknown_action;
mod unknown_condition_key;
mod unknown_element;
mod unknown_permission;
mod unknown_resource_type;
mod unknown_service;
mod unused_ignore;

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its id.
    pub code: &'static str,
    /// One line on what it fires on.
    pub summary: &'static str,
    /// Its level where nothing lowers or raises it.
    pub severity: Severity,
    /// The source file, whose head is the page.
    source: &'static str,
    check: fn(&mut Findings<'_>),
}

impl Rule {
    /// Its page, in Markdown: what, why, example, instead.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }
}

/// All rules, in the order of the documentation.
pub fn rules() -> &'static [Rule] {
    &[
        malformed_action::RULE,
        unknown_service::RULE,
        unknown_action::RULE,
        dead_wildcard::RULE,
        action_case::RULE,
        legacy_action::RULE,
        unknown_permission::RULE,
        permission_case::RULE,
        ui_label::RULE,
        renamed_permission::RULE,
        duplicate_entry::RULE,
        redundant_action::RULE,
        unknown_element::RULE,
        missing_element::RULE,
        invalid_effect::RULE,
        old_version::RULE,
        bad_sid::RULE,
        policy_size::RULE,
        profile_limits::RULE,
        embedded_syntax::RULE,
        unknown_resource_type::RULE,
        resource_mismatch::RULE,
        missing_resource_type::RULE,
        malformed_arn::RULE,
        unknown_condition_key::RULE,
        condition_operator::RULE,
        missing_dependent_action::RULE,
        edit_without_view::RULE,
        missing_permission::RULE,
        confused_deputy::RULE,
        full_access::RULE,
        privilege_escalation::RULE,
        credential_exposure::RULE,
        data_exposure::RULE,
        destructive_action::RULE,
        allow_not_action::RULE,
        risky_permission::RULE,
        conflicting_permissions::RULE,
        restriction_bypass::RULE,
        unused_ignore::RULE,
        bad_config::RULE,
    ]
}

/// All findings of all rules, ordered by place, then rule.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Findings::new(context);
    rules().iter().for_each(|rule| findings.run(rule));
    findings.finish()
}

/// What the rules find of the literals of other documents, at the references of this one.
pub(crate) fn at_references(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Findings::new(context);
    let _ = caught(|| rules().iter().for_each(|rule| findings.run(rule)));
    let at_reference = |(_, finding): (usize, Finding)| {
        let reference = finding.related.iter().find(|related| related.document == context.index)?;
        Some(Finding { range: reference.range.clone(), related: Vec::new(), fixes: Vec::new(), ..finding })
    };
    findings.lent.drain(..).filter_map(at_reference).collect()
}

/// What the rules find of a document in those that use its literals.
fn lent(context: &Context<'_>) -> impl Iterator<Item = Finding> {
    let others = context.module.borrowers(context.index).into_iter().filter(|&index| index != context.index);
    others.filter_map(|index| context.of(index)).flat_map(|other| {
        let mut findings = Findings::new(&other);
        // A rule that fails there is told there.
        let _ = caught(|| rules().iter().for_each(|rule| findings.run(rule)));
        std::mem::take(&mut findings.lent).into_iter().filter(|(home, _)| *home == context.index).map(|(_, finding)| finding)
    })
}

/// As [`run`], with a panic of a rule kept to that rule.
pub(crate) fn run_guarded(context: &Context<'_>, before: impl Fn(&Rule)) -> Outcome {
    let mut findings = Findings::new(context);
    let mut failures = Vec::new();
    for rule in rules() {
        let known = findings.found.len();
        let result = caught(|| {
            before(rule);
            findings.run(rule);
        });
        if let Err(cause) = result {
            findings.found.truncate(known);
            failures.push(Failure { rule: rule.code, cause });
        }
    }
    Outcome { findings: findings.finish(), failures }
}

/// How many wrong names get suggestions in one document; beyond that, looking them up would cost more than it tells.
const MOST_SUGGESTED: usize = 500;

/// So many of the places where a literal is used are named.
const MOST_RELATED: usize = 16;

/// What the rules look at, and what they found.
struct Findings<'a> {
    context: &'a Context<'a>,
    rule: Rule,
    found: Vec<Finding>,
    /// What was found in other documents of the module, by their places.
    lent: Vec<(usize, Finding)>,
    nearest: HashMap<String, Vec<String>>,
    /// What each policy grants, once a rule asks.
    grants: Vec<OnceCell<Rc<Grants>>>,
    /// What is risky, once a rule asks.
    risks: OnceCell<Rc<[risk::Risky<'a>]>>,
    /// What Connect's ARNs look like, once a rule asks.
    shapes: OnceCell<Rc<arns::Shapes>>,
}

impl<'a> Findings<'a> {
    fn new(context: &'a Context<'a>) -> Findings<'a> {
        let grants = context.meaning.policies.iter().map(|_| OnceCell::new()).collect();
        Findings {
            context,
            rule: rules()[0],
            found: Vec::new(),
            lent: Vec::new(),
            nearest: HashMap::new(),
            grants,
            risks: OnceCell::new(),
            shapes: OnceCell::new(),
        }
    }

    fn run(&mut self, rule: &Rule) {
        self.rule = *rule;
        (rule.check)(self);
    }

    /// What was found and is not ignored, ordered by place, then rule.
    fn finish(self) -> Vec<Finding> {
        let mut found = self.found;
        found.extend(lent(self.context));
        let by_place = |one: &Finding, other: &Finding| {
            (one.range.start, one.range.end, one.rule).cmp(&(other.range.start, other.range.end, other.rule))
        };
        // The gravest of a place first; those that are used in several places are one finding.
        found.sort_by(|one, other| by_place(one, other).then(one.severity.cmp(&other.severity)));
        found.dedup_by(|later, kept| {
            let is_same = by_place(later, kept).is_eq() && (!later.related.is_empty() || !kept.related.is_empty());
            if is_same {
                kept.related.append(&mut later.related);
                kept.related.sort_by_key(|related| (related.document, related.range.start));
                kept.related.dedup();
                kept.related.truncate(MOST_RELATED);
            }
            is_same
        });
        let mut found = ignores::apply(self.context.document, found);
        found.sort_by(by_place);
        found
    }

    /// Every action entry with its verdict, and whether its policy is about Amazon Connect.
    fn action_entries(&self) -> impl Iterator<Item = (&'a Entry, &'a ActionVerdict, bool)> + use<'a> {
        let lists = self.context.meaning.action_lists();
        lists.flat_map(|(list, is_in_scope)| list.entries.iter().map(move |entry| (entry, is_in_scope))).filter_map(
            |(entry, is_in_scope)| match &entry.verdict {
                Verdict::Action(verdict) => Some((entry, verdict, is_in_scope)),
                _ => None,
            },
        )
    }

    /// Every permission entry with its verdict.
    fn permission_entries(&self) -> impl Iterator<Item = (&'a Entry, &'a PermissionVerdict, PermissionCarrier, &'a EntryList)> + use<'a> {
        let lists = self.context.meaning.permission_lists.iter();
        lists.flat_map(|known| known.list.entries.iter().map(move |entry| (entry, known))).filter_map(|(entry, known)| {
            match &entry.verdict {
                Verdict::Permission(verdict) => Some((entry, verdict, known.carrier, &known.list)),
                _ => None,
            }
        })
    }

    /// The policies about Amazon Connect, each with its place in the document's list.
    fn policies(&self) -> impl Iterator<Item = (usize, &'a Policy)> + use<'a> {
        self.context.meaning.policies.iter().enumerate().filter(|(_, policy)| policy.is_in_scope)
    }

    /// What a policy grants and denies, by its place in the document's list.
    fn grants(&self, index: usize) -> Rc<Grants> {
        let read = || Rc::new(Grants::of(self.context.document, &self.context.meaning.policies[index]));
        Rc::clone(self.grants[index].get_or_init(read))
    }

    /// What Connect's ARNs look like.
    fn shapes(&self) -> Rc<arns::Shapes> {
        Rc::clone(self.shapes.get_or_init(|| Rc::new(arns::Shapes::read(self.context.catalog))))
    }

    /// Notes a finding of the rule that runs, at its own level.
    fn add(&mut self, range: Range<usize>, message: String) -> &mut Finding {
        let severity = self.rule.severity;
        self.add_as(severity, range, message)
    }

    /// Notes a finding of the rule that runs.
    fn add_as(&mut self, severity: Severity, range: Range<usize>, message: String) -> &mut Finding {
        let index = self.found.len();
        self.found.push(self.finding(severity, range, message));
        &mut self.found[index]
    }

    /// Notes a finding on an entry that counts in a list: where it is written, with the place where it is used.
    fn add_counted(&mut self, severity: Severity, entry: &Counted<'_>, message: String) -> &mut Finding {
        let Some(lender) = entry.lender else { return self.add_as(severity, entry.range(), message) };
        let mut finding = self.finding(severity, entry.range(), message);
        let used = self.context.document.range(lender.reference);
        finding.related.push(Related { document: self.context.index, range: used, message: "used here".to_owned() });
        if lender.document == self.context.index {
            self.found.push(finding);
            let last = self.found.len() - 1;
            return &mut self.found[last];
        }
        self.lent.push((lender.document, finding));
        let last = self.lent.len() - 1;
        &mut self.lent[last].1
    }

    /// The place where an entry that counts is written, for a finding about another entry.
    fn related_to(&self, entry: &Counted<'_>, message: &str) -> Related {
        let document = entry.lender.map_or(self.context.index, |lender| lender.document);
        Related { document, range: entry.range(), message: message.to_owned() }
    }

    fn finding(&self, severity: Severity, range: Range<usize>, message: String) -> Finding {
        Finding::new(self.rule.code, severity, range, message)
    }

    /// The actions that a wrong entry was most likely meant to be, the best first.
    fn nearest_actions(&mut self, entry: &str, prefix: &str) -> Vec<String> {
        let key = format!("{prefix} {entry}");
        if let Some(known) = self.nearest.get(&key) {
            return known.clone();
        }
        if self.nearest.len() >= MOST_SUGGESTED {
            return Vec::new();
        }
        let names = nearest_actions(self.context.catalog, entry, prefix);
        self.nearest.insert(key, names.clone());
        names
    }

    /// A fix that writes another name in an entry's place.
    fn replace(&self, entry: &Entry, name: &str, is_certain: bool) -> Fix {
        let new_text = self.context.document.spell(Some(entry.node), &entry.range, name);
        Fix { title: format!("Replace with `{name}`"), is_certain, edits: vec![TextEdit { range: entry.range.clone(), new_text }] }
    }

    /// A fix that writes several names in an entry's place; `None` where the entry stands in no list.
    fn replace_by_all(&self, entry: &Entry, names: &[&str]) -> Option<Fix> {
        let (range, new_text) = self.context.document.spell_many(entry.node, names)?;
        let title = format!("Replace with {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
        Some(Fix { title, is_certain: false, edits: vec![TextEdit { range, new_text }] })
    }
}

/// The next lower level.
fn lowered(severity: Severity) -> Option<Severity> {
    match severity {
        Severity::Error => Some(Severity::Warning),
        Severity::Warning => Some(Severity::Information),
        Severity::Information => Some(Severity::Hint),
        Severity::Hint => None,
    }
}

/// The end of a message: what was most likely meant.
fn did_you_mean<N: AsRef<str>>(names: &[N]) -> String {
    match names {
        [] => String::new(),
        [only] => format!("; did you mean `{}`?", only.as_ref()),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|name| format!("`{}`", name.as_ref())).collect();
            format!("; did you mean {} or `{}`?", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests;
