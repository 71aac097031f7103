//! The shipped data holds together: ordered, unique, sourced, and every reference leads somewhere.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;

use connect_policy_catalog::{Catalog, PermissionStatus, RemovedStatus};

fn catalog() -> Catalog {
    Catalog::builtin()
}

#[track_caller]
fn check_ascending<T: Ord + Debug>(what: &str, names: impl IntoIterator<Item = T>) {
    let names: Vec<T> = names.into_iter().collect();
    assert!(!names.is_empty(), "{what} has no records");
    for pair in names.windows(2) {
        assert!(pair[0] < pair[1], "{what}: {:?} must stand before {:?}, and once", pair[1], pair[0]);
    }
}

#[test]
fn records_are_in_order_and_unique() {
    let catalog = catalog();
    check_ascending("services", catalog.services().map(|service| service.prefix));
    for service in catalog.services() {
        check_ascending(service.prefix, service.actions.iter().map(|action| action.name));
        if !service.resource_types.is_empty() {
            check_ascending(service.prefix, service.resource_types.iter().map(|resource| resource.name));
        }
        if !service.condition_keys.is_empty() {
            check_ascending(service.prefix, service.condition_keys.iter().map(|key| key.key));
        }
        for action in &service.actions {
            for names in [&action.conditions, &action.dependent, &action.sources] {
                assert!(names.is_sorted(), "{}:{}", service.prefix, action.name);
            }
        }
    }
    check_ascending("permissions", catalog.permissions().iter().map(|permission| permission.name));
    check_ascending("gone actions", catalog.removed_actions().iter().map(|gone| gone.action));
    check_ascending("client names", catalog.client_names().iter().map(|client| client.client));
    check_ascending("risks", catalog.risks().iter().map(|risk| risk.action));
    check_ascending("aliases", catalog.label_aliases().iter().map(|alias| alias.label));
    check_ascending("sources", catalog.sources().iter().map(|source| source.id));
    check_ascending("relations", catalog.relations().iter().map(|relation| relation.id));
    check_ascending("exceptions", catalog.exceptions().iter().map(|exception| (exception.action, exception.resource)));
    check_ascending("limits", catalog.limits().iter().map(|limit| limit.id));
    check_ascending("managed policies", catalog.managed_policies().iter().map(|policy| policy.name));
}

#[test]
fn the_counts_are_those_of_the_sources() {
    let catalog = catalog();
    assert_eq!(catalog.services().count(), 35);
    assert_eq!(catalog.services().map(|service| service.actions.len()).sum::<usize>(), 3492);
    assert_eq!(catalog.service("connect").map(|service| service.actions.len()), Some(387));
    assert_eq!(catalog.prefixes().collect::<BTreeSet<_>>().len(), 459);
    assert_eq!(catalog.permissions().len(), 330);
    let legacy = catalog.removed_actions().iter().filter(|gone| gone.status == RemovedStatus::Legacy);
    assert_eq!(legacy.count(), 14);
    assert_eq!(catalog.tasks().len(), 64);
}

#[test]
fn the_readme_counts_what_ships() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).expect("the README");
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    let catalog = catalog();
    let connect = catalog.service("connect").expect("connect exists");
    let services = catalog.services().count();
    for phrase in [
        format!("the {} `connect:` actions", connect.actions.len()),
        format!("the actions of {} related services", services - 1),
        format!("the {} security-profile permissions", catalog.permissions().len()),
        format!("{} actions that AWS uses but does not list in its reference", catalog.unlisted_actions().len()),
        format!("For {} other services", catalog.prefixes().collect::<BTreeSet<_>>().len() - services),
        format!("The catalog dates from {} ", catalog.date()),
    ] {
        assert!(readme.contains(&phrase), "not in the README: {phrase}");
    }
}

#[test]
fn the_family_is_the_one_that_the_data_names() {
    let catalog = catalog();
    let family: Vec<&str> = catalog.services().filter(|service| service.family).map(|service| service.prefix).collect();
    assert_eq!(catalog.family(), family);
}

#[test]
fn every_record_names_sources_that_exist() {
    let catalog = catalog();
    let known: BTreeSet<&str> = catalog.sources().iter().map(|source| source.id).collect();
    let check = |what: &str, sources: &[&str]| {
        assert!(!sources.is_empty(), "{what} has no source");
        for source in sources {
            assert!(known.contains(source), "{what}: no source is named {source}");
        }
    };
    for service in catalog.services() {
        check(service.prefix, &service.sources);
        service.actions.iter().for_each(|action| check(action.name, &action.sources));
    }
    for prefix in catalog.prefixes() {
        if let Some(service) = catalog.other_service(prefix) {
            check(service.prefix, &service.sources);
        }
    }
    catalog.permissions().iter().for_each(|record| check(record.name, &record.sources));
    catalog.removed_actions().iter().for_each(|record| check(record.action, &record.sources));
    catalog.client_names().iter().for_each(|record| check(record.client, &record.sources));
    catalog.risks().iter().for_each(|record| check(record.action, &record.sources));
    catalog.unlisted_actions().iter().for_each(|record| check(record.action, &record.sources));
    catalog.counterparts().iter().for_each(|record| check(record.permission, &record.sources));
    catalog.tag_checks().iter().for_each(|record| check(record.action, &record.sources));
    catalog.home_regions().iter().for_each(|record| check(record.action, &record.sources));
    catalog.service_names().iter().for_each(|record| check(record.name, &record.sources));
    catalog.label_aliases().iter().for_each(|record| check(record.label, &record.sources));
    catalog.relations().iter().for_each(|record| check(record.id, &record.sources));
    catalog.observed_profiles().iter().for_each(|record| check(record.profile, &record.sources));
    catalog.tasks().iter().for_each(|record| check(record.id, &record.sources));
    catalog.limits().iter().for_each(|record| check(record.id, &record.sources));
    catalog.exceptions().iter().for_each(|record| check(record.action, &record.sources));
    catalog.managed_policies().iter().for_each(|record| check(record.name, &record.sources));
}

