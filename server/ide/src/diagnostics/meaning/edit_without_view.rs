//! Rule `edit-without-view`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use connect_policy_catalog::{Catalog, Task, TaskKind};
use connect_policy_model::{ActionVerdict, EffectiveEntry, EntryList, Grants, Role, Statement, Verdict};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::policies::is_of_identity;
use crate::diagnostics::support::risks::allows_risk;
use crate::finding::{Applicability, Fix};
use crate::statement_edits::additions::add_actions;

declare_rule! {
    /// Edit task without view actions
    ///
    /// The policy allows all actions that change something in a console task, but not those needed to view its page. Users
    /// cannot open the page in the console. Programs that call the API do not need the view actions, and another policy of
    /// the same identity may allow them, so the level is hint.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [
    ///   {"Effect": "Allow", "Action": ["connect:AssociateApprovedOrigin", "connect:DisassociateApprovedOrigin"], "Resource": "*"}
    /// ]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Version": "2012-10-17", "Statement": [
    ///   {"Effect": "Allow", "Action": ["connect:AssociateApprovedOrigin", "connect:DisassociateApprovedOrigin",
    ///     "connect:ListApprovedOrigins", "connect:DescribeInstance", "connect:DescribeInstanceAttribute",
    ///     "connect:DescribeInstanceStorageConfig", "connect:ListInstanceAttributes", "connect:ListInstanceStorageConfigs",
    ///     "connect:ListLambdaFunctions", "connect:ListLexBots", "connect:ListSecurityKeys", "ds:DescribeDirectories"],
    ///    "Resource": "*"}
    /// ]}
    /// ```
    EDIT_WITHOUT_VIEW {
        summary: "edit task without view actions",
        group: Meaning,
        severity: Hint,
        unit: Policy,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// Where an action is allowed.
struct Place<'a> {
    entry: EffectiveEntry<'a>,
    statement: &'a Statement,
    list: &'a EntryList,
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    let catalog = ctx.catalog();
    // A policy grants parts of few of the hundred tasks, so they are looked up by its actions.
    let edits: Vec<&Task> = catalog.tasks().iter().filter(|task| task.kind == TaskKind::Edit).collect();
    let mut edits_with: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (place, task) in edits.iter().enumerate() {
        let names = task.actions.iter().filter_map(|name| name.strip_prefix("connect:"));
        names.for_each(|name| edits_with.entry(name).or_default().push(place));
    }
    for (index, policy) in ctx.policies().filter(|(_, policy)| is_of_identity(policy)) {
        let allowed = ctx.grants(index);
        if !allowed.is_whole() {
            continue;
        }
        // The entries of Connect's own actions; actions that only wildcards allow do not count.
        let mut entries: HashMap<&'static str, Place<'_>> = HashMap::new();
        for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
            for list in statement.lists(Role::Action) {
                for entry in list.effective_entries(document) {
                    if let Verdict::Action(ActionVerdict::Known { service, action }) = entry.verdict()
                        && service.prefix == "connect"
                        && action.access.is_some_and(|access| access.is_write())
                    {
                        entries.entry(action.name).or_insert(Place { entry, statement, list });
                    }
                }
            }
        }
        let begun: BTreeSet<usize> = entries.keys().filter_map(|name| edits_with.get(name)).flatten().copied().collect();
        // One finding an entry, however many tasks begin with it.
        let mut reported: BTreeMap<usize, (&Place<'_>, &Task, Vec<&'static str>)> = BTreeMap::new();
        for task in begun.into_iter().map(|place| edits[place]) {
            let Some(place) = first_of(catalog, task, &entries, allowed) else { continue };
            let missing = missing_views(catalog, task, allowed);
            if !missing.is_empty() {
                reported.entry(place.entry.range().start).or_insert((place, task, missing));
            }
        }
        for (_, (Place { entry, statement, list }, task, missing)) in reported {
            let is_fixable = entry.target.is_none() && !allows_risk(catalog, &missing);
            let edits = if is_fixable { add_actions(ctx.context(), policy, statement, list, &missing) } else { None };
            let fix = edits.map(|edits| Fix {
                title: "Add the actions needed to view the page".to_owned(),
                applicability: Applicability::Unsafe,
                edits,
            });
            let message = format!("console task \"{}\" also requires {}", task.title, describe::codes(missing.iter().copied()));
            acc.report_entry(acc.severity(), entry, message).fixes.extend(fix);
        }
    }
}

/// The first entry of a task's own writing actions, if the policy allows them all and at least one is written out.
fn first_of<'e>(catalog: &Catalog, task: &Task, entries: &'e HashMap<&'static str, Place<'e>>, allowed: &Grants) -> Option<&'e Place<'e>> {
    // The entries are writing actions all.
    let own = task.actions.iter().filter_map(|name| entries.get(name.strip_prefix("connect:")?));
    let first = own.min_by_key(|place| place.entry.range().start)?;
    let is_write = |name: &&&str| catalog.action(name).is_some_and(|(_, action)| action.access.is_some_and(|access| access.is_write()));
    task.actions.iter().filter(is_write).all(|name| allowed.allows(name)).then_some(first)
}

/// The actions that show the task's page and that the policy does not allow.
fn missing_views(catalog: &Catalog, task: &Task, allowed: &Grants) -> Vec<&'static str> {
    let before = task.needs_view.iter().filter_map(|id| catalog.task(id)).flat_map(|task| &task.actions);
    let mut missing: Vec<&'static str> = task
        .actions
        .iter()
        .chain(before)
        .copied()
        .filter(|name| catalog.action(name).is_some_and(|(_, action)| action.access.is_some_and(|access| !access.is_write())))
        .filter(|name| !allowed.allows(name))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}
