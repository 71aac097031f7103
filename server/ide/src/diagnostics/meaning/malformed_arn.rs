//! Rule `malformed-arn`.

use connect_policy_model::{ArnParts, Entry};
use connect_policy_syntax::{Document, NodeFlags};

use crate::diagnostics::acc::{Acc, edits_of_entry};
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::nested_arn::nested_arn;
use crate::diagnostics::support::resource_entries::resource_entries;
use crate::finding::{Applicability, Fix, TextEdit};
use crate::resources::{ArnTypes, ConnectArn, is_literal};

declare_rule! {
    /// Malformed Amazon Connect ARN
    ///
    /// Amazon Connect ARNs have the form `arn:aws:connect:REGION:ACCOUNT:instance/ID`, and most resources are nested under an
    /// instance. An ARN with a missing part does not match any resource.
    ///
    /// Example:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeQueue", "Resource": "arn:aws:connect:eu-central-1:instance/*/queue/*"}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"Effect": "Allow", "Action": "connect:DescribeQueue", "Resource": "arn:aws:connect:eu-central-1:111122223333:instance/*/queue/*"}
    /// ```
    MALFORMED_ARN {
        summary: "malformed Amazon Connect ARN",
        group: Meaning,
        severity: Warning,
        unit: Statement,
        is_risk: false,
        fixes: Sometimes,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let shapes = ctx.arn_types();
    let document = ctx.document();
    for entry in resource_entries(ctx) {
        if document.tree().node(entry.node).flags().has(NodeFlags::OPEN) {
            continue;
        }
        if let Some((message, fix)) = judge(ctx, shapes, entry) {
            acc.report(entry.range.clone(), message).fixes.extend(fix);
        }
    }
}

/// What is wrong with an entry, and its fix.
fn judge(ctx: &RuleContext<'_>, shapes: &ArnTypes, entry: &Entry) -> Option<(String, Option<Fix>)> {
    let document = ctx.document();
    let text = entry.text(document);
    if !text.starts_with("arn:") {
        return None;
    }
    if let Some(inner) = nested_arn(document, ctx.catalog(), entry, &text) {
        return Some((nested_message(inner), None));
    }
    if let Some(arn) = ConnectArn::of(document, entry) {
        return judge_arn(document, shapes, entry, &arn);
    }
    if ArnParts::of(&text).is_none() && text.split(':').nth(2) == Some("connect") && !document.has_interpolation(entry.node) {
        let last = text.rsplit(':').next().unwrap_or("");
        let ends_in_resource = last.split_once('/').is_some_and(|(top, _)| shapes.is_top(top) || shapes.is_below(top));
        let is_missing = ends_in_resource || !text.contains(['*', '?']);
        return is_missing.then(|| ("incomplete ARN; expected `arn:aws:connect:REGION:ACCOUNT:instance/…`".to_owned(), None));
    }
    let (prefix, place) = wrong_service(ctx, &text)?;
    let edit = TextEdit { range: document.decoded(entry.node).source_of(place.clone()), new_text: prefix.to_owned() };
    let title = format!("Replace `{}` with `{prefix}`", text.get(place.clone())?);
    let message = format!("expected `{prefix}` in the ARN, found `{}`", text.get(place)?);
    let edits = edits_of_entry(document, entry, edit);
    Some((message, Some(Fix { title, applicability: Applicability::Unsafe, edits })))
}

/// A long ARN is not repeated: it is in the text that is marked.
fn nested_message(inner: &str) -> String {
    let replace = if inner.len() <= 50 { format!("replace `{inner}` with an ID") } else { "replace the inner ARN with an ID".to_owned() };
    format!("ARN inside an ARN; {replace}")
}

/// The same of an ARN of Connect with all its parts.
fn judge_arn(document: &Document, shapes: &ArnTypes, entry: &Entry, arn: &ConnectArn) -> Option<(String, Option<Fix>)> {
    judge_parts(arn).or_else(|| judge_shape(shapes, arn)).map(|(message, wanted)| {
        let fix = wanted.map(|ending| {
            let end = entry.range.end;
            let edits = edits_of_entry(document, entry, TextEdit { range: end..end, new_text: ending.to_owned() });
            Fix { title: format!("Add `{ending}`"), applicability: Applicability::Unsafe, edits }
        });
        (message, fix)
    })
}

/// The right prefix where an API client's name stands for the service, and the place of that name.
fn wrong_service(ctx: &RuleContext<'_>, text: &str) -> Option<(&'static str, std::ops::Range<usize>)> {
    let mut colons = text.match_indices(':').map(|(at, _)| at);
    let (start, end) = (colons.nth(1)? + 1, colons.next()?);
    let catalog = ctx.catalog();
    let name = text.get(start..end).filter(|name| !catalog.is_family(name))?;
    let prefix = catalog.client_name(name)?.prefix?;
    catalog.is_family(prefix).then_some((prefix, start..end))
}

type Judgement = Option<(String, Option<&'static str>)>;

fn judge_parts(arn: &ConnectArn) -> Judgement {
    let parts = ArnParts::of(&arn.text)?;
    if parts.region.is_empty() && parts.account != "aws" {
        return Some(("missing Region; use `*` for all Regions".to_owned(), None));
    }
    if parts.account.is_empty() {
        return Some(("missing account ID; use `*` for all accounts".to_owned(), None));
    }
    let is_number = parts.account.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && parts.account.len() != 12).then(|| (format!("account ID must have 12 digits, found {}", parts.account.len()), None))
}

fn judge_shape(shapes: &ArnTypes, arn: &ConnectArn) -> Judgement {
    let segments = arn.segments();
    let top = segments.first()?.1;
    if !arn.is_behind_instance {
        if is_literal(top) && !shapes.is_top(top) && (shapes.is_below(top) || shapes.nearest(top).is_some()) {
            return Some((
                format!("`{top}/…` must be nested under an instance: `instance/INSTANCE/{}/…`", shapes.nearest(top).unwrap_or(top)),
                None,
            ));
        }
        if top == "instance" && segments.get(1).is_none_or(|(_, id)| id.is_empty()) {
            return Some(("missing instance ID; use `*` for all instances".to_owned(), None));
        }
    }
    let below = arn.below_instance();
    let (_, kind) = below.first()?;
    if !shapes.is_below(kind) {
        return None;
    }
    match below.get(1) {
        None => Some((format!("missing resource ID after `{kind}`; use `{kind}/*` for all"), Some("/*"))),
        Some((_, "")) if below.len() == 2 => Some((format!("missing resource ID after `{kind}`; use `{kind}/*` for all"), Some("*"))),
        Some(_) => None,
    }
}
