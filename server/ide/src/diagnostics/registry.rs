//! The list of all rules, in the order of the documentation.

use super::meta::RuleMeta;
use super::rule::Rule;
use super::{meaning, names, own, risk, shape};

/// Writes the lists of rules from one list of their modules. A rule that is missing here is unused code, which the compiler
/// reports.
macro_rules! rules {
    ($($group:ident::$rule:ident),+ $(,)?) => {
        static RULES: &[Rule] = &[$($group::$rule::RULE),+];
        static METAS: &[RuleMeta] = &[$($group::$rule::RULE.meta),+];

        /// The folder and file of each rule.
        #[cfg(test)]
        const PATHS: &[(&str, &str)] = &[$((stringify!($group), stringify!($rule))),+];
    };
}

rules! {
    names::malformed_action,
    names::unknown_service,
    names::unknown_action,
    names::dead_wildcard,
    names::action_case,
    names::legacy_action,
    names::unknown_permission,
    names::permission_case,
    names::ui_label,
    names::renamed_permission,
    shape::duplicate_entry,
    shape::redundant_action,
    shape::invalid_structure,
    shape::unknown_element,
    shape::missing_element,
    shape::invalid_effect,
    shape::invalid_version,
    shape::old_version,
    shape::bad_sid,
    shape::policy_size,
    shape::profile_limits,
    shape::embedded_syntax,
    shape::json_syntax,
    meaning::unknown_resource_type,
    meaning::resource_mismatch,
    meaning::missing_resource_type,
    meaning::malformed_arn,
    meaning::unknown_condition_key,
    meaning::unsupported_condition_key,
    meaning::condition_operator,
    meaning::condition_value,
    meaning::missing_dependent_action,
    meaning::edit_without_view,
    meaning::missing_permission,
    risk::confused_deputy,
    risk::full_access,
    risk::privilege_escalation,
    risk::credential_exposure,
    risk::data_exposure,
    risk::destructive_action,
    risk::traffic_redirect,
    risk::allow_not_action,
    risk::risky_permission,
    risk::conflicting_permissions,
    risk::restriction_bypass,
    own::unused_ignore,
    own::bad_config,
}

/// The declarations of all rules, in the order of the documentation.
pub fn rules() -> &'static [RuleMeta] {
    METAS
}

/// All rules, in the same order.
pub(super) fn all() -> &'static [Rule] {
    RULES
}

/// The declaration of a rule, by its id.
pub(crate) fn rule(code: &str) -> Option<&'static RuleMeta> {
    rules().iter().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::meta::RuleGroup;

    #[test]
    fn rules_lie_where_their_declarations_say() {
        for (meta, (folder, file)) in rules().iter().zip(PATHS) {
            assert_eq!(meta.code, file.replace('_', "-"));
            assert_eq!(format!("{:?}", meta.group).to_lowercase(), *folder, "{}", meta.code);
        }
    }

    #[test]
    fn rules_on_risk_are_those_of_their_group() {
        for meta in rules() {
            assert_eq!(meta.is_risk, meta.group == RuleGroup::Risk, "{}", meta.code);
        }
    }
}
