//! Rule `unknown-condition-key`.

use connect_policy_catalog::Catalog;
use connect_policy_model::{ActionVerdict, Role, Statement, Verdict, nearest};
use connect_policy_syntax::{Document, NodeId};

use crate::diagnostics::acc::{Acc, did_you_mean};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::finding::{Applicability, Fix, TextEdit};
use crate::resources::has_condition_key;

declare_rule! {
    /// Unknown condition key
    ///
    /// If the request does not include the key, an Allow grants nothing, and a Deny with `IfExists` denies everything. Case
    /// is ignored. All unknown `connect:` keys are reported. Unknown global keys (`aws:…`) are only reported if they are
    /// similar to a known key, because AWS adds more.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*",
    ///  "Condition": {"StringEquals": {"connect:InstanceID/prod": "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"}}}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeUser", "Resource": "*",
    ///  "Condition": {"StringEquals": {"connect:InstanceId": "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d"}}}
    /// ```
    UNKNOWN_CONDITION_KEY {
        summary: "unknown condition key",
        group: Meaning,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for statement in ctx.policies().flat_map(|(_, policy)| &policy.statements) {
        for comparison in statement.conditions(document).comparisons {
            let text = document.value(comparison.key);
            match text.split_once(':') {
                Some((prefix, _)) if prefix.eq_ignore_ascii_case("connect") => check_key(ctx, acc, statement, comparison.key, &text),
                Some((prefix, _)) if prefix.eq_ignore_ascii_case("aws") => check_global_key(ctx, acc, comparison.key, &text),
                _ => {}
            }
        }
    }
}

fn check_key(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, statement: &Statement, key: NodeId, text: &str) {
    let document = ctx.document();
    let catalog = ctx.catalog();
    let range = document.inner(key);
    if catalog.condition_key(text).is_some() {
        return;
    }
    // AWS's pages write some keys with a part that may stand for one of the user's own.
    let base = text.split('/').next().unwrap_or(text);
    if base != text && catalog.condition_key(base).is_some_and(|known| known.prefix_form.is_some()) {
        return;
    }
    let names = nearest_keys(catalog, text);
    // A key that these actions do not have would be the next finding.
    let fixes = names.iter().filter(|name| is_supported(statement, name) != Some(false)).map(|name| rename(document, key, name)).collect();
    let message = format!("unknown condition key `{text}`{}", did_you_mean(&names));
    acc.report(range, message).fixes = fixes;
}

/// A global key is reported only if it resembles a known one.
fn check_global_key(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, key: NodeId, text: &str) {
    let document = ctx.document();
    let catalog = ctx.catalog();
    if document.has_interpolation(key) || catalog.condition_key(text).is_some() {
        return;
    }
    let (base, tag) = text.split_once('/').map_or((text, None), |(base, tag)| (base, Some(tag)));
    let folded = base.to_ascii_lowercase();
    let own =
        catalog.global_condition_keys().iter().map(|known| known.key.split_once('/').map_or((known.key, false), |(base, _)| (base, true)));
    let near = own.filter(|&(known, takes_tag)| takes_tag == tag.is_some() && is_slip(&folded, &known.to_ascii_lowercase()));
    let mut names: Vec<String> = near.map(|(known, _)| tag.map_or(known.to_owned(), |tag| format!("{known}/{tag}"))).collect();
    names.truncate(2);
    if names.is_empty() {
        return;
    }
    let fixes = names.iter().map(|name| rename(document, key, name)).collect();
    let message = format!("unknown condition key `{text}`{}", did_you_mean(&names));
    acc.report(document.inner(key), message).fixes = fixes;
}

/// Whether one key is another with a typo of one letter. AWS's own keys differ by as little as two (`SourceIp`, `SourceVpc`).
fn is_slip(written: &str, known: &str) -> bool {
    written.len() >= "aws:tagkey".len() && nearest::distance(written, known) == 1
}

fn rename(document: &Document, key: NodeId, name: &str) -> Fix {
    let range = document.inner(key);
    let new_text = document.format_entry(Some(key), &range, name);
    Fix { title: format!("Replace with `{name}`"), applicability: Applicability::Unsafe, edits: vec![TextEdit { range, new_text }] }
}

/// Whether some action of a statement supports a key; `None` if that is not known.
fn is_supported(statement: &Statement, key: &str) -> Option<bool> {
    if statement.lists(Role::NotAction).next().is_some() || statement.lists(Role::Action).next().is_none() {
        return None;
    }
    for list in statement.lists(Role::Action) {
        if list.has_unknown || list.entries.is_empty() {
            return None;
        }
        for entry in &list.entries {
            let Verdict::Action(ActionVerdict::Known { service, action }) = &entry.verdict else { return None };
            if !action.disputed.conditions.is_empty() || action.access.is_none() || has_condition_key(service, action, key) {
                return Some(true);
            }
        }
    }
    Some(false)
}

/// The keys that a wrong one was most likely meant to be.
fn nearest_keys(catalog: &Catalog, text: &str) -> Vec<&'static str> {
    let Some(service) = catalog.service("connect") else { return Vec::new() };
    let folded = text.to_ascii_lowercase();
    let base = folded.split('/').next().unwrap_or(&folded);
    let own = service.condition_keys.iter().map(|key| key.key).filter(|key| key.starts_with("connect:") && !key.contains("${"));
    nearest::ranked_ignoring_case(base, own, 3).into_iter().take(2).collect()
}
