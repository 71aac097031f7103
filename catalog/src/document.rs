//! The catalog as one JSON document for other programs, as `connect-policy catalog --format json` prints it.
//! `catalog.schema.json` describes it. Fields are added within a version; any other change raises [`CatalogDocument::VERSION`].

use std::collections::BTreeMap;

use serde::Serialize;

use crate::action::{Action, RemovedStatus, ResourceUse, UnlistedAction};
use crate::basis::{Basis, Evidence};
use crate::catalog::Catalog;
use crate::permission::Permission;
use crate::relation::{Relation, RelationKind};
use crate::service::Service;
use crate::source::Source;

/// The level of a risky permission: that of the rule `risky-permission`.
const PERMISSION_LEVEL: &str = "information";

/// What is known, with counts and sources.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CatalogDocument {
    /// The version of the document's form.
    pub version: u32,
    /// The day on which the shipped facts were last brought up to date.
    pub date: &'static str,
    /// How much there is of what.
    pub counts: Counts,
    /// Where the facts come from.
    pub sources: &'static [Source],
    /// The services of the Connect family.
    pub services: Vec<ServiceRow>,
    /// The actions of these services, and those that AWS uses but does not list.
    pub actions: Vec<ActionRow>,
    /// The permissions of security profiles.
    pub permissions: Vec<PermissionRow>,
}

/// How much there is of what.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Services with details.
    pub services: usize,
    /// Their actions.
    pub actions: usize,
    /// Those of their actions that have a summary.
    pub actions_with_summary: usize,
    /// Their resource types.
    pub resource_types: usize,
    /// Their condition keys.
    pub condition_keys: usize,
    /// Condition keys of any request.
    pub global_condition_keys: usize,
    /// Services with names only.
    pub other_services: usize,
    /// The actions of these.
    pub other_actions: usize,
    /// Actions that AWS uses but does not list.
    pub unlisted_actions: usize,
    /// Actions that no longer exist.
    pub legacy_actions: usize,
    /// Actions that documentation prints but IAM never had.
    pub misprinted_actions: usize,
    /// Permissions of security profiles.
    pub permissions: usize,
    /// The permissions by status.
    pub permissions_by_status: BTreeMap<&'static str, usize>,
    /// Tasks in the console.
    pub console_tasks: usize,
    /// Relations between permissions.
    pub permission_relations: usize,
    /// Actions with a risk.
    pub risks: usize,
    /// Permissions with IAM actions that give the same power.
    pub counterparts: usize,
    /// AWS managed policies.
    pub managed_policies: usize,
    /// Actions that the workspace adds.
    pub added_actions: usize,
    /// Permissions that the workspace adds.
    pub added_permissions: usize,
}

/// A service of the Connect family.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceRow {
    prefix: &'static str,
    name: &'static str,
    names: Vec<NameRow>,
}

#[derive(Clone, Debug, Serialize)]
struct NameRow {
    name: &'static str,
    status: &'static str,
}

/// An IAM action.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionRow {
    name: String,
    is_listed: bool,
    access: Option<&'static str>,
    summary: Option<&'static str>,
    resource_types: Vec<ResourceRow>,
    condition_keys: Vec<&'static str>,
    dependent_actions: Vec<&'static str>,
    is_permission_only: bool,
    tag_checks: Vec<&'static str>,
    home_region: Option<&'static str>,
    risk: Option<RiskRow>,
    permissions: Vec<&'static str>,
    sources: Vec<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
struct ResourceRow {
    #[serde(rename = "type")]
    name: &'static str,
    required: Option<bool>,
}

#[derive(Clone, Debug, Serialize)]
struct RiskRow {
    class: &'static str,
    level: Option<&'static str>,
    rule: Option<&'static str>,
    reason: &'static str,
    basis: &'static str,
}

/// A permission of a security profile.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionRow {
    name: &'static str,
    status: &'static str,
    labels: Vec<&'static str>,
    old_labels: Vec<&'static str>,
    section: Option<&'static str>,
    summary: &'static str,
    note: Option<&'static str>,
    replaced_by: Vec<&'static str>,
    requires: Vec<&'static str>,
    risk: Option<RiskRow>,
    actions: Vec<&'static str>,
    sources: Vec<&'static str>,
}

impl CatalogDocument {
    /// The version of the document's form.
    pub const VERSION: u32 = 1;

    /// The document of a catalog.
    pub fn of(catalog: &Catalog) -> CatalogDocument {
        let services: Vec<&'static Service> = catalog.services().filter(|service| service.family).collect();
        let listed = services
            .iter()
            .flat_map(|&service| service.actions.iter().map(move |action| ActionRow::listed(catalog, service.prefix, action)));
        let unlisted = catalog.unlisted_actions().iter().map(|action| ActionRow::unlisted(catalog, action));
        let mut actions: Vec<ActionRow> = listed.chain(unlisted).collect();
        actions.sort_by(|one, other| one.name.cmp(&other.name));
        CatalogDocument {
            version: CatalogDocument::VERSION,
            date: catalog.date(),
            counts: Counts::of(catalog),
            sources: catalog.sources(),
            services: services.iter().map(|service| ServiceRow::of(catalog, service)).collect(),
            actions,
            permissions: catalog.permissions().iter().map(|permission| PermissionRow::of(catalog, permission)).collect(),
        }
    }

