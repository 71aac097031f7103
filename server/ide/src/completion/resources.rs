//! ARNs that fit a statement's actions, and AWS's own policies.

use std::collections::BTreeMap;

use connect_policy_model::{ActionVerdict, CursorContext, Verdict, is_substitution, template_keys};
use connect_policy_syntax::NodeId;

use super::{Completion, CompletionKind, Completions, plain, snippet, stop};
use crate::context::Context;

/// The resource types of the statement's actions, as ARNs with tab stops for what varies.
pub(super) fn arns(context: &Context<'_>, place: &CursorContext, statement: NodeId) -> Completions {
    let mut arns: BTreeMap<&'static str, &'static str> = BTreeMap::new();
    let statements = context.meaning.policies.iter().flat_map(|policy| &policy.statements).filter(|known| known.node == statement);
    let entries = statements.flat_map(|statement| &statement.lists).filter(|list| list.role.is_action()).flat_map(|list| &list.entries);
    for entry in entries {
        if let Verdict::Action(ActionVerdict::Known { service, action }) = &entry.verdict {
            let types = action.resources.iter().filter_map(|resource| service.resource_type(resource.name));
            arns.extend(types.map(|resource| (resource.arn, resource.name)));
        }
    }
    let is_substituted = is_substituted(context, place);
    let mut items: Vec<Completion> = arns.into_iter().map(|(arn, name)| arn_item(context, place, arn, name, is_substituted)).collect();
    let any = Completion { sort_text: "~".to_owned(), ..plain(context, place, "*", CompletionKind::Value, "any resource") };
    items.push(any);
    Completions { items, is_incomplete: false }
}

/// Whether the text at the place is CloudFormation's `!Sub`, whose holes name what the template knows.
fn is_substituted(context: &Context<'_>, place: &CursorContext) -> bool {
    let document = context.document;
    let node = place.token.unwrap_or_else(|| document.locate(place.offset).node);
    std::iter::once(node).chain(document.tree().ancestors(node).take(3)).any(|node| is_substitution(document, node))
}

fn arn_item(context: &Context<'_>, place: &CursorContext, arn: &str, name: &str, is_substituted: bool) -> Completion {
    let (mut label, mut text, mut defaults) = (String::new(), String::new(), Vec::new());
    let mut rest = arn;
    while let Some((before, after)) = rest.split_once("${") {
        let (hole, after) = after.split_once('}').unwrap_or((after, ""));
        let default = if hole == "Partition" { "aws" } else { "*" };
        label.push_str(before);
        text.push_str(before);
        if let Some(variable) = template_keys::pseudo_parameter(hole).filter(|_| is_substituted) {
            label.push_str(variable);
            text.push_str(variable);
        } else {
            label.push_str(default);
            text.push(stop(defaults.len()));
            defaults.push(default);
        }
        rest = after;
    }
    label.push_str(rest);
    text.push_str(rest);
    let mut item = plain(context, place, &label, CompletionKind::Value, name);
    item.label = shortened(&label);
    item.edit = snippet(context, place, &text, &defaults);
    item.is_snippet = true;
    item
}

/// More characters than these do not fit into an editor's list.
const MAX_LABEL_LEN: usize = 60;

/// An ARN as a label: of a long one, the variables before the resource are left out, because ARNs differ behind them.
fn shortened(arn: &str) -> String {
    let parts: Vec<&str> = arn.split("${").collect();
    if arn.chars().count() <= MAX_LABEL_LEN || parts.len() < 2 {
        return arn.to_owned();
    }
    let mut out = parts[0].to_owned();
    for part in &parts[1..] {
        out.push('…');
        out.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    out
}

/// AWS's policies for Amazon Connect that customers can attach.
pub(super) fn managed_policies(context: &Context<'_>, place: &CursorContext, by_arn: bool) -> Completions {
    let policies = context.catalog.managed_policies().iter().filter(|policy| policy.attachable);
    let items = policies.map(|policy| {
        let text = if by_arn { policy.arn } else { policy.name };
        let detail = if policy.deprecated { "AWS managed policy, replaced" } else { "AWS managed policy" };
        Completion { is_deprecated: policy.deprecated, ..plain(context, place, text, CompletionKind::Value, detail) }
    });
    Completions { items: items.collect(), is_incomplete: false }
}
