//! A statement parted by resource support: actions that only take `*`, and those that take ARNs.

use std::collections::BTreeSet;

use connect_policy_catalog::{Action, Catalog, Pattern, Service, glob};
use connect_policy_model::{ActionVerdict, Entry, EntryList, Policy, Role, Statement, Verdict, can_match, without_holes};
use connect_policy_syntax::{Document, RewrittenItem};

use super::editable_run::Rewrite;
use crate::context::Context;
use crate::resources::is_doubtful;
use crate::statement_edits::parting::{Parting, lists, part};

const NAME: &str = "splitByResource";

/// Offered where a statement has actions of both kinds, all on the same resources.
pub(super) fn rewrite(context: &Context<'_>, policy: &Policy, statement: &Statement) -> Option<Rewrite> {
    let (actions, resources) = lists(statement)?;
    let document = context.document;
    if !is_plain(document, actions) || !is_plain(document, resources) {
        return None;
    }
    let supports: Vec<Support> = actions.entries.iter().map(|entry| Support::of(context, entry)).collect();
    if !supports.iter().any(|support| !support.only_everything.is_empty()) {
        return None;
    }
    let kept = |entry: &Entry| RewrittenItem { text: None, of: vec![entry.node] };
    let written = |text: &str| RewrittenItem { text: Some(text.to_owned()), of: Vec::new() };
    let (stars, arns): (Vec<&Entry>, Vec<&Entry>) = resources.entries.iter().partition(|entry| entry.text(document) == "*");
    let pairs = || actions.entries.iter().zip(&supports);
    let (parting, title) = if stars.is_empty() {
        // What only takes `*` gets it; of a wildcard that takes both kinds, the names that do.
        let moved: Vec<RewrittenItem> = pairs().flat_map(|(entry, support)| support.moved(entry)).collect();
        let stays: Vec<RewrittenItem> = pairs().filter(|(_, support)| !support.is_only_everything).map(|(entry, _)| kept(entry)).collect();
        let title = match moved.len() {
            1 => "Move the action that requires `*` to a separate statement".to_owned(),
            many => format!("Move the {many} actions that require `*` to a separate statement"),
        };
        (Parting { kept: stays, moved, resources: None, new_resources: vec![written("*")], sid: "Everywhere" }, title)
    } else {
        if resources.has_unknown || stars.len() > 1 {
            return None;
        }
        let own: Vec<String> = arns.iter().map(|entry| without_holes(&entry.text(document)).into_owned()).collect();
        let is_ready = |support: &Support| {
            support.is_whole && (own.is_empty() || support.actions.iter().all(|(service, action)| is_served(&own, service, action)))
        };
        let (with_arns, with_star): (Vec<_>, Vec<_>) = pairs().partition(|(_, support)| is_ready(support));
        let of = |pairs: &[(&Entry, &Support)]| -> Vec<RewrittenItem> { pairs.iter().map(|(entry, _)| kept(entry)).collect() };
        let title = format!("Split the statement: {} with ARNs, {} with `*`", with_arns.len(), with_star.len());
        let parting = if own.is_empty() {
            let new_resources =
                arns_of(with_arns.iter().flat_map(|(_, support)| &support.actions)).iter().map(|arn| written(arn)).collect();
            Parting { kept: of(&with_star), moved: of(&with_arns), resources: None, new_resources, sid: "Named" }
        } else {
            let resources = Some(arns.iter().map(|entry| kept(entry)).collect());
            Parting {
                kept: of(&with_arns),
                moved: of(&with_star),
                resources,
                new_resources: stars.iter().map(|star| kept(star)).collect(),
                sid: "Everywhere",
            }
        };
        (parting, title)
    };
    if parting.kept.is_empty() || parting.moved.is_empty() || parting.new_resources.is_empty() {
        return None;
    }
    Some(Rewrite { name: NAME, title, change: Ok(part(context, policy, statement, &parting)?) })
}

