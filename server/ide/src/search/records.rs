//! What can be found: one record for each name of the catalog and each rule, with its words.

use connect_policy_catalog::{Access, Action, Catalog, ConditionKey, KeyCategory, Permission, PermissionStatus, Service};

use super::facts;
use super::hit::HitKind;
use super::service_names::word_for_service;

/// A name that can be found, and the texts by which it is found, the weightiest first.
pub(super) struct Record {
    pub(super) kind: HitKind,
    pub(super) name: String,
    /// What else it is called: the word for it in ARNs.
    pub(super) alias: String,
    pub(super) label: Option<String>,
    pub(super) summary: String,
    /// What else says something of it: its section or page, its service, why it is risky.
    pub(super) context: String,
    /// How much it counts beside others that fit as well: names in use more than old ones, Amazon Connect more than others.
    pub(super) weight: f64,
}

/// All records, Amazon Connect's first.
pub(super) fn all(catalog: &Catalog) -> Vec<Record> {
    let mut records = Vec::new();
    permissions(catalog, &mut records);
    for is_family in [true, false] {
        for service in catalog.services().filter(|service| service.family == is_family) {
            records.extend(service.actions.iter().map(|action| action_record(catalog, service, action)));
            resource_types(service, &mut records);
        }
    }
    unlisted_and_added(catalog, &mut records);
    tasks(catalog, &mut records);
    for (code, summary) in rules() {
        let context = "rule check finding".to_owned();
        records.push(Record {
            kind: HitKind::Rule,
            name: code.to_owned(),
            alias: String::new(),
            label: None,
            summary: summary.to_owned(),
            context,
            weight: 0.8,
        });
    }
    condition_keys(catalog, &mut records);
    default_profiles(catalog, &mut records);
    managed_policies(catalog, &mut records);
    records
}

/// The rules: id and one line on each. The only place of the search that asks where rules are listed.
pub(super) fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    crate::diagnostics::registry::rules().iter().map(|rule| (rule.code, rule.summary))
}

/// How much the services besides Amazon Connect's count.
const OTHER_SERVICE: f64 = 0.45;

fn action_record(catalog: &Catalog, service: &Service, action: &Action) -> Record {
    let name = format!("{}:{}", service.prefix, action.name);
    let summary = action.summary.map_or_else(
        || match action.access {
            Some(access) => format!("{access} action of {}.", service.name),
            None => format!("Action of {}.", service.name),
        },
        str::to_owned,
    );
    let risk = catalog.risk(&name).map_or("", |risk| risk.reason);
    let context = format!("{} {} {} {}", service.name, action.access.map_or("", Access::name), risk, word_for_service(service.prefix));
    let weight = if service.prefix == "connect" {
        1.0
    } else if service.family {
        0.85
    } else {
        OTHER_SERVICE
    };
    Record { kind: HitKind::Action, name, alias: String::new(), label: None, summary, context, weight }
}

fn resource_types(service: &Service, records: &mut Vec<Record>) {
    for resource in &service.resource_types {
        // Variants of a type for policies that name no one resource.
        let is_variant = resource.name.starts_with("wildcard-") || resource.name.starts_with("qualified-");
        let summary = format!("Resource type of {}.", service.name);
        let context = format!("resource type arn {}", resource.arn.rsplit(':').next().unwrap_or_default());
        let weight = if !service.family {
            OTHER_SERVICE
        } else if is_variant {
            0.5
        } else {
            0.75
        };
        records.push(Record {
            kind: HitKind::ResourceType,
            name: resource.name.to_owned(),
            alias: word_in_arn(resource.arn).to_owned(),
            label: Some(resource.arn.to_owned()),
            summary,
            context,
            weight,
        });
    }
}

/// The word for a type in its ARN: `agent` of `…/agent/${UserId}`.
fn word_in_arn(arn: &str) -> &str {
    let path = arn.rsplit(':').next().unwrap_or_default();
    path.rsplit('/').find(|part| !part.contains(['$', '*']) && !part.is_empty()).unwrap_or_default()
}

/// Actions that AWS's reference does not list, and those of the workspace's own list.
fn unlisted_and_added(catalog: &Catalog, records: &mut Vec<Record>) {
    let unlisted = catalog.unlisted_actions().iter().map(|unlisted| (unlisted.action.to_owned(), unlisted.summary.to_owned()));
    let added = catalog.added_actions().map(|added| (added.name.clone(), format!("Defined in this workspace ({}).", added.origin)));
    records.extend(unlisted.chain(added).map(|(name, summary)| Record {
        kind: HitKind::Action,
        name,
        alias: String::new(),
        label: None,
        summary,
        context: String::new(),
        weight: 0.7,
    }));
}

