//! The console tasks that a statement or policy grants.

use std::collections::HashSet;

use connect_policy_catalog::{Catalog, Pattern, Task};
use connect_policy_model::{ActionVerdict, EntryList, Role, Statement, Verdict};
use connect_policy_syntax::Document;

/// The actions that a set of Allow entries grants.
#[derive(Debug, Default)]
pub(crate) struct GrantedActions {
    exact: HashSet<String>,
    patterns: Vec<Pattern>,
    /// Whether it may grant more than is known: a variable, `NotAction`.
    is_incomplete: bool,
}

impl GrantedActions {
    /// What statements allow, Deny and conditions left aside.
    pub(crate) fn of<'s>(document: &Document, statements: impl IntoIterator<Item = &'s Statement>) -> GrantedActions {
        let mut granted = GrantedActions::default();
        for statement in statements.into_iter().filter(|statement| statement.is_allow(document)) {
            for list in &statement.lists {
                match list.role {
                    Role::Action => granted.add(document, list),
                    Role::NotAction => granted.is_incomplete = true,
                    _ => {}
                }
            }
        }
        granted
    }

    fn add(&mut self, document: &Document, list: &EntryList) {
        self.is_incomplete |= list.is_incomplete;
        for entry in list.effective_entries(document) {
            if matches!(entry.verdict(), Verdict::Opaque) {
                self.is_incomplete = true;
                continue;
            }
            let text = &entry.text;
            if let Verdict::Action(ActionVerdict::Known { service, action }) = entry.verdict() {
                self.exact.insert(format!("{}:{}", service.prefix, action.name));
            } else if !Pattern::is_wild(text) {
                self.exact.insert(text.clone().into_owned());
            } else if let Some(pattern) = Pattern::new(text) {
                self.patterns.push(pattern);
            }
        }
    }

    /// Whether more may be granted than is known.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.is_incomplete
    }

    /// Whether an action, by its full name in the catalogue's spelling, is taken in.
    pub(crate) fn matches(&self, action: &str) -> bool {
        self.exact.contains(action) || self.patterns.iter().any(|pattern| pattern.matches(action))
    }

    /// The actions of a task that are not taken in.
    pub(crate) fn missing_actions(&self, task: &Task) -> Vec<&'static str> {
        task.actions.iter().copied().filter(|action| !self.matches(action)).collect()
    }

    /// Whether one of the task's own actions that change something is taken in.
    pub(crate) fn begins(&self, catalog: &Catalog, task: &Task) -> bool {
        task.actions.iter().any(|name| is_write(catalog, name) && self.matches(name))
    }
}

/// Whether an action of the Connect family changes something.
pub(crate) fn is_write(catalog: &Catalog, name: &str) -> bool {
    let family = name.split_once(':').is_some_and(|(prefix, _)| catalog.is_family(prefix));
    family && catalog.action(name).is_some_and(|(_, action)| action.access.is_some_and(connect_policy_catalog::Access::is_write))
}

/// The console tasks that are granted fully, in the order of the console's pages.
pub(crate) fn full_tasks(catalog: &Catalog, granted: &GrantedActions) -> Vec<&'static Task> {
    let takes_all = |task: &&Task| task.actions.iter().all(|action| granted.matches(action));
    catalog.tasks().iter().filter(takes_all).collect()
}

/// The console tasks that are granted in part, with their missing actions, which are at most `most`.
pub(crate) fn partially_granted_tasks(catalog: &Catalog, granted: &GrantedActions, most: usize) -> Vec<(&'static Task, Vec<&'static str>)> {
    let lacking =
        catalog.tasks().iter().map(|task| (task, granted.missing_actions(task))).filter(|(_, lacks)| (1..=most).contains(&lacks.len()));
    lacking.filter(|(task, _)| granted.begins(catalog, task)).collect()
}
