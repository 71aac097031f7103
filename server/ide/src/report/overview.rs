//! What a reviewer asks first: how many risks of which class each policy and profile has, the worst first.

use std::cmp::Reverse;

use super::access::{Report, Risk};
use crate::diagnostics::registry;
use crate::finding::Severity;

/// Risk classes × policies and profiles.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overview {
    /// The ids of the rules that report the risks that occur, the most severe first.
    pub classes: Vec<&'static str>,
    /// The policies and profiles that have risks, the worst first.
    pub rows: Vec<OverviewRow>,
}

/// The risks of a policy or profile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OverviewRow {
    /// Whose they are.
    pub holder: Holder,
    /// The number of risks of each class with the highest severity among them; `None` without risks.
    pub cells: Vec<Option<(usize, Severity)>>,
}

/// A policy or profile, by its place in the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holder {
    /// A policy.
    Policy(usize),
    /// A security profile.
    Profile(usize),
}

impl Report {
    /// Risk classes × policies and profiles.
    pub fn overview(&self) -> Overview {
        let policies = self.policies.iter().enumerate().map(|(index, one)| (Holder::Policy(index), one.risks.as_slice()));
        let profiles = self.profiles.iter().enumerate().map(|(index, one)| (Holder::Profile(index), one.risks.as_slice()));
        let mut holders: Vec<_> = policies.chain(profiles).filter(|(_, risks)| !risks.is_empty()).collect();
        holders.sort_by_key(|(_, risks)| rank(risks));
        let all = || holders.iter().flat_map(|(_, risks)| risks.iter());
        let mut classes: Vec<&'static str> =
            registry::rules().iter().map(|rule| rule.code).filter(|code| all().any(|risk| risk.rule == *code)).collect();
        classes.sort_by_key(|class| all().filter(|risk| risk.rule == *class).map(|risk| risk.severity).min());
        let cell = |risks: &[Risk], class: &str| {
            let of_class = || risks.iter().filter(|risk| risk.rule == class);
            of_class().map(|risk| risk.severity).min().map(|severity| (of_class().count(), severity))
        };
        let row = |(holder, risks): &(Holder, &[Risk])| OverviewRow {
            holder: *holder,
            cells: classes.iter().map(|class| cell(risks, class)).collect(),
        };
        let rows = holders.iter().map(row).collect();
        Overview { classes, rows }
    }

    /// The places of the policies, the worst first.
    pub fn policies_by_risk(&self) -> Vec<usize> {
        worst_first(self.policies.iter().map(|one| one.risks.as_slice()))
    }

    /// The places of the profiles, the worst first.
    pub fn profiles_by_risk(&self) -> Vec<usize> {
        worst_first(self.profiles.iter().map(|one| one.risks.as_slice()))
    }

    /// What to call the policies, in their order: by their names, and by their files too where several have one name.
    pub fn policy_labels(&self) -> Vec<String> {
        labels(self.policies.iter().map(|one| (one.name.as_str(), one.path.as_str(), one.line)).collect())
    }

    /// What to call the profiles, in their order: by their names, and by their files too where several have one name.
    pub fn profile_labels(&self) -> Vec<String> {
        labels(self.profiles.iter().map(|one| (one.name.as_str(), one.path.as_str(), one.line)).collect())
    }
}

fn worst_first<'r>(risks: impl Iterator<Item = &'r [Risk]>) -> Vec<usize> {
    let mut places: Vec<_> = risks.enumerate().map(|(place, risks)| (rank(risks), place)).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}

/// The worst first: more errors, then more warnings, and so on.
fn rank(risks: &[Risk]) -> [Reverse<usize>; 4] {
    [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint]
        .map(|severity| Reverse(risks.iter().filter(|risk| risk.severity == severity).count()))
}

fn labels(named: Vec<(&str, &str, usize)>) -> Vec<String> {
    let label = |&(name, path, line): &(&str, &str, usize)| {
        let others = || named.iter().filter(move |other| other.0 == name);
        if others().count() == 1 {
            return name.to_owned();
        }
        // As much of the path as differs from the others; of several in one file, also the line.
        let parts = path.split('/').count();
        let is_own = |end: &&str| others().filter(|other| is_end(other.1, end)).count() == 1;
        match (1..=parts).map(|count| end_of(path, count)).find(is_own) {
            Some(end) => format!("{name} ({end})"),
            None => format!("{name} ({path}:{line})"),
        }
    };
    named.iter().map(label).collect()
}

/// The last parts of a path.
fn end_of(path: &str, count: usize) -> &str {
    path.rmatch_indices('/').nth(count - 1).map_or(path, |(slash, _)| &path[slash + 1..])
}

fn is_end(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|start| start.is_empty() || start.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_told_apart_by_file_then_line() {
        let named = vec![("a", "t/x.json", 1), ("b", "t/x.json", 2), ("a", "t/y.json", 3), ("a", "t/y.json", 9)];
        assert_eq!(labels(named), ["a (x.json)", "b", "a (t/y.json:3)", "a (t/y.json:9)"]);
        let named = vec![("a", "t/east/main.tf", 1), ("a", "t/west/main.tf", 1), ("a", "main.tf", 1)];
        assert_eq!(labels(named), ["a (east/main.tf)", "a (west/main.tf)", "a (main.tf:1)"]);
    }
}