    /// The document as JSON text.
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

impl Counts {
    fn of(catalog: &Catalog) -> Counts {
        let actions = || catalog.services().flat_map(|service| &service.actions);
        let others = || catalog.prefixes().filter_map(|prefix| catalog.other_service(prefix));
        let gone = |status| catalog.removed_actions().iter().filter(|gone| gone.status == status).count();
        let mut permissions_by_status = BTreeMap::new();
        for permission in catalog.permissions() {
            *permissions_by_status.entry(permission.status.name()).or_default() += 1;
        }
        Counts {
            services: catalog.services().count(),
            actions: actions().count(),
            actions_with_summary: actions().filter(|action| action.summary.is_some()).count(),
            resource_types: catalog.services().map(|service| service.resource_types.len()).sum(),
            condition_keys: catalog.services().map(|service| service.condition_keys.len()).sum(),
            global_condition_keys: catalog.global_condition_keys().len(),
            other_services: others().count(),
            other_actions: others().map(|service| service.actions.len() + service.lowercase.len()).sum(),
            unlisted_actions: catalog.unlisted_actions().len(),
            legacy_actions: gone(RemovedStatus::Legacy),
            misprinted_actions: gone(RemovedStatus::Misprint),
            permissions: catalog.permissions().len(),
            permissions_by_status,
            console_tasks: catalog.tasks().len(),
            permission_relations: catalog.relations().len(),
            risks: catalog.risks().len(),
            counterparts: catalog.counterparts().len(),
            managed_policies: catalog.managed_policies().len(),
            added_actions: catalog.added_actions().count(),
            added_permissions: catalog.added_permissions().count(),
        }
    }
}

impl ServiceRow {
    fn of(catalog: &Catalog, service: &'static Service) -> ServiceRow {
        let names = catalog.service_names().iter().filter(|name| name.prefix == service.prefix);
        ServiceRow {
            prefix: service.prefix,
            name: service.name,
            names: names.map(|name| NameRow { name: name.name, status: name.status.name() }).collect(),
        }
    }
}

impl ActionRow {
    fn listed(catalog: &Catalog, prefix: &str, action: &'static Action) -> ActionRow {
        let resource = |one: &ResourceUse| ResourceRow { name: one.name, required: one.required };
        ActionRow {
            access: action.access.map(|access| access.name()),
            summary: action.summary,
            resource_types: action.resources.iter().map(resource).collect(),
            condition_keys: action.conditions.clone(),
            dependent_actions: action.dependent.clone(),
            is_permission_only: action.permission_only,
            sources: action.sources.clone(),
            ..ActionRow::named(catalog, format!("{prefix}:{}", action.name))
        }
    }

    fn unlisted(catalog: &Catalog, action: &'static UnlistedAction) -> ActionRow {
        ActionRow {
            is_listed: false,
            summary: Some(action.summary),
            sources: action.sources.clone(),
            ..ActionRow::named(catalog, action.action.to_owned())
        }
    }

    /// What the catalog has by name.
    fn named(catalog: &Catalog, name: String) -> ActionRow {
        let risk = catalog.risk(&name).map(|risk| RiskRow {
            class: risk.class.name(),
            level: risk.level.map(|level| level.name()),
            rule: risk.rule,
            reason: risk.reason,
            basis: risk.basis.name(),
        });
        ActionRow {
            is_listed: true,
            access: None,
            summary: None,
            resource_types: Vec::new(),
            condition_keys: Vec::new(),
            dependent_actions: Vec::new(),
            is_permission_only: false,
            tag_checks: catalog.tag_check(&name).map_or_else(Vec::new, |check| check.types.clone()),
            home_region: catalog.home_region(&name).map(|home| home.region),
            risk,
            permissions: catalog.counterparts_of_action(&name).map(|counterpart| counterpart.permission).collect(),
            sources: Vec::new(),
            name,
        }
    }
}

impl PermissionRow {
    fn of(catalog: &Catalog, permission: &'static Permission) -> PermissionRow {
        let name = permission.name;
        let requires = |relation: &&Relation| relation.kind == RelationKind::Requires && relation.from.contains(&name);
        PermissionRow {
            name,
            status: permission.status.name(),
            labels: permission.labels.clone(),
            old_labels: permission.old_labels.clone(),
            section: permission.section,
            summary: permission.summary,
            note: permission.note,
            replaced_by: permission.replaced_by.clone(),
            requires: catalog.relations().iter().filter(requires).flat_map(|relation| &relation.to).copied().collect(),
            risk: catalog.permission_risk(name).and_then(permission_risk),
            actions: catalog.counterpart(name).map_or_else(Vec::new, |counterpart| counterpart.actions.clone()),
            sources: permission.sources.clone(),
        }
    }
}

fn permission_risk(relation: &'static Relation) -> Option<RiskRow> {
    let is_reported = relation.kind == RelationKind::Risky;
    Some(RiskRow {
        class: relation.class?.name(),
        level: is_reported.then_some(PERMISSION_LEVEL),
        rule: is_reported.then_some("risky-permission"),
        reason: relation.note?,
        basis: evidence(relation.basis).name(),
    })
}

/// The basis of a relation in the words of a risk.
fn evidence(basis: Basis) -> Evidence {
    match basis {
        Basis::Stated | Basis::Observed | Basis::Verified => Evidence::Documented,
        Basis::Implied => Evidence::Derived,
        Basis::Assumed => Evidence::Assumed,
    }
}
