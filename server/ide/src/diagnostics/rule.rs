//! A rule: its declaration and the function that checks a document.

use super::acc::Acc;
use super::meta::RuleMeta;
use super::rule_context::RuleContext;

/// A rule that can run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) meta: RuleMeta,
    /// Looks at a document and reports what is wrong.
    pub(super) check: fn(&RuleContext<'_>, &mut Acc<'_>),
}

/// Declares the rule of a file, whose `check` it takes. The doc comment is the rule's page, in Markdown, and the name its
/// id: `UNKNOWN_ACTION` is `unknown-action`.
macro_rules! declare_rule {
    (
        $(#[doc = $line:literal])+
        $name:ident {
            summary: $summary:literal,
            group: $group:ident,
            severity: $severity:ident,
            unit: $unit:ident,
            is_risk: $is_risk:literal,
            fixes: $fixes:ident $(,)?
        }
    ) => {
        pub(in crate::diagnostics) const $name: $crate::diagnostics::meta::RuleMeta = {
            const CODE: [u8; stringify!($name).len()] = $crate::diagnostics::meta::code(stringify!($name));
            $crate::diagnostics::meta::RuleMeta {
                code: match std::str::from_utf8(&CODE) {
                    Ok(code) => code,
                    Err(_) => panic!("the name of a rule is ASCII"),
                },
                summary: $summary,
                severity: $crate::finding::Severity::$severity,
                group: $crate::diagnostics::meta::RuleGroup::$group,
                unit: $crate::diagnostics::meta::RuleUnit::$unit,
                is_risk: $is_risk,
                fixes: $crate::diagnostics::meta::FixAvailability::$fixes,
                page: concat!($($line, "\n"),+),
            }
        };

        pub(in crate::diagnostics) const RULE: $crate::diagnostics::rule::Rule =
            $crate::diagnostics::rule::Rule { meta: $name, check };
    };
}

pub(super) use declare_rule;
