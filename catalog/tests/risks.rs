//! Every name that changes something was reviewed: it has a risk class, or it is listed as reviewed.

use std::collections::{BTreeMap, BTreeSet};

use connect_policy_catalog::{Access, Catalog, Evidence, Relation, RelationKind, RiskClass};
use serde::Deserialize;

/// What `reviewed.json` has: names whose grant was reviewed and needs no note.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reviewed {
    actions: Vec<ReviewedAction>,
    permissions: Vec<ReviewedPermission>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewedAction {
    action: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewedPermission {
    permission: String,
}

/// The actions and permissions of `reviewed.json`.
fn reviewed() -> (Vec<String>, Vec<String>) {
    let reviewed: Reviewed = serde_json::from_str(include_str!("../data/reviewed.json")).expect("the reviewed names are readable");
    (reviewed.actions.into_iter().map(|one| one.action).collect(), reviewed.permissions.into_iter().map(|one| one.permission).collect())
}

/// The actions of the Connect family that need a review: those that change something, and those whose level is unknown.
fn to_review(catalog: &Catalog) -> BTreeSet<String> {
    let listed = catalog.services().filter(|service| service.family).flat_map(|service| {
        let changes = service.actions.iter().filter(|action| action.access.is_none_or(Access::is_write));
        changes.map(|action| format!("{}:{}", service.prefix, action.name))
    });
    let is_of_family = |name: &str| name.split_once(':').is_some_and(|(prefix, _)| catalog.is_family(prefix));
    let unlisted = catalog.unlisted_actions().iter().map(|action| action.action).filter(|name| is_of_family(name)).map(str::to_owned);
    listed.chain(unlisted).collect()
}

#[test]
fn every_action_that_changes_something_was_reviewed() {
    let catalog = Catalog::builtin();
    let (reviewed, _) = reviewed();
    assert!(reviewed.is_sorted());
    let to_review = to_review(&catalog);
    let known: BTreeSet<&str> = reviewed.iter().map(String::as_str).collect();
    for name in &to_review {
        let has_class = catalog.risk(name).is_some();
        assert!(has_class || known.contains(name.as_str()), "{name} needs a risk class in risks.json, or a line in reviewed.json");
        assert!(!(has_class && known.contains(name.as_str())), "{name} has a risk class and is listed as reviewed");
    }
    for name in &reviewed {
        assert!(to_review.contains(name), "{name} needs no review");
    }
}

#[test]
fn every_permission_was_reviewed() {
    let catalog = Catalog::builtin();
    let (_, reviewed) = reviewed();
    assert!(reviewed.is_sorted());
    let known: BTreeSet<&str> = reviewed.iter().map(String::as_str).collect();
    for permission in catalog.permissions() {
        let name = permission.name;
        let has_class = catalog.permission_risk(name).is_some();
        assert!(has_class || known.contains(name), "{name} needs a risk class in relations.json, or a line in reviewed.json");
        assert!(!(has_class && known.contains(name)), "{name} has a risk class and is listed as reviewed");
    }
    for name in &reviewed {
        assert!(catalog.permission(name).is_some(), "{name} does not exist");
    }
}

#[test]
fn risks_are_complete() {
    let catalog = Catalog::builtin();
    for risk in catalog.risks() {
        let name = risk.action;
        let exists = catalog.action(name).is_some() || catalog.unlisted(name).is_some() || name.contains('*');
        assert!(exists, "{name} does not exist");
        assert_eq!(risk.rule.is_some(), risk.level.is_some(), "{name}: a rule has a level");
        assert!(risk.class != RiskClass::Cost || risk.rule.is_none(), "{name}: only hover shows costs");
        assert!(!risk.reason.ends_with('.') && risk.reason.starts_with(char::is_lowercase), "{name}: {}", risk.reason);
    }
    let classes: BTreeSet<RiskClass> = catalog.risks().iter().map(|risk| risk.class).collect();
    assert_eq!(classes.len(), RiskClass::ALL.len(), "every class is used: {classes:?}");
}

#[test]
fn one_rule_reports_each_class() {
    let rules: BTreeMap<RiskClass, &[&str]> = BTreeMap::from([
        (RiskClass::Escalation, &["full-access", "privilege-escalation"][..]),
        (RiskClass::SignIn, &["credential-exposure"]),
        (RiskClass::Content, &["data-exposure"]),
        (RiskClass::People, &["data-exposure"]),
        (RiskClass::Export, &["data-exposure"]),
        // Where recordings and messages are copied to is a matter of exposure too.
        (RiskClass::Redirect, &["data-exposure", "traffic-redirect"]),
        (RiskClass::Irreversible, &["destructive-action"]),
        (RiskClass::Outage, &["destructive-action"]),
        (RiskClass::Cost, &[]),
    ]);
    for risk in Catalog::builtin().risks() {
        let fits = risk.rule.is_none_or(|rule| rules[&risk.class].contains(&rule));
        assert!(fits, "{}: {:?} is not reported by {:?}", risk.action, risk.class, risk.rule);
    }
}

#[test]
fn risks_of_permissions_are_complete() {
    let catalog = Catalog::builtin();
    let mut seen = BTreeSet::new();
    let is_risk = |relation: &&Relation| matches!(relation.kind, RelationKind::Risky | RelationKind::Sensitive);
    for relation in catalog.relations() {
        assert_eq!(relation.class.is_some(), is_risk(&relation), "{}", relation.id);
    }
    for relation in catalog.relations().iter().filter(is_risk) {
        assert!(relation.note.is_some_and(|note| !note.ends_with('.')), "{} has a reason", relation.id);
        assert!(relation.from.iter().all(|name| seen.insert(*name)), "{}: {:?} has two risks", relation.id, relation.from);
    }
}

#[test]
fn a_permission_is_reported_if_an_action_with_the_same_access_is() {
    let catalog = Catalog::builtin();
    for counterpart in catalog.counterparts().iter().filter(|counterpart| counterpart.basis != Evidence::Assumed) {
        let Some(risk) = catalog.permission_risk(counterpart.permission) else { continue };
        let is_action_reported = counterpart.actions.iter().filter_map(|action| catalog.risk(action)).any(|risk| risk.rule.is_some());
        // An action reads the personal data of all at once; a page of the console shows what the user needs for the work.
        if is_action_reported && risk.class != Some(RiskClass::People) {
            assert_eq!(risk.kind, RelationKind::Risky, "{}", counterpart.permission);
        }
    }
}

#[test]
fn deleting_what_the_api_refuses_to_delete_is_not_reported() {
    let catalog = Catalog::builtin();
    for service in catalog.services().filter(|service| service.family) {
        for action in &service.actions {
            let is_refused = action.summary.is_some_and(|summary| summary.ends_with("Fails while it is in use."));
            let name = format!("{}:{}", service.prefix, action.name);
            // A released number is lost, although it was not in use.
            if is_refused && name != "connect:ReleasePhoneNumber" {
                assert!(catalog.risk(&name).is_none_or(|risk| risk.rule.is_none()), "{name}");
            }
        }
    }
}

#[test]
fn counterparts_are_pairs_of_existing_names() {
    let catalog = Catalog::builtin();
    assert!(catalog.counterparts().len() >= 25);
    assert!(catalog.counterparts().is_sorted_by_key(|counterpart| counterpart.permission));
    for counterpart in catalog.counterparts() {
        assert!(catalog.permission(counterpart.permission).is_some(), "{}", counterpart.permission);
        assert!(!counterpart.actions.is_empty() && counterpart.actions.is_sorted(), "{}", counterpart.permission);
        for action in &counterpart.actions {
            assert!(catalog.action(action).is_some() || catalog.unlisted(action).is_some(), "{action}");
            assert!(catalog.counterparts_of_action(action).any(|other| other == counterpart), "{action}");
        }
        assert!(!counterpart.sources.is_empty(), "{}", counterpart.permission);
    }
    let of_permission = catalog.counterpart("Users.EditPermission").map(|counterpart| &counterpart.actions[..]);
    assert_eq!(of_permission, Some(&["connect:UpdateUserSecurityProfiles"][..]));
    let of_action: Vec<&str> = catalog.counterparts_of_action("connect:monitorcontact").map(|counterpart| counterpart.permission).collect();
    assert_eq!(of_action, ["ManagerBargeIn", "ManagerListenIn"]);
}

#[test]
fn tag_checks_and_home_regions_are_of_existing_actions() {
    let catalog = Catalog::builtin();
    assert!(catalog.tag_checks().is_sorted_by_key(|check| check.action));
    for check in catalog.tag_checks() {
        let (service, action) = catalog.action(check.action).unwrap_or_else(|| panic!("{} does not exist", check.action));
        assert!(check.types.len() > 1 && check.types.is_sorted(), "{}", check.action);
        for name in &check.types {
            assert!(action.resources.iter().any(|resource| resource.name == *name), "{}: {name}", check.action);
            let keys = &service.resource_type(name).unwrap_or_else(|| panic!("{name} does not exist")).conditions;
            assert!(keys.contains(&"aws:ResourceTag/${TagKey}"), "{}: {name} has no tags", check.action);
        }
    }
    let of_user = catalog.tag_check("connect:CreateUser").map(|check| &check.types[..]);
    assert_eq!(of_user, Some(&["routing-profile", "security-profile", "user"][..]));
    assert!(catalog.home_regions().is_sorted_by_key(|home| home.action));
    for home in catalog.home_regions() {
        assert!(catalog.action(home.action).is_some() && home.region.starts_with("where "), "{}", home.action);
    }
    assert!(catalog.home_region("connect:ReleasePhoneNumber").is_some() && catalog.home_region("connect:ListUsers").is_none());
}

#[test]
fn every_service_of_the_family_has_one_current_name() {
    let catalog = Catalog::builtin();
    let names = catalog.service_names();
    assert!(names.is_sorted_by_key(|name| (name.prefix, name.name)));
    for prefix in catalog.family() {
        let current = names.iter().filter(|name| name.prefix == *prefix && name.status.name() == "current");
        assert_eq!(current.count(), 1, "{prefix}");
    }
    assert!(names.iter().all(|name| catalog.is_prefix(name.prefix)));
}
