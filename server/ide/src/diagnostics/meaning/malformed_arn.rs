//! Rule `malformed-arn`.

use connect_policy_model::{ArnParts, Entry};
use connect_policy_syntax::{Document, NodeFlags};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::instance_id;
use crate::diagnostics::support::nested_arn::nested_arn;
use crate::diagnostics::support::offer::change_within;
use crate::diagnostics::support::resource_entries::resource_entries;
use crate::diagnostics::support::without_effect::about_arn;
use crate::finding::{Fix, Severity};
use crate::resources::{ArnTypes, ConnectArn, is_literal};

declare_rule! {
    /// Malformed Amazon Connect ARN
    ///
    /// Amazon Connect ARNs have the form `arn:aws:connect:REGION:ACCOUNT:instance/ID`, and most resources are nested under an
    /// instance. An ARN with a missing part does not match any resource, nor does the ARN of a service-linked role without the path
    /// `aws-service-role/…`. An instance ID that is not a UUID is information.
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
    for place in resource_entries(ctx) {
        let entry = place.entry;
        if document.tree().node(entry.node).flags().has(NodeFlags::OPEN) {
            continue;
        }
        if let Some((message, fix)) = judge(ctx, shapes, entry) {
            let (severity, message) = about_arn(document, &place, acc.severity(), message);
            acc.report_at(severity, entry.range.clone(), message).fixes.extend(fix);
        } else if let Some(message) = wrong_instance_id(document, entry) {
            let (severity, message) = about_arn(document, &place, Severity::Information, message);
            acc.report_at(severity, entry.range.clone(), message);
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
        return judge_arn(ctx, shapes, entry, &arn);
    }
    if ArnParts::of(&text).is_none() && text.split(':').nth(2) == Some("connect") && !document.has_interpolation(entry.node) {
        let last = text.rsplit(':').next().unwrap_or("");
        let ends_in_resource = last.split_once('/').is_some_and(|(top, _)| shapes.is_top(top) || shapes.is_below(top));
        let is_missing = ends_in_resource || !text.contains(['*', '?']);
        let what = missing_part(&text, ends_in_resource);
        return is_missing.then(|| (format!("missing {what}; expected `arn:aws:connect:REGION:ACCOUNT:instance/…`"), None));
    }
    if let Some(message) = without_service(shapes, &text) {
        return Some((message, None));
    }
    if let Some(found) = without_role_path(ctx, entry, &text) {
        return Some(found);
    }
    let (prefix, place) = wrong_service(ctx, &text)?;
    let title = format!("Replace `{}` with `{prefix}`", text.get(place.clone())?);
    let message = format!("expected `{prefix}` in the ARN, found `{}`", text.get(place.clone())?);
    Some((message, change_within(ctx, entry, title, place, prefix)))
}

/// A long ARN is not repeated: it is in the text that is marked.
fn nested_message(inner: &str) -> String {
    let replace = if inner.len() <= 50 { format!("replace `{inner}` with an ID") } else { "replace the inner ARN with an ID".to_owned() };
    format!("ARN inside an ARN; {replace}")
}

/// The same of an ARN of Connect with all its parts.
fn judge_arn(ctx: &RuleContext<'_>, shapes: &ArnTypes, entry: &Entry, arn: &ConnectArn) -> Option<(String, Option<Fix>)> {
    let (message, change) = judge_parts(arn).or_else(|| judge_separators(shapes, arn)).or_else(|| judge_shape(shapes, arn))?;
    let fix = change.and_then(|Change { title, place, new_text }| change_within(ctx, entry, title, place, new_text));
    Some((message, fix))
}

/// What an ARN with too few parts lacks.
fn missing_part(text: &str, ends_in_resource: bool) -> &'static str {
    let parts: Vec<&str> = text.split(':').skip(3).collect();
    match parts.as_slice() {
        [_] if ends_in_resource => "Region and account ID",
        [account, _] if ends_in_resource && !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit()) => "Region",
        [_, _] if ends_in_resource => "account ID",
        _ => "resource in ARN",
    }
}

