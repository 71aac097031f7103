//! A document's policies and profiles, read for a report.

use std::collections::BTreeSet;
use std::ops::Range;

use connect_policy_catalog::{Catalog, ManagedEffect, Pattern, Task};
use connect_policy_model::{
    Attachment, EffectiveEntry, Grants, PermissionList, PermissionVerdict, Policy, PolicyKind, ProfileProperty, Verdict,
};
use connect_policy_syntax::{Document, NodeKind};

use super::access::{PolicyReport, ProfileReport, Report, Risk, TaskReport};
use super::recognized::is_profile;
use crate::context::Context;
use crate::diagnostics::registry;
use crate::display_name;
use crate::finding::Finding;
use crate::task_coverage::is_write;

/// A task that missing_actions more actions than this is not nearly granted.
const MAX_MISSING: usize = 3;

/// What a document grants; the findings are those that its settings show.
pub(crate) fn gather(context: &Context<'_>, findings: &[Finding]) -> Report {
    let grants_something = |policy: &&Policy| policy.is_in_scope && matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown);
    let policies: Vec<&Policy> = context.meaning.policies.iter().filter(grants_something).collect();
    // Most documents of a folder have no policy and do not need the list of all actions.
    let attachments = &context.meaning.attachments;
    let known = if policies.is_empty() && attachments.is_empty() { Vec::new() } else { known_actions(context.catalog) };
    let written = policies.into_iter().map(|one| policy(context, one, &known, findings));
    let policies = written.chain(attachments.iter().map(|one| attached(context, one, &known, findings))).collect();
    let profiles =
        context.meaning.permission_lists.iter().filter(|known| is_profile(known)).map(|known| profile(context, known, findings)).collect();
    Report { policies, profiles }
}

/// The full names of all actions that are known one by one.
fn known_actions(catalog: &Catalog) -> Vec<String> {
    let of_services =
        catalog.services().flat_map(|service| service.actions.iter().map(|action| format!("{}:{}", service.prefix, action.name)));
    let unlisted = catalog.unlisted_actions().iter().map(|unlisted| unlisted.action.to_owned());
    of_services.chain(unlisted).chain(catalog.added_actions().map(|added| added.name.clone())).collect()
}

fn policy(context: &Context<'_>, policy: &Policy, known: &[String], findings: &[Finding]) -> PolicyReport {
    let document = context.document;
    let grants = Grants::of(document, policy);
    let actions: BTreeSet<String> = known.iter().filter(|name| grants.allows(name) && !grants.denies(name)).cloned().collect();
    let name = display_name::policy(document, policy.node).unwrap_or_default();
    policy_report(context, name, document.range(policy.node), actions, grants.is_whole(), findings)
}

/// An AWS managed policy that the document attaches.
fn attached(context: &Context<'_>, attachment: &Attachment, known: &[String], findings: &[Finding]) -> PolicyReport {
    let patterns = |effect: ManagedEffect| -> Vec<Pattern> {
        let statements = attachment.policy.statements.iter().filter(|statement| statement.effect == effect);
        statements.flat_map(|statement| &statement.actions).filter_map(|name| Pattern::new(name)).collect()
    };
    let (allowed, denied) = (patterns(ManagedEffect::Allow), patterns(ManagedEffect::Deny));
    let is_granted = |name: &&String| allowed.iter().any(|one| one.matches(name)) && !denied.iter().any(|one| one.matches(name));
    let actions = known.iter().filter(is_granted).cloned().collect();
    let holder = display_name::policy(context.document, attachment.node);
    let name = holder.map_or(attachment.policy.name.to_owned(), |holder| format!("{holder} / {}", attachment.policy.name));
    policy_report(context, name, attachment.range.clone(), actions, true, findings)
}

fn policy_report(
    context: &Context<'_>,
    name: String,
    range: Range<usize>,
    actions: BTreeSet<String>,
    is_whole: bool,
    findings: &[Finding],
) -> PolicyReport {
    let document = context.document;
    let (mut tasks, mut hidden_tasks, mut partially_granted) = (Vec::new(), Vec::new(), Vec::new());
    for task in context.catalog.tasks() {
        let report = task_report(context.catalog, task, &actions);
        let begins = || task.actions.iter().any(|action| is_write(context.catalog, action) && actions.contains(*action));
        if report.missing_actions.is_empty() && report.missing_view_actions.is_empty() {
            tasks.push(report);
        } else if report.missing_actions.is_empty() {
            // Reading is of use without the console.
            hidden_tasks.extend(begins().then_some(report));
        } else if report.missing_actions.len() <= MAX_MISSING && begins() {
            partially_granted.push(report);
        }
    }
    let (line, risks) = (line_of(document, range.start), risks(context, &range, findings));
    PolicyReport { path: String::new(), name, line, is_whole, actions, tasks, hidden_tasks, partially_granted, risks }
}