#[test]
fn every_reference_leads_to_a_record() {
    let catalog = catalog();
    let action_exists =
        |name: &str| catalog.action(name).is_some_and(|(service, action)| format!("{}:{}", service.prefix, action.name) == name);
    let mut ids = BTreeSet::new();
    let mut titles = BTreeSet::new();
    for task in catalog.tasks() {
        assert!(ids.insert(task.id) && titles.insert(task.title), "{} twice", task.id);
        assert!(!task.actions.is_empty(), "{} has no actions", task.id);
        for action in &task.actions {
            assert!(action_exists(action), "{}: {action}", task.id);
        }
        for action in task.used_to_list() {
            assert!(action_exists(action) || catalog.removed_action(action).is_some(), "{}: {action}", task.id);
        }
    }
    for id in catalog.tasks().iter().flat_map(|task| task.needs_view.iter().chain(&task.includes)) {
        assert!(ids.contains(id), "no task is named {id}");
    }
    for gone in catalog.removed_actions() {
        assert!(catalog.action(gone.action).is_none(), "{} exists", gone.action);
        assert!(gone.replaced_by.iter().all(|name| action_exists(name)), "{}", gone.action);
    }
    for permission in catalog.permissions() {
        for name in &permission.replaced_by {
            assert!(catalog.permission(name).is_some(), "{}: {name}", permission.name);
        }
        let is_old = matches!(permission.status, PermissionStatus::Superseded | PermissionStatus::Legacy);
        assert_eq!(is_old, !permission.replaced_by.is_empty(), "{}", permission.name);
    }
    for relation in catalog.relations() {
        for name in relation.from.iter().chain(&relation.to) {
            let names_group = catalog.permissions().iter().any(|permission| permission.group() == Some(name));
            assert!(catalog.permission(name).is_some() || names_group || name.contains('*'), "{}: {name}", relation.id);
        }
    }
    for alias in catalog.label_aliases() {
        for group in &alias.groups {
            let names_group = catalog
                .permissions()
                .iter()
                .any(|permission| permission.name == *group || permission.name.starts_with(&format!("{group}.")));
            assert!(names_group, "{}: {group}", alias.label);
        }
    }
    for profile in catalog.observed_profiles() {
        assert!(profile.permissions.iter().all(|name| catalog.permission(name).is_some()), "{}", profile.profile);
    }
    for client in catalog.client_names() {
        assert!(!catalog.is_prefix(client.client), "{} is a prefix", client.client);
        assert!(client.prefix.is_none_or(|prefix| catalog.is_prefix(prefix)), "{}", client.client);
        assert!(client.actions.iter().all(|name| action_exists(name)), "{}", client.client);
    }
    for key in catalog.service("connect").expect("connect exists").condition_keys.iter().map(|key| key.key) {
        assert!(catalog.condition_values(key).is_sorted(), "{key}");
    }
    assert_eq!(catalog.condition_values("connect:channel"), ["CHAT", "EMAIL", "TASK", "VOICE"]);
    for service in catalog.services() {
        for action in &service.actions {
            for resource in &action.resources {
                // A newer source names a few types without their ARN; whether they are required is unknown too.
                let is_told = service.resource_type(resource.name).is_some() || resource.required.is_none();
                assert!(is_told, "{}:{} on {}", service.prefix, action.name, resource.name);
            }
        }
    }
}

#[test]
fn no_sentence_is_taken_from_the_pages_that_the_data_started_from() {
    let runs: BTreeSet<u64> =
        include_str!("seed-runs.txt").lines().map(|line| u64::from_str_radix(line, 16).expect("a hash in hexadecimal")).collect();
    assert!(runs.len() > 3000);
    let catalog = catalog();
    let summaries = catalog.services().flat_map(|service| &service.actions).filter_map(|action| action.summary);
    let gone = catalog.removed_actions().iter().filter_map(|gone| gone.summary);
    let unlisted = catalog.unlisted_actions().iter().map(|action| action.summary);
    let permissions = catalog.permissions().iter().flat_map(|permission| [Some(permission.summary), permission.note]).flatten();
    let titles = catalog.tasks().iter().map(|task| task.title);
    let reasons = catalog.risks().iter().map(|risk| risk.reason).chain(catalog.relations().iter().filter_map(|relation| relation.note));
    for text in summaries.chain(unlisted).chain(gone).chain(permissions).chain(titles).chain(reasons) {
        let words = words(text);
        for run in words.windows(8) {
            assert!(!runs.contains(&fnv1a(&run.join(" "))), "eight words in a row are AWS's: {run:?}");
        }
    }
}

/// Words as the hashes were made: lower case, letters, digits and apostrophes.
fn words(text: &str) -> Vec<String> {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '\'';
    text.to_lowercase().split(|letter| !is_word(letter)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
