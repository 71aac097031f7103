//! How reports and changes are written: Markdown, HTML, JSON. Whatever comes from a document is escaped in each of them.

pub(crate) mod change;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;

use connect_policy_catalog::Catalog;
use connect_policy_ide::report::{Holder, Overview, PolicyReport, ProfileReport, Report, Risk, TaskReport};

use crate::output::check_report::Skipped;

/// A report with what its reader also has to know.
#[derive(Debug)]
pub(crate) struct AccessReport<'r> {
    pub(crate) report: &'r Report,
    pub(crate) catalog: &'r Catalog,
    pub(crate) skipped: &'r [Skipped],
}

/// What no report can tell, and why.
pub(crate) const UNLINKED: &str =
    "Security profiles control pages inside Amazon Connect; IAM controls AWS API calls. They are reported separately.";

/// Tasks by the console's page, in order.
pub(crate) fn by_page<'t>(tasks: impl IntoIterator<Item = &'t TaskReport>) -> Vec<(&'static str, Vec<&'t TaskReport>)> {
    let mut pages: Vec<(&'static str, Vec<&TaskReport>)> = Vec::new();
    for task in tasks {
        match pages.iter_mut().find(|(page, _)| *page == task.page) {
            Some((_, tasks)) => tasks.push(task),
            None => pages.push((task.page, vec![task])),
        }
    }
    pages
}

/// The sets of actions that are missing to open the pages of tasks, each once for all policies: the footnotes of a report.
#[derive(Debug)]
pub(crate) struct Notes<'r>(Vec<&'r [&'static str]>);

impl<'r> Notes<'r> {
    /// The notes of a report, in the order in which it is written.
    pub(crate) fn of(report: &'r Report) -> Notes<'r> {
        let mut sets: Vec<&[&'static str]> = Vec::new();
        for place in report.policies_by_risk() {
            for task in &report.policies[place].hidden_tasks {
                if !sets.contains(&task.missing_view_actions.as_slice()) {
                    sets.push(&task.missing_view_actions);
                }
            }
        }
        Notes(sets)
    }

    /// The number of a task's note, from 1.
    pub(crate) fn number(&self, task: &TaskReport) -> usize {
        self.0.iter().position(|note| *note == task.missing_view_actions.as_slice()).map_or(0, |index| index + 1)
    }

    /// The notes with their numbers.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (usize, &'r [&'static str])> {
        self.0.iter().enumerate().map(|(index, note)| (index + 1, *note))
    }
}

/// The name of a class of risks: `Privilege escalation` for `privilege-escalation`.
pub(crate) fn class_name(rule: &str) -> String {
    let words = rule.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Where the details of a policy or profile are, within the page.
pub(crate) fn anchor(holder: Holder) -> String {
    match holder {
        Holder::Policy(place) => format!("policy-{}", place + 1),
        Holder::Profile(place) => format!("profile-{}", place + 1),
    }
}

/// How many policies and profiles have no risks, in words; `None` if each has some.
pub(crate) fn without_risks(report: &Report, overview: &Overview) -> Option<String> {
    let policies = report.policies.len() - overview.rows.iter().filter(|row| matches!(row.holder, Holder::Policy(_))).count();
    let profiles = report.profiles.len() - overview.rows.iter().filter(|row| matches!(row.holder, Holder::Profile(_))).count();
    let kinds: Vec<String> = [
        (policies > 0).then(|| counted(policies, "policy", "policies")),
        (profiles > 0).then(|| counted(profiles, "security profile", "security profiles")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!kinds.is_empty()).then(|| format!("No risks found in {}.", kinds.join(" and ")))
}

/// How much of a policy is known, in words.
pub(crate) fn policy_size(policy: &PolicyReport) -> String {
    let open = if policy.is_whole { "" } else { ", plus unresolved values" };
    format!("{}{open}", counted(policy.actions.len(), "action", "actions"))
}

/// How much of a profile is known, in words: that nothing of it is known is not the same as that nothing is in it.
pub(crate) fn profile_size(profile: &ProfileReport) -> String {
    let open = if profile.is_whole { "" } else { ", plus unresolved values" };
    let restricted =
        if profile.restricted_by.is_empty() { String::new() } else { format!(" · restricted by {}", profile.restricted_by.join(" and ")) };
    let size = match (profile.permissions.len(), profile.unknown.len()) {
        (0, 1) => "its only permission is unknown".to_owned(),
        (0, unknown) if unknown > 0 => format!("all {unknown} permissions are unknown"),
        (known, 0) => counted(known, "permission", "permissions"),
        (known, unknown) => format!("{}, {unknown} unknown", counted(known, "permission", "permissions")),
    };
    format!("{size}{open}{restricted}")
}

/// Risks, the most severe first.
pub(crate) fn sorted(risks: &[Risk]) -> Vec<&Risk> {
    let mut sorted: Vec<&Risk> = risks.iter().collect();
    sorted.sort_by_key(|risk| risk.severity);
    sorted
}

/// A number with its noun: `1 policy`, `2 policies`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_of_unknown_permissions_is_not_an_empty_one() {
        let profile = |known: &[&str], unknown: &[&str]| ProfileReport {
            path: String::new(),
            name: String::new(),
            line: 1,
            is_whole: true,
            permissions: known.iter().map(|&name| name.to_owned()).collect(),
            unknown: unknown.iter().map(|&name| name.to_owned()).collect(),
            restricted_by: Vec::new(),
            risks: Vec::new(),
        };
        assert_eq!(profile_size(&profile(&[], &[])), "0 permissions");
        assert_eq!(profile_size(&profile(&[], &["a"])), "its only permission is unknown");
        assert_eq!(profile_size(&profile(&[], &["a", "b"])), "all 2 permissions are unknown");
        assert_eq!(profile_size(&profile(&["a"], &["b", "c"])), "1 permission, 2 unknown");
        assert_eq!(
            profile_size(&ProfileReport { restricted_by: vec!["tags"], ..profile(&["a", "b"], &[]) }),
            "2 permissions · restricted by tags"
        );
    }

    #[test]
    fn classes_are_named_in_words() {
        assert_eq!(class_name("privilege-escalation"), "Privilege escalation");
    }
}
