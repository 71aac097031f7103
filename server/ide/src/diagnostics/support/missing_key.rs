//! What a comparison of a condition gives for a request without its key.

use connect_policy_model::Comparison;
use connect_policy_syntax::Document;

use super::condition_operators::known;

/// Whether a comparison matches a request without its key; `None` if that is not known.
pub(in crate::diagnostics) fn matches_without_key(document: &Document, comparison: &Comparison) -> Option<bool> {
    let written = document.value(comparison.operator);
    let (operator, _) = known(&written)?;
    let (set, rest) = written.split_once(':').map_or(("", &*written), |(set, rest)| (set, rest));
    if operator == "Null" {
        let mut values = comparison.value_nodes(document).into_iter();
        let only = values.next().filter(|_| set.is_empty() && values.next().is_none())?;
        return match &*document.value(only).to_ascii_lowercase() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
    }
    let is_negated = operator.contains("Not");
    let if_exists = rest.len() > operator.len();
    match (set.to_ascii_lowercase().as_str(), if_exists) {
        ("forallvalues", _) | ("", true) => Some(true),
        ("foranyvalue", false) => Some(false),
        ("", false) => Some(is_negated),
        _ => None,
    }
}
