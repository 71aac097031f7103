//! The entries that allow all of Amazon Connect.

use std::collections::HashMap;

use connect_policy_model::{ActionVerdict, EffectiveEntry, Grants, Policy, Role, Statement, Verdict};
use connect_policy_model::{is_all, is_narrowed};
use connect_policy_syntax::{Document, NodeId};

/// An entry that allows all of Amazon Connect.
pub(in crate::diagnostics) struct FullAccess<'a> {
    pub(in crate::diagnostics) entry: EffectiveEntry<'a>,
    /// Whether it is `*`, which allows every other service too.
    pub(in crate::diagnostics) is_everything: bool,
    /// Whether resources or conditions limit its statement.
    pub(in crate::diagnostics) is_narrowed: bool,
    statement: NodeId,
}

/// The actions that the findings about full access speak of already.
#[derive(Default)]
pub(in crate::diagnostics) struct Covered {
    /// Everywhere in the policy: whether all services are covered, or Amazon Connect.
    everywhere: Option<bool>,
    /// In one statement only.
    by_statement: HashMap<NodeId, bool>,
}

impl Covered {
    pub(in crate::diagnostics) fn of(found: &[FullAccess<'_>]) -> Covered {
        let mut covered = Covered::default();
        for one in found {
            if !one.is_narrowed {
                covered.everywhere = Some(one.is_everything || covered.everywhere == Some(true));
            }
            *covered.by_statement.entry(one.statement).or_default() |= one.is_everything;
        }
        covered
    }

    /// Whether a finding about an action of a statement would repeat what another finding says.
    pub(in crate::diagnostics) fn has(&self, statement: &Statement, action: &str) -> bool {
        let covers = |is_everything: bool| is_everything || action.starts_with("connect:");
        self.everywhere.is_some_and(covers) || self.by_statement.get(&statement.node).copied().is_some_and(covers)
    }
}

/// The entries of a policy that allow all of Amazon Connect, unless a Deny takes all of it away.
pub(in crate::diagnostics) fn full_access<'a>(document: &'a Document, policy: &'a Policy, grants: &Grants) -> Vec<FullAccess<'a>> {
    let mut found = Vec::new();
    if grants.denies("connect:anything-at-all") {
        return found;
    }
    for statement in policy.statements.iter().filter(|statement| statement.is_allow(document)) {
        for entry in statement.lists(Role::Action).flat_map(|list| list.effective_entries(document)) {
            let is_everything = match entry.verdict() {
                // On the ARNs of other services `*` reaches nothing of Connect.
                Verdict::Action(ActionVerdict::All) if is_elsewhere(document, statement) => continue,
                Verdict::Action(ActionVerdict::All) => true,
                Verdict::Action(ActionVerdict::Pattern { .. }) if is_all(&entry.text) => false,
                _ => continue,
            };
            let is_narrowed = is_narrowed(document, statement, "connect");
            found.push(FullAccess { entry, is_everything, is_narrowed, statement: statement.node });
        }
    }
    found
}

/// Whether every resource of a statement is a literal ARN of a service that is not Amazon Connect.
fn is_elsewhere(document: &Document, statement: &Statement) -> bool {
    let mut lists = statement.lists(Role::Resource).peekable();
    let is_other = |text: &str| {
        let service = text.split(':').nth(2).filter(|_| text.starts_with("arn:"));
        service.is_some_and(|service| !service.is_empty() && !service.contains(['*', '?', '$']) && service != "connect")
    };
    lists.peek().is_some()
        && lists.all(|list| {
            !list.is_incomplete
                && list.effective_entries(document).next().is_some()
                && list.effective_entries(document).all(|entry| is_other(&entry.text))
        })
}
