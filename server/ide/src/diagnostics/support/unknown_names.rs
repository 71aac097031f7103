//! How certain it is that a name does not exist.

use connect_policy_model::ActionSuggestions;

use crate::finding::Severity;

/// The level of an unknown action or a wildcard without a match. The lists of other services age faster than those of the
/// Connect family, so their names have to be near a known one.
pub(in crate::diagnostics) fn severity_of_unknown(is_family: bool, suggestions: &ActionSuggestions) -> Severity {
    // Computed for other services only, because it is most of what a wrong name costs once its suggestions are known.
    let is_near = || suggestions.distance().is_some_and(|distance| distance <= 2);
    if is_family || is_near() { Severity::Warning } else { Severity::Information }
}
