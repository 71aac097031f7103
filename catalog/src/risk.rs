//! Risky actions.

use serde::Deserialize;

use crate::named_enum::named_enum;

named_enum! {
    /// How loud a rule reports a risk.
    #[non_exhaustive]
    RiskLevel {
        /// Worth knowing.
        Information = "information",
        /// Worth a second look.
        Warning = "warning",
    }
}

named_enum! {
    /// The kind of a risk.
    #[non_exhaustive]
    RiskCategory {
        /// Cannot be undone, or stops service.
        Destructive = "destructive",
        /// Its holder can gain rights.
        PrivilegeEscalation = "privilege-escalation",
        /// Gives access to customer data.
        DataExposure = "data-exposure",
        /// Leaves something behind, or sends contacts or data elsewhere.
        PersistenceOrRedirect = "persistence-or-redirect",
        /// Costs money, or helps who commits fraud.
        FraudOrCost = "fraud-or-cost",
    }
}

/// Why granting an action deserves a second thought.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// The full name, or a pattern.
    pub action: &'static str,
    /// The rule that speaks of it; `None` where only hover does.
    pub rule: Option<&'static str>,
    /// The level of an unscoped Allow.
    pub level: Option<RiskLevel>,
    /// The kind of risk.
    pub category: RiskCategory,
    /// Why, in a few words.
    pub reason: &'static str,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}
