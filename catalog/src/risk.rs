//! Risky actions.

use serde::Deserialize;

use crate::basis::Evidence;
use crate::named_enum::named_enum;

named_enum! {
    /// How loud a rule reports a risk.
    #[non_exhaustive]
    RiskLevel {
        /// Worth knowing.
        Information = "information",
        /// Needs review.
        Warning = "warning",
    }
}

named_enum! {
    /// The class of a risk.
    #[non_exhaustive]
    RiskClass {
        /// Its users can gain permissions.
        Escalation = "escalation",
        /// Returns credentials or tokens.
        SignIn = "sign-in",
        /// Shows what was said, written or recorded.
        Content = "content",
        /// Shows personal data of customers or staff in bulk.
        People = "people",
        /// Copies of data leave the instance.
        Export = "export",
        /// Calls, messages or data go elsewhere.
        Redirect = "redirect",
        /// Cannot be undone.
        Irreversible = "irreversible",
        /// Stops service.
        Outage = "outage",
        /// Costs money, or contacts customers in the company's name.
        Cost = "cost",
    }
}

/// Why granting an action needs review.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// The full name, or a pattern.
    pub action: &'static str,
    /// The class of the risk.
    pub class: RiskClass,
    /// The rule that reports it; `None` where only hover shows it.
    pub rule: Option<&'static str>,
    /// The level of an unscoped Allow.
    pub level: Option<RiskLevel>,
    /// Why, in a few words.
    pub reason: &'static str,
    /// How the judgment is supported.
    pub basis: Evidence,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}
