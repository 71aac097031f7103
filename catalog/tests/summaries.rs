//! The summaries are short, begin with a verb, and agree with what the API does.

use std::collections::{BTreeMap, BTreeSet};

use connect_policy_catalog::Catalog;
use serde::Deserialize;

/// The longest summary.
const MAX_LENGTH: usize = 110;

/// The words with which summaries begin: what a call does, in the third person. Names of operations lead to most of them.
const VERBS: &str = "\
    Accepts Activates Adds Allows Approves Assigns Associates Calls Cancels Claims Clears Confirms Connects \
    Contacts Continues Copies Creates Deactivates Deletes Disables Disassociates Disconnects Downloads Drops \
    Enables Ends Exports Fills Forwards Gets Has Imports Joins Links Listens Lists Locks Manages Marks Merges Monitors \
    Moves Opens Opts Passes Pauses Plays Points Prevents Publishes Rates Redirects Registers Rejects \
    Releases Removes Replaces Requests Requires Restricts Resumes Retrieves Reviews Routes Runs Schedules Searches \
    Selects Sends Sets Shares Shows Signs Starts Stops Streams Submits Subscribes Suspends Takes Transfers Updates \
    Uploads Writes";

/// The verb with which the summary of an action begins, by the first word of its name. A few operations do something else than
/// their names say, and their summaries say what.
const BY_NAME: &[(&str, &[&str])] = &[
    (
        "Create",
        &[
            "Creates",
            "Adds",
            "Associates",
            "Connects",
            "Continues",
            "Copies",
            "Enables",
            "Exports",
            "Publishes",
            "Registers",
            "Starts",
            "Streams",
            "Subscribes",
        ],
    ),
    ("Delete", &["Deletes", "Removes", "Disables", "Disconnects", "Ends", "Signs", "Stops"]),
    ("Describe", &["Gets"]),
    ("Disassociate", &["Disassociates", "Removes", "Stops"]),
    ("Get", &["Gets"]),
    ("List", &["Lists"]),
    ("Search", &["Searches", "Gets"]),
    ("Tag", &["Adds"]),
    ("Untag", &["Removes"]),
];

/// Every action with a summary by its full name, those that AWS does not list among them.
fn actions(catalog: &Catalog) -> BTreeMap<String, &'static str> {
    let listed = catalog.services().flat_map(|service| {
        service.actions.iter().filter_map(|action| Some((format!("{}:{}", service.prefix, action.name), action.summary?)))
    });
    listed.chain(catalog.unlisted_actions().iter().map(|action| (action.action.to_owned(), action.summary))).collect()
}

fn first_word(summary: &str) -> &str {
    summary.split_whitespace().next().unwrap_or_default().trim_end_matches(',')
}

#[test]
fn every_name_of_the_family_and_every_permission_is_explained() {
    let catalog = Catalog::builtin();
    let actions = actions(&catalog);
    for service in catalog.services().filter(|service| service.family) {
        for action in &service.actions {
            assert!(action.summary.is_some(), "{}:{} needs a summary", service.prefix, action.name);
        }
    }
    let permissions = catalog.permissions().iter().map(|permission| (permission.name.to_owned(), permission.summary));
    let mut seen = BTreeSet::new();
    let mut unused: BTreeSet<&str> = VERBS.split(' ').collect();
    for (name, summary) in actions.into_iter().chain(permissions) {
        assert!(summary.chars().count() <= MAX_LENGTH, "{name}: {} characters: {summary}", summary.chars().count());
        assert!(summary.split_whitespace().count() >= 5, "{name}: {summary}");
        assert!(summary.ends_with('.') && !summary.contains("  "), "{name}: {summary}");
        assert!(VERBS.split(' ').any(|verb| verb == first_word(summary)), "{name} begins with another word than a verb: {summary}");
        unused.remove(first_word(summary));
        // Names repeat across services, and so do a few sentences about tags.
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix).to_owned();
        assert!(seen.insert((prefix, summary)), "{name} shares its summary");
    }
    assert!(VERBS.split(' ').is_sorted() && unused.is_empty(), "{unused:?}");
}

