//! Actions added to a policy, where they are granted: in the list that they are added to, or in a statement whose resources and
//! conditions apply to them.

use std::collections::BTreeSet;

use connect_policy_catalog::{Action, Service};
use connect_policy_model::{EffectiveEntry, Element, EntryList, Policy, Role, Statement};
use connect_policy_syntax::{Document, NodeId, RewrittenItem};

use crate::context::Context;
use crate::finding::TextEdit;
use crate::resources::{ConnectArn, Resources, has_condition_key, is_doubtful};
use crate::statement_edits::parting::{Parting, is_in_for, lists, part};

/// Adds actions to a list of a statement. Those that the statement's resources cannot grant go to another statement that can, or
/// to a new one. `None` if that cannot be written, or if the statement's conditions never match for the actions.
pub(crate) fn add_actions(
    context: &Context<'_>,
    policy: &Policy,
    statement: &Statement,
    list: &EntryList,
    names: &[&str],
) -> Option<Vec<TextEdit>> {
    let document = context.document;
    if is_in_for(document, statement) || !names.iter().all(|name| may_meet_conditions(context, statement, name)) {
        return None;
    }
    let (here, elsewhere): (Vec<&str>, Vec<&str>) = names.iter().partition(|name| serves(context, statement, name));
    if elsewhere.is_empty() {
        return Some(vec![append(document, list, &here)?]);
    }
    let is_open = |other: &&Statement| other.node != statement.node && other.applies_with(document, statement) && is_open(context, other);
    if let Some(other) = policy.statements.iter().find(is_open) {
        let mut edits = vec![append(document, other.lists(Role::Action).next()?, &elsewhere)?];
        if !here.is_empty() {
            edits.push(append(document, list, &here)?);
        }
        edits.sort_by_key(|edit| edit.range.start);
        return Some(edits);
    }
    let (actions, resources) = lists(statement).filter(|(actions, _)| actions.value == list.value && is_sound(document, statement))?;
    let written = |text: &str| RewrittenItem { text: Some(text.to_owned()), of: Vec::new() };
    let own: Vec<NodeId> = document.items(actions.value).collect();
    let own = if own.is_empty() { vec![actions.value] } else { own };
    let kept = own.into_iter().map(|node| RewrittenItem { text: None, of: vec![node] });
    let new_resources = resources_for(context, resources, &elsewhere)?;
    let parting = Parting {
        kept: kept.chain(here.iter().map(|name| written(name))).collect(),
        moved: elsewhere.iter().map(|name| written(name)).collect(),
        resources: None,
        new_resources: new_resources.iter().map(|text| written(text)).collect(),
        sid: "Dependencies",
    };
    part(context, policy, statement, &parting)
}

/// Whether a copy of a statement repeats no mistake of it: its keys, effect and Sid are right, and it has no conditions.
fn is_sound(document: &Document, statement: &Statement) -> bool {
    let has_right_keys = document.pairs(statement.node).all(|pair| statement.vocabulary.element(&document.value(pair.key)).is_some());
    let has_right_effect = statement.element(Element::Effect).is_none_or(|effect| document.value(effect) == "Allow");
    let is_right_sid = |sid: NodeId| document.value(sid).bytes().all(|byte| byte.is_ascii_alphanumeric());
    let has_right_sid = statement.element(Element::Sid).is_none_or(is_right_sid);
    has_right_keys && has_right_effect && has_right_sid && !statement.conditions(document).is_present
}

fn append(document: &Document, list: &EntryList, names: &[&str]) -> Option<TextEdit> {
    let (range, new_text) = document.append(list.value, names)?;
    Some(TextEdit { range, new_text })
}

/// Whether a statement certainly allows an action that is added to it: its resources include everything, or a resource of one of
/// the action's types.
fn serves(context: &Context<'_>, statement: &Statement, name: &str) -> bool {
    let document = context.document;
    let has_resources = statement.lists.iter().any(|list| matches!(list.role, Role::Resource | Role::NotResource));
    // Resources that are not written yet do not limit anything.
    if !has_resources || has_everything(document, statement) {
        return true;
    }
    let Some((service, action)) = context.catalog.action(name) else { return true };
    // If a resource is only known later, it may be of any type.
    let Some(mut resources) = Resources::of(document, statement).filter(|resources| !resources.has_everything()) else { return false };
    let mut types = action.resources.iter().filter_map(|used| service.resource_type(used.name));
    types.any(|kind| resources.can_match(service, kind.arn))
        || (!action.resources.is_empty() && is_doubtful(context.catalog, service, action))
}

/// Whether a statement's resources include everything whenever the statement holds. A reference may be anything.
fn has_everything(document: &Document, statement: &Statement) -> bool {
    let Some(action) = statement.lists(Role::Action).flat_map(|list| &list.entries).next() else { return false };
    let action = EffectiveEntry::own(document, action);
    let is_everything = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte == b'*');
    let mut resources = statement.lists(Role::Resource).flat_map(|list| list.effective_entries(document));
    resources.any(|entry| is_everything(&entry.text) && entry.applies_with(document, &action))
}

/// Whether a statement allows on everything, without conditions, what is added to it.
fn is_open(context: &Context<'_>, statement: &Statement) -> bool {
    let document = context.document;
    let is_plain = lists(statement).is_some() && !statement.conditions(document).is_present && !is_in_for(document, statement);
    statement.is_allow(document) && is_plain && has_everything(document, statement)
}

/// Whether the keys of a statement's conditions are in the requests of an action.
fn may_meet_conditions(context: &Context<'_>, statement: &Statement, name: &str) -> bool {
    let document = context.document;
    let Some((service, action)) = context.catalog.action(name) else { return true };
    statement.conditions(document).comparisons.iter().all(|comparison| {
        let key = document.value(comparison.key);
        let is_global = key.split_once(':').is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case("aws"));
        is_global || has_condition_key(service, action, &key)
    })
}

/// The resources of a new statement: everything, if the actions support nothing else, or the same instances' resources of the
/// types that they require.
fn resources_for(context: &Context<'_>, resources: &EntryList, names: &[&str]) -> Option<Vec<String>> {
    let actions: Vec<(&Service, &Action)> = names.iter().filter_map(|name| context.catalog.action(name)).collect();
    if actions.iter().all(|(_, action)| action.resources.is_empty()) {
        return Some(vec!["*".to_owned()]);
    }
    let mut arns = BTreeSet::new();
    for entry in &resources.entries {
        let arn = ConnectArn::of(context.document, entry).filter(|_| !context.document.has_interpolation(entry.node))?;
        let segments = arn.segments();
        let [(_, "instance"), (at, id), ..] = segments.as_slice() else { return None };
        let instance = arn.text.get(..at + id.len())?;
        for (service, action) in &actions {
            let is_required = action.resources.iter().any(|used| used.required == Some(true));
            let used = action.resources.iter().filter(|used| !is_required || used.required == Some(true));
            for kind in used.filter_map(|used| service.resource_type(used.name)) {
                let (_, below) = kind.arn.split_once(":instance/${InstanceId}")?;
                let mut parts = below.split('/').skip(1);
                match (parts.next(), parts.next()) {
                    (None, _) => arns.insert(instance.to_owned()),
                    (Some(segment), _) => arns.insert(format!("{instance}/{segment}/*")),
                };
            }
        }
        if actions.iter().any(|(_, action)| action.resources.is_empty()) {
            return None;
        }
    }
    (!arns.is_empty()).then(|| arns.into_iter().collect())
}
