//! ARNs: their parts, the types of resources that they are, the actions that take them.

use std::fmt::Write as _;

use connect_policy_catalog::{Access, Action, Catalog, Pattern, ResourceType, Service};
use connect_policy_model::{ArnParts, can_match};

use super::facts;
use crate::describe::codes;

/// How many actions of a level are listed.
const MAX_NAMES: usize = 12;

/// How many types a pattern's description lists.
const MAX_TYPES: usize = 8;

/// Explains an ARN or a pattern of ARNs; `None` for other text.
pub(super) fn explain(catalog: &Catalog, text: &str) -> Option<String> {
    let parts = ArnParts::of(text)?;
    let mut out = format!("**`{text}`** · ARN\n\n");
    let _ = writeln!(out, "- Partition: {}", named(parts.partition, "every partition", facts::partition_name(parts.partition)));
    let service = catalog.service(parts.service).map(|service| service.name);
    let _ = writeln!(out, "- Service: {}", named(parts.service, "every service", service));
    let _ = writeln!(out, "- Region: {}", region(parts.region));
    let _ = writeln!(out, "- Account: {}", account(parts.account));
    let _ = writeln!(out, "- Resource: `{}`", parts.resource);
    if let Some(inner) = inner(text) {
        let _ = write!(out, "\nThis ARN contains the ARN `{inner}`, probably because a call passed an ARN instead of an ID.\n");
    }
    let types = types(catalog, text);
    match types.as_slice() {
        [] => out.push_str("\nThis ARN does not match any resource type in the catalog."),
        [(service, resource)] => one_type(&mut out, service, resource),
        several if Pattern::is_wild(parts.resource) => {
            let names = several.iter().take(MAX_TYPES).map(|(_, resource)| resource.name);
            let _ = write!(out, "\nMatches resources of {} types: {}", several.len(), codes(names));
            if several.len() > MAX_TYPES {
                let _ = write!(out, " and {} more", several.len() - MAX_TYPES);
            }
        }
        [(service, resource), ..] => one_type(&mut out, service, resource),
    }
    if parts.service == "connect" && parts.resource.starts_with("instance/") && parts.resource.matches('/').count() == 1 {
        out.push_str("\n\nThe ARN of an instance does not match its users, queues and flows. ");
        let _ = write!(out, "To include them, add `{}/*`.", text.trim_end_matches('*').trim_end_matches('/'));
    }
    Some(out)
}

/// Explains a resource type: its ARN, its condition keys, the actions that take it.
pub(super) fn explain_type(service: &Service, resource: &ResourceType) -> String {
    let mut out = format!("**`{}`** · resource type · {}\n\n`{}`\n", resource.name, service.name, resource.arn);
    actions(&mut out, service, resource);
    out
}

fn one_type(out: &mut String, service: &Service, resource: &ResourceType) {
    let _ = write!(out, "\nResource type: `{}` of {}, `{}`\n", resource.name, service.name, resource.arn);
    actions(out, service, resource);
}

/// The actions that take a type, by level, and its condition keys.
fn actions(out: &mut String, service: &Service, resource: &ResourceType) {
    let takes = |action: &&Action| action.resources.iter().any(|taken| taken.name == resource.name);
    let count = service.actions.iter().filter(takes).count();
    let _ = write!(out, "\nActions that support it ({count}):\n\n");
    for access in Access::ALL {
        let of_level = service.actions.iter().filter(takes).filter(|action| action.access == Some(access));
        let names: Vec<String> = of_level.map(|action| format!("{}:{}", service.prefix, action.name)).collect();
        if names.is_empty() {
            continue;
        }
        let _ = write!(out, "- {access} ({}): {}", names.len(), codes(names.iter().take(MAX_NAMES).map(String::as_str)));
        if names.len() > MAX_NAMES {
            let _ = write!(out, " and {} more", names.len() - MAX_NAMES);
        }
        out.push('\n');
    }
    if !resource.conditions.is_empty() {
        let _ = writeln!(out, "- Condition keys: {}", codes(resource.conditions.iter().copied()));
    }
    out.truncate(out.trim_end().len());
}

