//! Rule `restriction-bypass`.

use connect_policy_catalog::RelationKind;
use connect_policy_model::{PermissionList, ProfileProperty};
use connect_policy_syntax::{Document, NodeKind};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::profile_permissions::{ProfilePermissions, profiles};

declare_rule! {
    /// Permission bypasses an access restriction
    ///
    /// Tags and hierarchies restrict which resources users can see, but some pages list all resources, and users who can
    /// create security profiles can create one without the restriction. Screen recordings include the audio that is removed
    /// from redacted call recordings.
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Team leads", "Permissions": ["Users.View", "ContactSearch.View"],
    ///  "AllowedAccessControlTags": {"team": "care"}, "TagRestrictedResources": ["User"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Team leads", "Permissions": ["Users.View"],
    ///  "AllowedAccessControlTags": {"team": "care"}, "TagRestrictedResources": ["User"]}
    /// ```
    RESTRICTION_BYPASS {
        summary: "permission bypasses an access restriction",
        group: Risk,
        severity: Information,
        unit: Profile,
        is_risk: true,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    let document = ctx.document();
    for known in profiles(ctx.context()) {
        let held = ProfilePermissions::of(ctx.context(), &known.list);
        let by_tags = is_set(document, known, ProfileProperty::TagRestrictedResources)
            && is_set(document, known, ProfileProperty::AllowedAccessControlTags);
        let by_hierarchy = is_set(document, known, ProfileProperty::HierarchyRestrictedResources)
            || is_set(document, known, ProfileProperty::AllowedAccessControlHierarchyGroupId);
        for relation in ctx.catalog().relations() {
            let what = match relation.kind {
                RelationKind::BypassesTagRestriction if by_tags => "`{}` may bypass this profile's tag restrictions",
                RelationKind::BypassesHierarchyRestriction if by_hierarchy => "`{}` may bypass this profile's hierarchy restrictions",
                // The remedy that AWS names: security profiles are restricted too.
                RelationKind::EscalatesUnderRestriction if (by_tags || by_hierarchy) && !restricts_profiles(document, known) => {
                    "`{}` lets users create a security profile without this restriction"
                }
                RelationKind::Leaks if held.is_whole() && held.get("CallRecordings.Redacted.Access").is_some() => {
                    "`{}` gives access to unredacted audio"
                }
                _ => continue,
            };
            // A profile that grants the unredacted audio anyway is not bypassed.
            if relation.to.iter().any(|name| held.has(name)) {
                continue;
            }
            for (name, entry) in relation.from.iter().filter_map(|name| Some((name, held.get(name)?))) {
                acc.report_entry(acc.severity(), entry, what.replace("{}", name));
            }
        }
    }
}

/// Whether the profile's restrictions cover security profiles themselves.
fn restricts_profiles(document: &Document, known: &PermissionList) -> bool {
    let restricted = [ProfileProperty::TagRestrictedResources, ProfileProperty::HierarchyRestrictedResources];
    let pairs = restricted.into_iter().filter_map(|property| known.property(document, property));
    pairs.into_iter().any(|pair| document.items(pair.value).any(|item| document.value(item) == "SecurityProfile"))
}

/// Whether a property of the profile is written and not empty.
fn is_set(document: &Document, known: &PermissionList, property: ProfileProperty) -> bool {
    known.property(document, property).is_some_and(|pair| match document.kind(pair.value) {
        NodeKind::Missing => false,
        NodeKind::Seq | NodeKind::Map | NodeKind::Block => document.tree().children(pair.value).next().is_some(),
        _ => !document.value(pair.value).is_empty() && document.value(pair.value) != "null",
    })
}
