//! An ARN in the place of an id inside another ARN, which then matches nothing.

use connect_policy_catalog::Catalog;
use connect_policy_model::{ArnParts, Entry, is_substitution, returns_arn};
use connect_policy_syntax::Document;

/// What of an entry's text is an ARN inside an ARN: written out, or a reference whose value is an ARN.
pub(in crate::diagnostics) fn nested_arn<'t>(document: &Document, catalog: &Catalog, entry: &Entry, text: &'t str) -> Option<&'t str> {
    if !text.starts_with("arn:") {
        return None;
    }
    let mut around = std::iter::once(entry.node).chain(document.tree().ancestors(entry.node).take(2));
    let is_substituted = around.any(|node| is_substitution(document, node));
    let is_arn = |hole: &str| is_name_of_arn(hole) || (is_substituted && returns_arn(document, hole));
    let reference = holes(text).find(|hole| is_arn(hole[2..hole.len() - 1].trim()));
    // ARNs of some other services have ARNs in them.
    reference.or_else(|| ArnParts::of(text).filter(|parts| catalog.is_family(parts.service)).and_then(|parts| written_out(parts.resource)))
}

/// The parts of a text that are only known later, with their marks: `${…}`.
fn holes(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("${").filter_map(move |(start, _)| {
        let end = start + text[start..].find('}')?;
        text.get(start..=end)
    })
}

/// Whether a reference is named as an ARN: `aws_connect_instance.main.arn`, `var.instance_arn`, `Instance.Arn`. Not
/// `aws:PrincipalArn`, which IAM fills in, and not what a function makes of an ARN.
fn is_name_of_arn(reference: &str) -> bool {
    let last = reference.rsplit('.').next().unwrap_or(reference);
    let is_name = !reference.contains(['(', ':', ' ', '"', '?']);
    let has_ending = |ending: &str| last.ends_with(ending);
    is_name && (last.eq_ignore_ascii_case("arn") || has_ending("_arn") || has_ending("-arn") || has_ending("Arn") || has_ending("_ARN"))
}

fn written_out(resource: &str) -> Option<&str> {
    let start = if resource.starts_with("arn:") { 0 } else { resource.find("/arn:").or_else(|| resource.find(":arn:"))? + 1 };
    let inner = &resource[start..];
    let mut parts = inner.split(':').skip(1);
    let is_partition = parts.next().is_some_and(|part| part.starts_with("aws") || part == "*" || part.starts_with("${"));
    (is_partition && parts.count() >= 3).then_some(inner)
}