fn task_report(catalog: &Catalog, task: &'static Task, granted: &BTreeSet<String>) -> TaskReport {
    let named =
        |ids: &[&str]| ids.iter().filter_map(|id| catalog.task(id)).flat_map(|task| task.actions.iter().copied()).collect::<Vec<_>>();
    let lacking = |actions: Vec<&'static str>| -> Vec<&'static str> {
        let lacking: BTreeSet<&str> = actions.into_iter().filter(|action| !granted.contains(*action)).collect();
        lacking.into_iter().collect()
    };
    let own = task.actions.iter().copied().chain(named(&task.includes)).collect();
    let missing_actions = lacking(own);
    let mut missing_view_actions = lacking(named(&task.needs_view));
    missing_view_actions.retain(|action| !missing_actions.contains(action));
    TaskReport { title: task.title, page: task.page, missing_actions, missing_view_actions }
}

fn profile(context: &Context<'_>, known: &PermissionList, findings: &[Finding]) -> ProfileReport {
    let document = context.document;
    let (mut permissions, mut unknown, mut is_whole) = (BTreeSet::new(), Vec::new(), !known.list.is_incomplete);
    for entry in known.list.effective_entries(document).filter(EffectiveEntry::is_unconditional) {
        match entry.verdict() {
            Verdict::Permission(PermissionVerdict::Known(permission) | PermissionVerdict::Renamed(permission)) => {
                permissions.insert(permission.name.to_owned());
            }
            Verdict::Permission(PermissionVerdict::Added(added)) => {
                permissions.insert(added.name.clone());
            }
            Verdict::Permission(_) => unknown.push(entry.text.into_owned()),
            Verdict::Opaque | Verdict::Action(_) => is_whole = false,
        }
    }
    let is_set = |property: ProfileProperty| {
        known.property(document, property).is_some_and(|pair| match document.kind(pair.value) {
            NodeKind::Missing => false,
            NodeKind::Scalar => !document.value(pair.value).is_empty() && document.value(pair.value) != "null",
            _ => document.tree().children(pair.value).next().is_some(),
        })
    };
    let mut restricted_by = Vec::new();
    if is_set(ProfileProperty::TagRestrictedResources) && is_set(ProfileProperty::AllowedAccessControlTags) {
        restricted_by.push("tags");
    }
    if is_set(ProfileProperty::HierarchyRestrictedResources) || is_set(ProfileProperty::AllowedAccessControlHierarchyGroupId) {
        restricted_by.push("hierarchy");
    }
    let range = document.range(known.list.key.unwrap_or(known.list.value)).start..document.range(known.list.value).end;
    ProfileReport {
        path: String::new(),
        name: display_name::profile(document, known.list.key).unwrap_or_default(),
        line: line_of(document, range.start),
        is_whole,
        permissions,
        unknown,
        restricted_by,
        risks: risks(context, &range, findings),
    }
}

/// The findings of rules on risk in a range.
fn risks(context: &Context<'_>, range: &Range<usize>, findings: &[Finding]) -> Vec<Risk> {
    let document = context.document;
    let is_inside = |place: &Range<usize>| range.start <= place.start && place.end <= range.end;
    // An entry that is written elsewhere in the document counts where it is used.
    let is_used = |finding: &Finding| finding.related.iter().any(|related| related.document == context.index && is_inside(&related.range));
    let inside = findings.iter().filter(|finding| is_risk(finding) && (is_inside(&finding.range) || is_used(finding)));
    inside
        .map(|finding| Risk {
            severity: finding.severity,
            rule: finding.rule,
            entry: document.text().get(finding.range.clone()).unwrap_or("").to_owned(),
            message: finding.message.clone(),
            line: line_of(document, finding.range.start),
        })
        .collect()
}

/// Whether a finding is one of a rule on risk.
fn is_risk(finding: &Finding) -> bool {
    registry::rule(finding.rule).is_some_and(|rule| rule.is_risk)
}

fn line_of(document: &Document, offset: usize) -> usize {
    document.text().get(..offset).unwrap_or("").matches('\n').count() + 1
}