/// The types of resources that an ARN or a pattern can be, the plainest first: variants of a type for policies that name no
/// one resource come last.
pub(super) fn types(catalog: &Catalog, arn: &str) -> Vec<(&'static Service, &'static ResourceType)> {
    let Some(parts) = ArnParts::of(arn) else { return Vec::new() };
    let mut found = Vec::new();
    for service in catalog.services() {
        let is_flat = service.family;
        for resource in &service.resource_types {
            let of_service = ArnParts::of(resource.arn).is_some_and(|template| template.service == parts.service);
            if of_service && can_match(arn, resource.arn, is_flat) {
                found.push((service, resource));
            }
        }
    }
    let is_own = |service: &Service| service.prefix == parts.service;
    // Of types of which one lies below the other (`bucket/key`), the longer form is meant.
    let depth = |resource: &ResourceType| std::cmp::Reverse(resource.arn.matches('/').count());
    let is_pattern = Pattern::is_wild(arn);
    found.sort_by_key(|(service, resource)| {
        (!is_own(service), is_variant(resource), !service.family, (!is_pattern).then(|| depth(resource)))
    });
    found
}

/// Whether a type is a variant of another: `wildcard-queue`, `qualified-metric`.
pub(super) fn is_variant(resource: &ResourceType) -> bool {
    resource.name.starts_with("wildcard-") || resource.name.starts_with("qualified-")
}

/// The ARN within an ARN, where a call passed an ARN in place of an ID.
pub(super) fn inner(arn: &str) -> Option<&str> {
    let at = arn.get(4..)?.rfind("arn:")? + 4;
    arn.get(at..).filter(|inner| ArnParts::of(inner).is_some())
}

fn named(part: &str, every: &str, name: Option<&str>) -> String {
    match (part, name) {
        ("*", _) => every.to_owned(),
        (_, Some(name)) => format!("`{part}`, {name}"),
        (_, None) => format!("`{part}`"),
    }
}

fn region(region: &str) -> String {
    match region {
        "" => "not part of this ARN".to_owned(),
        _ => named(region, "every Region", facts::region_name(region)),
    }
}

fn account(account: &str) -> String {
    match account {
        "" => "not part of this ARN".to_owned(),
        "*" => "every account".to_owned(),
        "aws" => "`aws`, owned by AWS".to_owned(),
        _ if account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()) => format!("`{account}`"),
        _ if Pattern::is_wild(account) || account.contains('$') => format!("`{account}`"),
        _ => format!("`{account}`, not a 12-digit account ID"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSTANCE: &str = "arn:aws:connect:eu-west-2:111122223333:instance/4b2a";

    #[test]
    fn the_type_of_an_arn_is_known() {
        let catalog = Catalog::builtin();
        let first = |rest: &str| types(&catalog, &format!("{INSTANCE}{rest}")).first().map(|(_, resource)| resource.name);
        assert_eq!(first("/agent/5"), Some("user"));
        assert_eq!(first("/transfer-destination/5"), Some("quick-connect"));
        assert_eq!(first("/queue/5"), Some("queue"));
        assert_eq!(first(""), Some("instance"));
        assert_eq!(first("/nothing/5"), None);
        assert_eq!(types(&catalog, "arn:aws:s3:::bucket/a/b").first().map(|(_, resource)| resource.name), Some("object"));
    }

    #[test]
    fn an_arn_is_taken_apart() {
        let text = explain(&Catalog::builtin(), &format!("{INSTANCE}/agent/5")).expect("an ARN");
        for part in ["the standard partition", "Europe (London)", "`111122223333`", "Resource type: `user`", "`connect:DescribeUser`"] {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        let text = explain(&Catalog::builtin(), INSTANCE).expect("an ARN");
        assert!(text.contains(&format!("add `{INSTANCE}/*`")), "{text}");
        assert_eq!(explain(&Catalog::builtin(), "connect:ListUsers"), None);
    }

    #[test]
    fn an_arn_in_place_of_an_id_is_seen() {
        assert_eq!(inner(&format!("{INSTANCE}/contact-flow/{INSTANCE}/contact-flow/7")), Some(&*format!("{INSTANCE}/contact-flow/7")));
        assert_eq!(inner(INSTANCE), None);
    }
}