fn permissions(catalog: &Catalog, records: &mut Vec<Record>) {
    records.extend(catalog.permissions().iter().map(|permission| permission_record(catalog, permission)));
    let added = catalog.added_permissions().filter(|added| catalog.permission(&added.name).is_none());
    records.extend(added.map(|added| Record {
        kind: HitKind::Permission,
        name: added.name.clone(),
        alias: String::new(),
        label: None,
        summary: format!("Defined in this workspace ({}).", added.origin),
        context: String::new(),
        weight: 0.9,
    }));
}

fn permission_record(catalog: &Catalog, permission: &Permission) -> Record {
    let mut context = permission.section.unwrap_or_default().to_owned();
    for alias in catalog.label_aliases().iter().filter(|alias| alias.groups.iter().any(|group| is_in(permission, group))) {
        context.push(' ');
        context.push_str(alias.label);
    }
    for label in permission.all_labels().skip(1) {
        context.push(' ');
        context.push_str(label);
    }
    if let Some(reason) = catalog.permission_risk(permission.name).and_then(|risk| risk.note) {
        context.push(' ');
        context.push_str(reason);
    }
    Record {
        kind: HitKind::Permission,
        name: permission.name.to_owned(),
        alias: String::new(),
        label: permission.all_labels().next().map(str::to_owned),
        summary: permission.summary.to_owned(),
        context,
        weight: match permission.status {
            PermissionStatus::Current => 1.0,
            PermissionStatus::Observed => 0.6,
            PermissionStatus::Legacy => 0.7,
            PermissionStatus::Superseded | PermissionStatus::Removed => 0.55,
        },
    }
}

fn is_in(permission: &Permission, group: &str) -> bool {
    permission.name == group || permission.group() == Some(group)
}

fn tasks(catalog: &Catalog, records: &mut Vec<Record>) {
    records.extend(catalog.tasks().iter().map(|task| Record {
        kind: HitKind::ConsoleTask,
        name: task.id.to_owned(),
        alias: String::new(),
        label: Some(task.title.to_owned()),
        summary: format!(
            "Console page \"{}\"; requires {} action{}.",
            task.page,
            task.actions.len(),
            if task.actions.len() == 1 { "" } else { "s" }
        ),
        context: format!("console task instance {}", task.page),
        weight: 0.95,
    }));
}

fn condition_keys(catalog: &Catalog, records: &mut Vec<Record>) {
    let mut seen: Vec<&str> = Vec::new();
    let of_services = catalog.services().flat_map(|service| service.condition_keys.iter().map(|key| (key, service.family)));
    let all = of_services.chain(catalog.global_condition_keys().iter().map(|key| (key, true)));
    for (key, is_family) in all {
        if !seen.contains(&key.key) {
            seen.push(key.key);
            records.push(key_record(key, is_family));
        }
    }
}

fn key_record(key: &ConditionKey, is_family: bool) -> Record {
    let is_global = key.key.starts_with("aws:");
    let kind_of_key = if is_global { "Global condition key" } else { "Condition key" };
    let summary = facts::key_meaning(key.key).map_or_else(|| format!("{kind_of_key} of type {}.", key.value_type), str::to_owned);
    Record {
        kind: HitKind::ConditionKey,
        name: key.key.to_owned(),
        alias: String::new(),
        label: None,
        summary,
        context: format!("condition key {}", key.category.map_or("", KeyCategory::name)),
        weight: if !is_family {
            OTHER_SERVICE
        } else if is_global {
            0.7
        } else {
            0.85
        },
    }
}

fn default_profiles(catalog: &Catalog, records: &mut Vec<Record>) {
    let mut seen: Vec<&str> = Vec::new();
    for profile in catalog.observed_profiles() {
        if seen.contains(&profile.profile) {
            continue;
        }
        seen.push(profile.profile);
        let summary = facts::profile_purpose(profile.profile).unwrap_or("Default security profile.");
        records.push(Record {
            kind: HitKind::DefaultProfile,
            name: profile.profile.to_owned(),
            alias: String::new(),
            label: facts::profile_label(profile.profile).map(str::to_owned),
            summary: summary.to_owned(),
            context: "default security profile permissions".to_owned(),
            weight: 0.8,
        });
    }
}

fn managed_policies(catalog: &Catalog, records: &mut Vec<Record>) {
    records.extend(catalog.managed_policies().iter().map(|policy| Record {
        kind: HitKind::ManagedPolicy,
        name: policy.name.to_owned(),
        alias: String::new(),
        label: None,
        summary: facts::policy_purpose(policy.name).unwrap_or("AWS managed policy.").to_owned(),
        context: "aws managed policy".to_owned(),
        weight: match (policy.attachable, policy.deprecated) {
            (true, false) => 0.8,
            (true, true) => 0.6,
            (false, _) => 0.5,
        },
    }));
}