#[test]
fn actions_of_one_kind_begin_with_the_same_verbs() {
    for (name, summary) in actions(&Catalog::builtin()) {
        let operation = name.split_once(':').map_or("", |(_, operation)| operation);
        for (start, verbs) in BY_NAME {
            let is_of_kind = operation.strip_prefix(start).is_some_and(|rest| rest.starts_with(char::is_uppercase));
            assert!(!is_of_kind || verbs.contains(&first_word(summary)), "{name}: {summary}");
        }
    }
}

#[test]
fn what_cannot_be_undone_is_said_first() {
    let actions = actions(&Catalog::builtin());
    for name in ["cases:DeleteCase", "connect:DeleteContactData", "connect:DeleteInstance", "connect:DeleteUser", "profile:DeleteDomain"] {
        let first = actions[name].split(['.', ',']).next().unwrap_or_default();
        assert!(first.ends_with("permanently"), "{name}: {}", actions[name]);
    }
}

/// What `operation-errors.json` has, written by the refresh tool.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationErrors {
    operations: Vec<OperationError>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct OperationError {
    action: String,
    errors: Vec<String>,
    #[serde(default)]
    is_named_as_in_use: bool,
}

impl OperationError {
    /// Whether the API refuses to delete or detach what is in use.
    fn refuses_what_is_in_use(&self) -> bool {
        self.is_named_as_in_use || self.errors.iter().any(|error| error == "ResourceInUseException")
    }
}

/// Operations that refuse something in use by a more general error, as their documentation says.
const GENERAL_ERROR: &[&str] = &[
    "app-integrations:DeleteApplication",
    "app-integrations:DeleteDataIntegration",
    "app-integrations:DeleteEventIntegration",
    "connect:DeleteIntegrationAssociation",
    "profile:DeleteEventTrigger",
    "voiceid:DeleteWatchlist",
];

fn errors() -> BTreeMap<String, OperationError> {
    let text = include_str!("../data/operation-errors.json");
    let errors: OperationErrors = serde_json::from_str(text).expect("the errors are readable");
    errors.operations.into_iter().map(|one| (one.action.clone(), one)).collect()
}

#[test]
fn summaries_of_deletions_agree_with_the_errors_of_the_api() {
    let errors = errors();
    let mut refused = 0;
    for (name, summary) in actions(&Catalog::builtin()) {
        let Some(known) = errors.get(&name) else {
            assert!(!summary.contains("Fails while it is in use"), "{name} has no operation: {summary}");
            continue;
        };
        if known.refuses_what_is_in_use() {
            refused += 1;
            assert!(summary.ends_with(" Fails while it is in use."), "{name} is refused while in use: {summary}");
        } else if !GENERAL_ERROR.contains(&name.as_str()) {
            assert!(!summary.contains("Fails while"), "{name} is not refused while in use: {summary}");
        }
        let claims = ["break", "locked out", "lose", "fail ", "stop working"];
        for claim in claims.iter().filter(|_| known.refuses_what_is_in_use()) {
            assert!(!summary.contains(claim), "{name} cannot have this effect: {summary}");
        }
    }
    assert!(refused >= 12, "{refused}");
    assert!(GENERAL_ERROR.iter().all(|name| errors.contains_key(*name)));
}

#[test]
fn every_deletion_of_the_family_that_is_an_operation_has_its_errors() {
    let catalog = Catalog::builtin();
    let errors = errors();
    for service in catalog.services().filter(|service| service.family) {
        for action in &service.actions {
            let name = format!("{}:{}", service.prefix, action.name);
            let is_deletion = ["Delete", "Disassociate", "BatchDelete", "BatchDisassociate", "Release", "Remove"];
            if is_deletion.iter().any(|start| action.name.starts_with(start)) && action.sources.contains(&"botocore") {
                assert!(errors.contains_key(&name), "{name} has no errors: run the refresh with --botocore");
            }
        }
    }
}