/// `arn:::::instance/…`: the resource is of Connect, and the service is empty.
fn without_service(shapes: &ArnTypes, text: &str) -> Option<String> {
    let parts = ArnParts::of(text).filter(|parts| parts.service.is_empty())?;
    let top = parts.resource.split('/').next().filter(|top| parts.resource.contains('/') && shapes.is_top(top))?;
    let named = [("partition", parts.partition), ("service", parts.service), ("Region", parts.region), ("account ID", parts.account)];
    let missing: Vec<&str> = named.into_iter().filter(|(_, part)| part.is_empty()).map(|(name, _)| name).collect();
    let (last, first) = missing.split_last()?;
    let missing = if first.is_empty() { (*last).to_owned() } else { format!("{} and {last}", first.join(", ")) };
    Some(format!("missing {missing} in the ARN; expected `arn:aws:connect:REGION:ACCOUNT:{top}/…`"))
}

/// The service-linked roles of the Connect family, by how their names begin, with the service that is a part of their path.
const LINKED_ROLES: &[(&str, &str)] = &[
    ("AWSServiceRoleForAmazonConnect", "connect.amazonaws.com"),
    ("AWSServiceRoleForConnectCampaigns", "connect-campaigns.amazonaws.com"),
];

/// The ARN of a service-linked role without its path never matches.
fn without_role_path(ctx: &RuleContext<'_>, entry: &Entry, text: &str) -> Option<(String, Option<Fix>)> {
    let parts = ArnParts::of(text).filter(|parts| parts.service == "iam")?;
    let name = parts.resource.strip_prefix("role/")?;
    let (_, service) = LINKED_ROLES.iter().find(|(start, _)| name.starts_with(start))?;
    let path = format!("aws-service-role/{service}/");
    let at = text.len() - name.len();
    let fix = change_within(ctx, entry, format!("Add `{path}`"), at..at, &path);
    Some((format!("missing path in the ARN of a service-linked role; expected `role/{path}…`"), fix))
}

/// The message about the id of an instance that is not one.
fn wrong_instance_id(document: &Document, entry: &Entry) -> Option<String> {
    let arn = ConnectArn::of(document, entry).filter(|arn| !arn.is_behind_instance)?;
    let segments = arn.segments();
    let [(_, "instance"), (_, id), ..] = segments.as_slice() else { return None };
    instance_id::is_wrong(id).then(|| instance_id::message(id))
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

/// A change that makes an ARN right: what it replaces in the decoded text.
struct Change {
    title: String,
    place: std::ops::Range<usize>,
    new_text: &'static str,
}

type Judgement = Option<(String, Option<Change>)>;

fn judge_parts(arn: &ConnectArn) -> Judgement {
    let parts = ArnParts::of(&arn.text)?;
    if parts.partition.is_empty() {
        return Some(("missing partition in the ARN; use `aws`".to_owned(), None));
    }
    if parts.region.is_empty() && parts.account != "aws" {
        return Some(("missing Region; use `*` for all Regions".to_owned(), None));
    }
    if parts.account.is_empty() {
        return Some(("missing account ID; use `*` for all accounts".to_owned(), None));
    }
    let is_number = parts.account.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && parts.account.len() != 12).then(|| (format!("account ID must have 12 digits, found {}", parts.account.len()), None))
}

/// `/instance/…` and `instance/ID:queue/…`.
fn judge_separators(shapes: &ArnTypes, arn: &ConnectArn) -> Judgement {
    if arn.is_behind_instance {
        return None;
    }
    let segments = arn.segments();
    if let [(at, ""), (_, top), ..] = segments.as_slice()
        && shapes.is_top(top)
    {
        let change = Change { title: "Remove `/`".to_owned(), place: *at..at + 1, new_text: "" };
        return Some((format!("unexpected `/` before `{top}` in the ARN"), Some(change)));
    }
    let [(_, "instance"), (at, id), ..] = segments.as_slice() else { return None };
    let (before, kind) = id.split_once(':').filter(|(_, kind)| shapes.is_below(kind) || shapes.nearest(kind).is_some())?;
    let colon = at + before.len();
    let change = Change { title: "Replace `:` with `/`".to_owned(), place: colon..colon + 1, new_text: "/" };
    Some((format!("expected `/` between the instance ID and `{kind}`, found `:`"), Some(change)))
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
    let ending = match below.get(1) {
        None => "/*",
        Some((_, "")) if below.len() == 2 => "*",
        Some(_) => return None,
    };
    let end = arn.text.len();
    let change = Change { title: format!("Add `{ending}`"), place: end..end, new_text: ending };
    Some((format!("missing resource ID after `{kind}`; use `{kind}/*` for all"), Some(change)))
}