/// Whether every part of a list is an entry that stands in it directly. Resources may be calls too.
fn is_plain(document: &Document, list: &EntryList) -> bool {
    let is_here = |entry: &Entry| list.written_in(document, entry) == Some(list.value);
    let others = document.items(list.value).filter(|&item| list.entries.iter().all(|entry| entry.node != item)).count();
    match list.role {
        Role::Action => !list.entries.is_empty() && others == 0 && list.entries.iter().all(is_here),
        // What is no list, and no part of one, is a resource that is kept as it is.
        _ => others == 0 || list.entries.iter().all(|entry| entry.text(document) != "*"),
    }
}

/// What an entry's actions take.
struct Support {
    /// The actions that only take `*`, by full name.
    only_everything: Vec<String>,
    /// Whether all of them do.
    is_only_everything: bool,
    /// Whether all of them are known to take ARNs.
    is_whole: bool,
    actions: Vec<(&'static Service, &'static Action)>,
}

impl Support {
    fn of(context: &Context<'_>, entry: &Entry) -> Support {
        let catalog = context.catalog;
        let (actions, is_all) = match &entry.verdict {
            Verdict::Action(ActionVerdict::Known { service, action }) => (vec![(*service, *action)], true),
            Verdict::Action(ActionVerdict::Pattern { .. }) => pattern_actions(catalog, context.document, entry),
            _ => (Vec::new(), false),
        };
        let is_bare = |(_, action): &&(&'static Service, &'static Action)| {
            action.resources.is_empty() && action.disputed.resources.is_empty() && action.access.is_some()
        };
        let only: Vec<String> =
            actions.iter().filter(is_bare).map(|(service, action)| format!("{}:{}", service.prefix, action.name)).collect();
        let takes_arns = |(service, action): &(&'static Service, &'static Action)| {
            !action.resources.is_empty() && !is_doubtful(catalog, service, action)
        };
        Support {
            is_only_everything: is_all && !actions.is_empty() && only.len() == actions.len(),
            is_whole: is_all && !actions.is_empty() && actions.iter().all(takes_arns),
            only_everything: only,
            actions,
        }
    }

    /// What of an entry goes to the statement with `*`.
    fn moved(&self, entry: &Entry) -> Vec<RewrittenItem> {
        if self.is_only_everything {
            return vec![RewrittenItem { text: None, of: vec![entry.node] }];
        }
        self.only_everything.iter().map(|name| RewrittenItem { text: Some(name.clone()), of: Vec::new() }).collect()
    }
}

/// The actions of a wildcard, and whether these are all that it can take as far as is known.
fn pattern_actions(catalog: &Catalog, document: &Document, entry: &Entry) -> (Vec<(&'static Service, &'static Action)>, bool) {
    let text = entry.text(document);
    let Some(pattern) = Pattern::new(&text) else { return (Vec::new(), false) };
    let takes_others = text.split_once(':').is_none_or(|(prefix, _)| Pattern::is_wild(prefix))
        || catalog.unlisted_actions().iter().any(|unlisted| pattern.matches(unlisted.action))
        || catalog.added_actions().any(|added| pattern.matches(&added.name));
    (catalog.matching(&pattern), !takes_others)
}

/// Whether ARNs can serve an action: all the types that it requires, or one of those that it takes.
fn is_served(arns: &[String], service: &Service, action: &Action) -> bool {
    let mut types = action.resources.iter().filter_map(|used| Some((used, service.resource_type(used.name)?)));
    let can = |template: &'static str| arns.iter().any(|arn| can_match(arn, template, service.family));
    if action.resources.iter().any(|used| used.required == Some(true)) {
        types.all(|(used, kind)| used.required != Some(true) || can(kind.arn))
    } else {
        types.any(|(_, kind)| can(kind.arn))
    }
}

/// The ARNs of all the resource types that actions take, with `*` for what varies, none within another.
fn arns_of<'s>(actions: impl Iterator<Item = &'s (&'static Service, &'static Action)>) -> Vec<String> {
    let arns: BTreeSet<String> = actions
        .flat_map(|(service, action)| action.resources.iter().filter_map(|used| service.resource_type(used.name)))
        .map(|kind| filled(kind.arn))
        .collect();
    arns.iter().filter(|arn| !arns.iter().any(|wider| wider != *arn && glob(wider, arn))).cloned().collect()
}

/// A template of an ARN as a pattern.
fn filled(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        let (hole, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(if hole == "Partition" { "aws" } else { "*" });
        rest = after;
    }
    out + rest
}
