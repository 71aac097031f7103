//! What a comparison of a condition gives for a request without its key.

use connect_policy_model::Comparison;
use connect_policy_syntax::Document;

/// Operators that a request without the key satisfies, in lower case.
const NEGATED: &[&str] = &[
    "arnnotequals",
    "arnnotlike",
    "datenotequals",
    "notipaddress",
    "numericnotequals",
    "stringnotequals",
    "stringnotequalsignorecase",
    "stringnotlike",
];

/// All other operators, in lower case; `Null` aside.
const POSITIVE: &[&str] = &[
    "arnequals",
    "arnlike",
    "binaryequals",
    "bool",
    "dateequals",
    "dategreaterthan",
    "dategreaterthanequals",
    "datelessthan",
    "datelessthanequals",
    "ipaddress",
    "numericequals",
    "numericgreaterthan",
    "numericgreaterthanequals",
    "numericlessthan",
    "numericlessthanequals",
    "stringequals",
    "stringequalsignorecase",
    "stringlike",
];

/// Whether a comparison matches a request without its key; `None` if that is not known.
pub(in crate::diagnostics) fn matches_without_key(document: &Document, comparison: &Comparison) -> Option<bool> {
    let operator = document.value(comparison.operator).to_ascii_lowercase();
    if operator == "null" {
        let mut values = comparison.value_nodes(document).into_iter();
        let only = values.next().filter(|_| values.next().is_none())?;
        return match &*document.value(only).to_ascii_lowercase() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
    }
    let (set, bare) = operator.split_once(':').map_or((None, &*operator), |(set, bare)| (Some(set), bare));
    let (bare, if_exists) = bare.strip_suffix("ifexists").map_or((bare, false), |bare| (bare, true));
    let is_negated = NEGATED.contains(&bare);
    if !is_negated && !POSITIVE.contains(&bare) {
        return None;
    }
    match (set, if_exists) {
        (Some("forallvalues"), _) | (None, true) => Some(true),
        (Some("foranyvalue"), false) => Some(false),
        (None, false) => Some(is_negated),
        (Some(_), _) => None,
    }
}
