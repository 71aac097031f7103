//! Rule `malformed-arn`.

use connect_policy_model::{ArnParts, Entry, nearest, without_holes};
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

/// Whether this rule reports that an entry never matches.
pub(super) fn is_malformed(ctx: &RuleContext<'_>, entry: &Entry) -> bool {
    judge(ctx, ctx.arn_types(), entry).is_some()
}

/// What is wrong with an entry, and its fix.
fn judge(ctx: &RuleContext<'_>, shapes: &ArnTypes, entry: &Entry) -> Option<(String, Option<Fix>)> {
    let document = ctx.document();
    let text = entry.text(document);
    if !text.starts_with("arn:") {
        let (message, change) = judge_start(ctx, &text)?;
        let fix = change.and_then(|Change { title, place, new_text }| change_within(ctx, entry, title, place, new_text));
        return Some((message, fix));
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
    let (prefix, place) = wrong_service(ctx, &text).or_else(|| misspelled_service(ctx, shapes, &text))?;
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

/// The missing parts of an ARN.
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

/// `arn:aws:conect:…` with a resource that only Connect has.
fn misspelled_service(ctx: &RuleContext<'_>, shapes: &ArnTypes, text: &str) -> Option<(&'static str, std::ops::Range<usize>)> {
    const CONNECT: &str = "connect";
    let plain = without_holes(text);
    let parts = ArnParts::of(&plain)?;
    let top = parts.resource.split('/').next().filter(|_| parts.resource.contains('/'))?;
    let service = parts.service;
    let is_near = nearest::distance_within(&service.to_ascii_lowercase(), CONNECT, 2).is_some();
    let is_other = ctx.catalog().is_prefix(service) && !service.eq_ignore_ascii_case(CONNECT);
    let is_wrong = is_near && is_literal(service) && service != CONNECT && !is_other && shapes.is_top(top);
    let start = "arn:".len() + parts.partition.len() + 1;
    is_wrong.then_some((CONNECT, start..start + service.len()))
}

/// What is wrong before the partition of an ARN of the Connect family: white space, or another text than `arn:`.
fn judge_start(ctx: &RuleContext<'_>, text: &str) -> Judgement {
    let plain = without_holes(text);
    let blanks = plain.len() - plain.trim_start().len();
    let rest = plain.trim_start();
    let is_ours = |arn: &str| ArnParts::of(arn).is_some_and(|parts| ctx.catalog().is_family(parts.service));
    if blanks > 0 && is_ours(rest) {
        let change = Change { title: "Remove white space".to_owned(), place: 0..blanks, new_text: "" };
        return Some(("unexpected white space before `arn:`".to_owned(), Some(change)));
    }
    let is_partition = |part: &str| part.starts_with("aws") || (part.starts_with('*') && part.len() > 1);
    let mut parts = rest.splitn(3, ':');
    let (first, second) = (parts.next()?, parts.next()?);
    if blanks > 0 {
        return None;
    }
    if is_partition(first) && is_ours(&format!("arn:{rest}")) {
        let change = Change { title: "Add `arn:`".to_owned(), place: 0..0, new_text: "arn:" };
        return Some(("missing `arn:` at the start of the ARN".to_owned(), Some(change)));
    }
    let is_arn_misspelled = nearest::distance_within(&first.to_ascii_lowercase(), "arn", 2).is_some() && is_literal(first);
    if is_arn_misspelled && is_partition(second) && is_ours(&format!("arn{}", rest.get(first.len()..)?)) {
        let change = Change { title: format!("Replace `{first}` with `arn`"), place: 0..first.len(), new_text: "arn" };
        return Some((format!("expected `arn:` at the start of the ARN, found `{first}:`"), Some(change)));
    }
    None
}

/// Whether a text is certainly not a Region but resembles one, rather than a wildcard, variable or placeholder.
fn is_wrong_region(region: &str) -> bool {
    const DIRECTIONS: [&str; 5] = ["north", "south", "east", "west", "central"];
    let lower = region.to_ascii_lowercase();
    let parts: Vec<&str> = region.split('-').collect();
    let is_letters = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_region = matches!(parts.as_slice(), [area, middle @ .., number]
        if (2..=4).contains(&area.len()) && is_letters(area) && !middle.is_empty() && middle.iter().all(is_letters)
            && number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()));
    let is_account = region.len() == 12 && region.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = region.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' '));
    is_word && !is_region && (is_account || DIRECTIONS.iter().any(|direction| lower.contains(direction)))
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
    if is_wrong_region(parts.region) {
        return Some((format!("`{}` is not a Region; use a name such as `us-east-1`, or `*` for all Regions", parts.region), None));
    }
    let digits = parts.account.bytes().filter(u8::is_ascii_digit).count();
    let is_separated = digits > 0 && parts.account.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' '));
    if is_separated && digits < parts.account.len() {
        return Some((format!("account ID `{}` must have 12 digits and no separators", parts.account), None));
    }
    let is_number = digits == parts.account.len();
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
    if let Some((top, _)) = segments.first().and_then(|(_, first)| first.split_once(':'))
        && shapes.is_top(top)
    {
        let colon = arn.resource + top.len();
        let change = Change { title: "Replace `:` with `/`".to_owned(), place: colon..colon + 1, new_text: "/" };
        return Some((format!("expected `/` after `{top}` in the ARN, found `:`"), Some(change)));
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
        if is_literal(top)
            && segments.len() > 1
            && !shapes.is_top(top)
            && !shapes.is_below(top)
            && let Some(right) = shapes.nearest_top(top)
        {
            let place = arn.resource..arn.resource + top.len();
            let change = Change { title: format!("Replace `{top}` with `{right}`"), place, new_text: right };
            return Some((format!("expected `{right}/…` in the ARN, found `{top}/…`"), Some(change)));
        }
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
