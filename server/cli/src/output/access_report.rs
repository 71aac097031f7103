//! How reports and changes are written: Markdown, HTML, JSON. Whatever comes from a document is escaped in each of them.

pub(crate) mod change;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;

use connect_policy_catalog::Catalog;
use connect_policy_ide::report::{Report, TaskReport};

use crate::output::check_report::Skipped;

/// A report with what its reader has to know besides.
#[derive(Debug)]
pub(crate) struct AccessReport<'r> {
    pub(crate) report: &'r Report,
    pub(crate) catalog: &'r Catalog,
    pub(crate) skipped: &'r [Skipped],
}

/// What no report can tell, and why.
pub(crate) const UNLINKED: &str = "Security-profile permissions and IAM actions are two systems: Amazon Connect checks the first \
     inside its own pages, AWS the second. No source links one to the other, so this report does not guess which actions a \
     profile would need.";

/// Tasks by the console's page, in order.
pub(crate) fn by_page(tasks: &[TaskReport]) -> Vec<(&'static str, Vec<&TaskReport>)> {
    let mut pages: Vec<(&'static str, Vec<&TaskReport>)> = Vec::new();
    for task in tasks {
        match pages.iter_mut().find(|(page, _)| *page == task.page) {
            Some((_, tasks)) => tasks.push(task),
            None => pages.push((task.page, vec![task])),
        }
    }
    pages
}

/// The sets of actions without which the pages of tasks are not shown, each once, in the order of the tasks.
pub(crate) fn hidden_without(tasks: &[TaskReport]) -> Vec<&[&'static str]> {
    let mut sets: Vec<&[&'static str]> = Vec::new();
    for task in tasks.iter().filter(|task| !task.missing_view_actions.is_empty()) {
        if !sets.contains(&task.missing_view_actions.as_slice()) {
            sets.push(&task.missing_view_actions);
        }
    }
    sets
}

/// The number of a task's note among these, from 1.
pub(crate) fn note_of(task: &TaskReport, notes: &[&[&'static str]]) -> Option<usize> {
    notes.iter().position(|note| *note == task.missing_view_actions.as_slice()).map(|index| index + 1)
}

/// A number with its noun: `1 policy`, `2 policies`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
