//! Relations between permissions.

use serde::Deserialize;

use crate::basis::{Basis, Evidence};
use crate::named_enum::named_enum;
use crate::risk::RiskClass;

named_enum! {
    /// The kind of a relation between the permissions `from` and `to`.
    #[non_exhaustive]
    RelationKind {
        /// `from` has no effect without each of `to`.
        Requires = "requires",
        /// `from` has no effect without one of `to`.
        RequiresAny = "requires-any",
        /// Each of `from` has no effect without the one of `to` at the same position.
        RequiresSameVerb = "requires-same-verb",
        /// A part of `from` needs `to`.
        FeatureNeeds = "feature-needs",
        /// `from` means something only in a profile that has `to`.
        MeaninglessWithout = "meaningless-without",
        /// The console selects `to` with `from`.
        AutoSelects = "auto-selects",
        /// A row of the console grants all of `to`.
        RowGrants = "row-grants",
        /// `from` also shows what `to` shows.
        InheritsView = "inherits-view",
        /// `from` does not include `to`, although its name suggests it.
        NotImplied = "not-implied",
        /// `from` overrides `to` in the same profile.
        Masks = "masks",
        /// `from` and `to` contradict each other.
        Conflicts = "conflicts",
        /// `from` limits what the profile can reach.
        Restricts = "restricts",
        /// The page of `from` may show resources outside a tag restriction.
        BypassesTagRestriction = "bypasses-tag-restriction",
        /// The page of `from` may show resources outside a hierarchy restriction.
        BypassesHierarchyRestriction = "bypasses-hierarchy-restriction",
        /// With `from` the users of a restricted profile can remove its restriction.
        EscalatesUnderRestriction = "escalates-under-restriction",
        /// `from` shows more than its name suggests.
        Leaks = "leaks",
        /// Granting `from` needs review.
        Risky = "risky",
        /// Granting `from` has a risk that only hover shows.
        Sensitive = "sensitive",
        /// `from` hides a button only; it does not prevent a download.
        DownloadButtonNotSecurity = "download-button-not-security",
        /// `to` does the work of the legacy permission `from`.
        LegacyMigratesTo = "legacy-migrates-to",
        /// `to` is the spelling of `from` today.
        SupersededBy = "superseded-by",
        /// The feature behind `from` ended.
        FeatureEnded = "feature-ended",
    }
}

/// A relation between permissions.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Relation {
    /// A stable id.
    pub id: &'static str,
    /// The kind of relation.
    pub kind: RelationKind,
    /// The class of a `risky` or `sensitive` relation; `None` for other kinds.
    pub class: Option<RiskClass>,
    /// The permissions that it speaks of.
    pub from: Vec<&'static str>,
    /// The permissions that they relate to.
    #[serde(default)]
    pub to: Vec<&'static str>,
    /// How sure it is.
    pub basis: Basis,
    /// Sample profiles on which a rule that speaks of this relation would fire.
    #[serde(default)]
    pub fires_on_samples: Vec<&'static str>,
    /// What else to know.
    pub note: Option<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}

/// A permission and the IAM actions that give the same power by another way.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counterpart {
    /// The permission.
    pub permission: &'static str,
    /// The actions, with prefixes, in order.
    pub actions: Vec<&'static str>,
    /// How the pair is supported.
    pub basis: Evidence,
    /// In what the two differ.
    pub note: Option<&'static str>,
    /// Ids of sources.
    pub sources: Vec<&'static str>,
}
