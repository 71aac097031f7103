//! What a change of policies and profiles grants and removes.

use std::collections::BTreeSet;

use super::access::{PolicyReport, ProfileReport, Report, Risk};
use crate::finding::Severity;

/// What changed between two reports; policies and profiles that did not change are left out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// The policies.
    pub policies: Vec<Changed>,
    /// The security profiles.
    pub profiles: Vec<Changed>,
}

/// What changed in a policy or profile. One that is new has everything as given, one that is gone as taken away.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Changed {
    /// Its document.
    pub path: String,
    /// What it is called.
    pub name: String,
    /// Whether there was none of this name before.
    pub is_new: bool,
    /// Whether there is none of this name any more.
    pub is_gone: bool,
    /// Whether what it grants can be seen whole, before and after.
    pub is_whole: bool,
    /// The console tasks that it grants now and did not before.
    pub tasks_given: Vec<&'static str>,
    /// The console tasks that it granted before and does not now.
    pub tasks_taken: Vec<&'static str>,
    /// The actions or permissions that it gives now and did not before.
    pub given: Vec<String>,
    /// The actions or permissions that it gave before and does not now.
    pub taken: Vec<String>,
    /// The risks that it has now and did not have before, or not as gravely.
    pub risks_added: Vec<Risk>,
    /// The risks that it had before and has no more.
    pub risks_removed: Vec<Risk>,
}

impl Report {
    /// What this report grants and removes compared with an earlier one.
    pub fn since(&self, before: &Report) -> Change {
        Change::between(before, self)
    }
}

impl Change {
    fn between(before: &Report, after: &Report) -> Change {
        let policies = paired(&before.policies, &after.policies, |one| (&one.path, &one.name));
        let profiles = paired(&before.profiles, &after.profiles, |one| (&one.path, &one.name));
        Change {
            policies: policies.into_iter().filter_map(|(old, new)| changed(old.map(Given::from), new.map(Given::from))).collect(),
            profiles: profiles.into_iter().filter_map(|(old, new)| changed(old.map(Given::from), new.map(Given::from))).collect(),
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty() && self.profiles.is_empty()
    }

    /// The risks at warning or above that were added.
    pub fn escalations(&self) -> impl Iterator<Item = (&Changed, &Risk)> {
        let all = self.policies.iter().chain(&self.profiles);
        all.flat_map(|changed| changed.risks_added.iter().map(move |risk| (changed, risk)))
            .filter(|(_, risk)| risk.severity <= Severity::Warning)
    }
}

/// What stood before with what stands now of the same document and name, the first with the first; the order is that of now,
/// with what is gone at the end.
fn paired<'r, T>(before: &'r [T], after: &'r [T], key: impl Fn(&'r T) -> (&'r String, &'r String)) -> Vec<(Option<&'r T>, Option<&'r T>)> {
    let mut taken = vec![false; before.len()];
    let mut pairs = Vec::with_capacity(after.len());
    for new in after {
        let old = (0..before.len()).find(|&index| !taken[index] && key(&before[index]) == key(new));
        if let Some(index) = old {
            taken[index] = true;
        }
        pairs.push((old.map(|index| &before[index]), Some(new)));
    }
    let gone = before.iter().zip(&taken).filter(|(_, taken)| !**taken);
    pairs.extend(gone.map(|(old, _)| (Some(old), None)));
    pairs
}

/// What a policy or a profile is compared by.
struct Given<'r> {
    path: &'r str,
    name: &'r str,
    is_whole: bool,
    tasks: BTreeSet<&'static str>,
    names: &'r BTreeSet<String>,
    risks: &'r [Risk],
}

impl<'r> From<&'r PolicyReport> for Given<'r> {
    fn from(report: &'r PolicyReport) -> Given<'r> {
        let tasks = report.tasks.iter().map(|task| task.title).collect();
        Given { path: &report.path, name: &report.name, is_whole: report.is_whole, tasks, names: &report.actions, risks: &report.risks }
    }
}

impl<'r> From<&'r ProfileReport> for Given<'r> {
    fn from(report: &'r ProfileReport) -> Given<'r> {
        let (is_whole, tasks) = (report.is_whole, BTreeSet::new());
        Given { path: &report.path, name: &report.name, is_whole, tasks, names: &report.permissions, risks: &report.risks }
    }
}

fn changed(old: Option<Given<'_>>, new: Option<Given<'_>>) -> Option<Changed> {
    let named = new.as_ref().or(old.as_ref())?;
    let (path, name) = (named.path.to_owned(), named.name.to_owned());
    let (is_new, is_gone) = (old.is_none(), new.is_none());
    let none = BTreeSet::new();
    let nothing = || Given { path: "", name: "", is_whole: true, tasks: BTreeSet::new(), names: &none, risks: &[] };
    let (old, new) = (old.unwrap_or_else(nothing), new.unwrap_or_else(nothing));
    let (tasks_given, tasks_taken) = compared(&old.tasks, &new.tasks);
    let (given, taken) = compared(old.names, new.names);
    let (risks_added, risks_removed) = risks(old.risks, new.risks);
    let is_whole = old.is_whole && new.is_whole;
    let changed = Changed { path, name, is_new, is_gone, is_whole, tasks_given, tasks_taken, given, taken, risks_added, risks_removed };
    changed.says_something().then_some(changed)
}

impl Changed {
    fn says_something(&self) -> bool {
        self.is_new
            || self.is_gone
            || !self.tasks_given.is_empty()
            || !self.tasks_taken.is_empty()
            || !self.given.is_empty()
            || !self.taken.is_empty()
            || !self.risks_added.is_empty()
            || !self.risks_removed.is_empty()
    }
}

/// What only the later set has, and what only the earlier has.
fn compared<T: Clone + Ord>(old: &BTreeSet<T>, new: &BTreeSet<T>) -> (Vec<T>, Vec<T>) {
    (new.difference(old).cloned().collect(), old.difference(new).cloned().collect())
}

/// The risks that are new or graver, and those that are gone. A risk is known by its rule and words, not by its line.
fn risks(old: &[Risk], new: &[Risk]) -> (Vec<Risk>, Vec<Risk>) {
    let is_same = |one: &Risk, other: &Risk| (one.rule, &one.entry, &one.message) == (other.rule, &other.entry, &other.message);
    let added = new.iter().filter(|risk| !old.iter().any(|other| is_same(risk, other) && other.severity <= risk.severity));
    let removed = old.iter().filter(|risk| !new.iter().any(|other| is_same(risk, other)));
    (added.cloned().collect(), removed.cloned().collect())
}
