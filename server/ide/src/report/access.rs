//! What policies and profiles grant, as plain values.

use std::collections::BTreeSet;

use crate::finding::Severity;

/// What documents grant, in the order in which they were added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// The policies that are about Amazon Connect and grant something.
    pub policies: Vec<PolicyReport>,
    /// The security profiles.
    pub profiles: Vec<ProfileReport>,
}

/// What a policy grants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyReport {
    /// The document's path, as given to [`Report::add`].
    pub path: String,
    /// The policy's name in the document, or the path if it has none.
    pub name: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Whether everything that it grants is written there, so that what is not listed is not granted by it.
    pub is_whole: bool,
    /// The actions that it allows and does not deny, wildcards expanded.
    pub actions: BTreeSet<String>,
    /// The console tasks that it grants completely, and whose pages can be opened, in the order of the console's pages.
    pub tasks: Vec<TaskReport>,
    /// The console tasks that change something and whose own actions it grants, but whose pages cannot be opened.
    pub hidden_tasks: Vec<TaskReport>,
    /// The console tasks of which a few actions are missing.
    pub partially_granted: Vec<TaskReport>,
    /// What is risky in it, by line.
    pub risks: Vec<Risk>,
}

/// A console task.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaskReport {
    /// Its short name.
    pub title: &'static str,
    /// The console's page.
    pub page: &'static str,
    /// The actions that are missing for the task itself.
    pub missing_actions: Vec<&'static str>,
    /// The actions that are missing to see the page that it is done on.
    pub missing_view_actions: Vec<&'static str>,
}

/// What a security profile grants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProfileReport {
    /// The document's path, as given to [`Report::add`].
    pub path: String,
    /// The profile's name in the document, or the path if it has none.
    pub name: String,
    /// The line on which its permissions begin, from 1.
    pub line: usize,
    /// Whether all of its permissions are written there.
    pub is_whole: bool,
    /// The permissions that exist, by their API names.
    pub permissions: BTreeSet<String>,
    /// Entries that are not known permissions: labels, typos, names of applications.
    pub unknown: Vec<String>,
    /// What its users are restricted by: `tags`, `hierarchy`.
    pub restricted_by: Vec<&'static str>,
    /// What is risky in it, by line.
    pub risks: Vec<Risk>,
}

/// Something risky.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Risk {
    /// How much it matters.
    pub severity: Severity,
    /// The rule that reports it.
    pub rule: &'static str,
    /// The entry.
    pub entry: String,
    /// Why.
    pub message: String,
    /// The entry's line, from 1.
    pub line: usize,
}

/// A task that some policy grants in part, and those of its actions that no policy of a report grants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ungranted {
    /// The task's short name.
    pub task: &'static str,
    /// The actions.
    pub actions: Vec<&'static str>,
}

impl Report {
    /// Adds what a document grants, under the path that readers know it by.
    pub fn add(&mut self, path: &str, part: Report) {
        let named = |name: String| if name.is_empty() { path.to_owned() } else { name };
        self.policies.extend(part.policies.into_iter().map(|one| PolicyReport { path: path.to_owned(), name: named(one.name), ..one }));
        self.profiles.extend(part.profiles.into_iter().map(|one| ProfileReport { path: path.to_owned(), name: named(one.name), ..one }));
    }

    /// The missing actions of partly granted tasks that no policy here grants, by task. Where a policy is not whole, another may.
    pub fn ungranted(&self) -> Vec<Ungranted> {
        let mut ungranted: Vec<Ungranted> = Vec::new();
        for task in self.policies.iter().flat_map(|policy| &policy.partially_granted) {
            let is_granted = |action: &&str| self.policies.iter().any(|policy| policy.actions.contains(*action));
            let actions: Vec<&str> = task.missing_actions.iter().copied().filter(|action| !is_granted(action)).collect();
            if !actions.is_empty() && !ungranted.iter().any(|known| known.task == task.title) {
                ungranted.push(Ungranted { task: task.title, actions });
            }
        }
        ungranted
    }
}
