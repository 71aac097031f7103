//! A permission that defeats a restriction of the same profile.
//!
//! Tags and hierarchies limit what the holders of a profile see, but some pages list everything all the same, and whoever
//! writes security profiles can write one without the restriction. Screen recordings carry the audio that redacted call
//! recordings leave out.
//!
//! Example:
//!
//! ```json
//! {"SecurityProfileName": "Team leads", "Permissions": ["Users.View", "ContactSearch.View"],
//!  "AllowedAccessControlTags": {"team": "care"}, "TagRestrictedResources": ["User"]}
//! ```
//!
//! Instead:
//!
//! ```json
//! {"SecurityProfileName": "Team leads", "Permissions": ["Users.View"],
//!  "AllowedAccessControlTags": {"team": "care"}, "TagRestrictedResources": ["User"]}
//! ```

use connect_policy_model::PermissionList;
use connect_policy_syntax::{Document, Kind};

use super::held::{Held, profiles};
use super::{Findings, Rule};
use crate::Severity;

pub(super) const RULE: Rule = Rule {
    code: "restriction-bypass",
    summary: "a permission that defeats a restriction of the same profile",
    severity: Severity::Information,
    source: include_str!("restriction_bypass.rs"),
    check,
};

fn check(findings: &mut Findings<'_>) {
    let document = findings.context.document;
    for known in profiles(findings) {
        let held = Held::by(findings, &known.list);
        let by_tags = is_set(document, known, "tagrestrictedresources") && is_set(document, known, "allowedaccesscontroltags");
        let by_hierarchy =
            is_set(document, known, "hierarchyrestrictedresources") || is_set(document, known, "allowedaccesscontrolhierarchygroupid");
        for relation in findings.context.catalog.relations() {
            let what = match relation.kind {
                "bypasses-tag-restriction" if by_tags => "the page of `{}` may list everything, whatever this profile's tags say",
                "bypasses-hierarchy-restriction" if by_hierarchy => {
                    "the page of `{}` may list everything, whatever this profile's hierarchy says"
                }
                "escalates-under-restriction" if by_tags || by_hierarchy => {
                    "with `{}` a holder of this restricted profile can write one without the restriction"
                }
                "leaks" if held.is_whole() && held.get("CallRecordings.Redacted.Access").is_some() => {
                    "`{}` carries the unredacted audio that this profile otherwise does not give"
                }
                _ => continue,
            };
            // A profile that gives the unredacted audio anyway loses nothing.
            if relation.to.iter().any(|name| held.has(name)) {
                continue;
            }
            for (name, entry) in relation.from.iter().filter_map(|name| Some((name, held.get(name)?))) {
                findings.add_counted(findings.rule.severity, entry, what.replace("{}", name));
            }
        }
    }
}

/// Whether a property of the profile is written and not empty.
fn is_set(document: &Document, known: &PermissionList, property: &str) -> bool {
    known.property(document, property).is_some_and(|pair| match document.kind(pair.value) {
        Kind::Missing => false,
        Kind::Seq | Kind::Map | Kind::Block => document.tree().children(pair.value).next().is_some(),
        _ => !document.value(pair.value).is_empty() && document.value(pair.value) != "null",
    })
}
