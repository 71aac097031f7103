//! Rule `missing-permission`.

use std::collections::BTreeMap;

use connect_policy_catalog::{Basis, Relation, RelationKind};

use crate::describe;
use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;
use crate::diagnostics::support::profile_permissions::{ProfilePermissions, profiles};
use crate::finding::{Applicability, Fix, TextEdit};

declare_rule! {
    /// Required permission is missing
    ///
    /// Some permissions require another: users who can edit but not view queues cannot open the page to edit them. Users have
    /// the permissions of all their security profiles, and another profile may include the required one, so the level is
    /// hint.
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Planners", "Permissions": ["BasicAgentAccess", "Queues.Edit"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Planners", "Permissions": ["BasicAgentAccess", "Queues.Edit", "Queues.View"]}
    /// ```
    MISSING_PERMISSION {
        summary: "required permission is missing",
        group: Meaning,
        severity: Hint,
        unit: Profile,
        is_risk: false,
        fixes: Sometimes,
    }
}

/// Relations of one feature of a page: without the other permission the page is of use all the same.
const OF_ONE_FEATURE: &[&str] = &["SP186", "SP227", "SP228", "SP229", "SP235", "SP237", "SP242"];

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for known in profiles(ctx.context()) {
        let held = ProfilePermissions::of(ctx.context(), &known.list);
        if !held.is_whole() {
            continue;
        }
        // By permission, so that one entry gets one finding.
        let mut missing: BTreeMap<&'static str, (Vec<&'static str>, bool)> = BTreeMap::new();
        for relation in ctx.catalog().relations().iter().filter(|relation| is_sure(relation)) {
            for (index, name) in relation.from.iter().enumerate() {
                if held.get(name).is_none() {
                    continue;
                }
                let (lacks, any) = lacking(relation, index, &held);
                if lacks.is_empty() {
                    continue;
                }
                let (names, is_any) = missing.entry(name).or_insert((Vec::new(), any));
                *is_any &= any;
                names.extend(lacks.into_iter().filter(|lack| lack != name));
            }
        }
        for (name, (mut names, is_any)) in missing {
            names.sort_unstable();
            names.dedup();
            let Some(entry) = held.get(name) else { continue };
            let needs = if is_any && names.len() > 1 { "one of " } else { "" };
            let message = format!("`{name}` requires {needs}{}", describe::codes(names.iter().copied()));
            let adds: &[&str] = if is_any { &names[..1] } else { &names };
            let fix = ctx.document().append(known.list.value, adds).map(|(range, new_text)| Fix {
                title: format!("Add {}", describe::codes(adds.iter().copied())),
                applicability: Applicability::Unsafe,
                edits: vec![TextEdit { range, new_text }],
            });
            let finding = acc.report_entry(acc.severity(), entry, message);
            finding.fixes.extend(fix.filter(|_| entry.target.is_none()));
        }
    }
}

/// Whether a relation is of the kinds that a hint may rest on, and sure enough.
fn is_sure(relation: &Relation) -> bool {
    let is_kind = matches!(
        relation.kind,
        RelationKind::Requires
            | RelationKind::RequiresAny
            | RelationKind::RequiresSameVerb
            | RelationKind::FeatureNeeds
            | RelationKind::MeaninglessWithout
    );
    let is_based = matches!(relation.basis, Basis::Stated | Basis::Observed) || relation.fires_on_samples.is_empty();
    is_kind && is_based && !OF_ONE_FEATURE.contains(&relation.id)
}

/// What the profile lacks of what a permission of a relation needs, and whether one of them is enough.
fn lacking(relation: &Relation, index: usize, held: &ProfilePermissions<'_>) -> (Vec<&'static str>, bool) {
    match relation.kind {
        RelationKind::RequiresAny | RelationKind::FeatureNeeds => {
            let has_one = relation.to.iter().any(|name| held.has(name));
            (if has_one { Vec::new() } else { relation.to.clone() }, true)
        }
        // The first needs the first, the second the second.
        RelationKind::RequiresSameVerb => (relation.to.get(index).copied().filter(|name| !held.has(name)).into_iter().collect(), false),
        _ => (relation.to.iter().copied().filter(|name| !held.has(name)).collect(), false),
    }
}
