//! A file of `data/actions`, taken apart and written as it was.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::facts::{ActionFacts, Facts};
use crate::other::OtherService;
use crate::text::{line, lines};

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Service {
    pub(crate) prefix: String,
    name: String,
    family: bool,
    sources: Vec<String>,
    actions: Vec<Action>,
    resource_types: Vec<ResourceType>,
    condition_keys: Vec<ConditionKey>,
}

/// The fields stand in the order in which they are written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Action {
    name: String,
    access: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    resources: Vec<ResourceUse>,
    conditions: Vec<String>,
    dependent: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    permission_only: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    disputed: Option<Disputed>,
    sources: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceUse {
    #[serde(rename = "type")]
    name: String,
    required: Option<bool>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Disputed {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    resources: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    required: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceType {
    #[serde(rename = "type")]
    name: String,
    arn: String,
    conditions: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ConditionKey {
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prefix_form: Option<String>,
    #[serde(rename = "type")]
    value_type: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<String>,
}

impl Service {
    pub(crate) fn read(text: &str) -> Result<Service, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// A service without facts; what a source tells fills it.
    pub(crate) fn begun(prefix: &str) -> Service {
        Service {
            prefix: prefix.to_owned(),
            name: prefix.to_owned(),
            family: false,
            sources: Vec::new(),
            actions: Vec::new(),
            resource_types: Vec::new(),
            condition_keys: Vec::new(),
        }
    }

    /// Whether no source lists it.
    pub(crate) fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Leaves out what a source does not have.
    #[cfg(test)]
    pub(crate) fn keep_only(&mut self, facts: &Facts) {
        self.actions.retain(|action| facts.actions.contains_key(&action.name));
        self.resource_types.retain(|one| facts.resource_types.as_ref().is_some_and(|types| types.contains_key(&one.name)));
        self.condition_keys.retain(|key| facts.condition_keys.as_ref().is_some_and(|keys| keys.contains_key(&key.key)));
    }

    /// Writes the facts of a source over its own, and notes what a maintainer has to look at.
    pub(crate) fn take(&mut self, facts: &Facts, notes: &mut Vec<String>) {
        if let Some(name) = &facts.name {
            self.name.clone_from(name);
        }
        // Of a service that begins here everything is new, so it is not reported one by one.
        let is_begun = self.actions.is_empty();
        if is_begun {
            add_source(&mut self.sources, facts.source);
        }
        for (name, current) in &facts.actions {
            // A source may know a name's letter case where another did not.
            match self.actions.iter_mut().find(|action| action.name.eq_ignore_ascii_case(name)) {
                Some(action) => {
                    action.name.clone_from(name);
                    let before = action.access.clone();
                    action.take(current, facts.source);
                    if let (Some(before), Some(after)) = (&before, &action.access)
                        && before != after
                    {
                        let advice = if self.family { "; review its risk class" } else { "" };
                        notes.push(format!("{}:{name}: access level changed from {before} to {after}{advice}", self.prefix));
                    }
                }
                None => {
                    let mut action = Action::new(name);
                    action.take(current, facts.source);
                    self.actions.push(action);
                    // An action without a summary is reported after all sources.
                    if !self.family && !is_begun {
                        notes.push(format!("{}:{name}: new", self.prefix));
                    }
                }
            }
        }
        self.actions.sort_by(|one, other| one.name.cmp(&other.name));
        for action in &self.actions {
            let was_there = action.sources.iter().any(|source| source == facts.source);
            if was_there && !facts.actions.contains_key(&action.name) {
                notes.push(format!("{}:{}: no longer in {}, kept", self.prefix, action.name, facts.source));
            }
        }
        self.take_types(facts, is_begun, notes);
        self.take_keys(facts, notes);
    }

    /// Notes the actions that need a summary. What an earlier run added is noted until it has one.
    pub(crate) fn note_unexplained(&self, notes: &mut Vec<String>) {
        for action in self.actions.iter().filter(|action| self.family && action.summary.is_none()) {
            notes.push(format!("needs a summary and a risk class: {}:{}", self.prefix, action.name));
        }
    }

    /// Keeps the names that stood in `other-services.json` and that no source lists now.
    pub(crate) fn take_names(&mut self, other: OtherService, notes: &mut Vec<String>) {
        for name in &other.actions {
            if !self.has(name) {
                self.actions.push(Action { sources: other.sources.clone(), ..Action::new(name) });
                notes.push(format!("{}:{name}: kept by name only", self.prefix));
            }
        }
        self.actions.sort_by(|one, other| one.name.cmp(&other.name));
        for name in other.lowercase.iter().filter(|name| !self.has(name)) {
            notes.push(format!("{}:{name}: needs its letter case and a record", self.prefix));
        }
    }

    /// Whether it has an action of this name, in any letter case.
    fn has(&self, name: &str) -> bool {
        self.actions.iter().any(|action| action.name.eq_ignore_ascii_case(name))
    }

    fn take_types(&mut self, facts: &Facts, is_begun: bool, notes: &mut Vec<String>) {
        let Some(current) = &facts.resource_types else { return };
        for (name, new) in current.iter().filter(|(name, _)| !is_begun && !self.resource_types.iter().any(|one| one.name == **name)) {
            // A renamed type keeps its ARN.
            let gone = self.resource_types.iter().find(|one| one.arn == new.arn && !current.contains_key(&one.name));
            let origin = gone.map(|one| format!(", with the ARN of {}", one.name)).unwrap_or_default();
            notes.push(format!("{}: resource type {name}: new{origin}", self.prefix));
        }
        for one in self.resource_types.iter().filter(|one| !current.contains_key(&one.name)) {
            notes.push(format!("{}: resource type {}: no longer in {}, kept", self.prefix, one.name, facts.source));
        }
        self.resource_types.retain(|one| !current.contains_key(&one.name));
        let current =
            current.iter().map(|(name, one)| ResourceType { name: name.clone(), arn: one.arn.clone(), conditions: one.conditions.clone() });
        self.resource_types.extend(current);
        self.resource_types.sort_by(|one, other| one.name.cmp(&other.name));
    }

    fn take_keys(&mut self, facts: &Facts, notes: &mut Vec<String>) {
        let Some(current) = &facts.condition_keys else { return };
        for key in self.condition_keys.iter().filter(|key| !current.contains_key(&key.key)) {
            notes.push(format!("{}: condition key {}: no longer in {}, kept", self.prefix, key.key, facts.source));
        }
        for (key, value_type) in current {
            match self.condition_keys.iter_mut().find(|known| known.key == *key) {
                Some(known) => known.value_type.clone_from(value_type),
                None => self.condition_keys.push(ConditionKey {
                    key: key.clone(),
                    prefix_form: None,
                    value_type: value_type.clone(),
                    sources: Vec::new(),
                }),
            }
        }
        self.condition_keys.sort_by(|one, other| one.key.cmp(&other.key));
    }

    /// Notes which actions are operations of the API, and which operations have no action. `unlisted` are full names that are
    /// known to have none, in lower case.
    pub(crate) fn take_operations(&mut self, operations: &BTreeSet<String>, unlisted: &BTreeSet<String>, notes: &mut Vec<String>) {
        if operations.is_empty() {
            return;
        }
        for action in &mut self.actions {
            let operation = action.operation.as_deref().unwrap_or(&action.name);
            let is_operation = operations.contains(operation);
            let was_operation = action.sources.iter().any(|source| source == "botocore");
            if is_operation {
                add_source(&mut action.sources, "botocore");
                if std::mem::take(&mut action.permission_only) {
                    notes.push(format!("{}:{}: now an API operation", self.prefix, action.name));
                }
            } else if was_operation {
                notes.push(format!("{}:{}: no longer in botocore, kept", self.prefix, action.name));
            }
        }
        let known = |operation: &str| {
            unlisted.contains(&format!("{}:{operation}", self.prefix).to_ascii_lowercase())
                || self.actions.iter().any(|action| action.operation.as_deref().unwrap_or(&action.name).eq_ignore_ascii_case(operation))
        };
        for operation in operations.iter().filter(|operation| !known(operation)) {
            notes.push(format!("{}: operation {operation} has no action of the same name", self.prefix));
        }
    }

    /// The file's text: one record a line.
    pub(crate) fn text(&self) -> String {
        let mut text = "{\n".to_owned();
        let _ = writeln!(text, "\"prefix\": {},", line(&self.prefix));
        let _ = writeln!(text, "\"name\": {},", line(&self.name));
        let _ = writeln!(text, "\"family\": {},", line(&self.family));
        let _ = writeln!(text, "\"sources\": {},", line(&self.sources));
        let lists = [
            ("actions", lines(&self.actions)),
            ("resourceTypes", lines(&self.resource_types)),
            ("conditionKeys", lines(&self.condition_keys)),
        ];
        let lists =
            lists.map(
                |(name, records)| {
                    if records.is_empty() { format!("\"{name}\": []") } else { format!("\"{name}\": [\n{}\n]", records.join(",\n")) }
                },
            );
        text + &lists.join(",\n") + "\n}\n"
    }
}

impl Action {
    fn new(name: &str) -> Action {
        Action {
            name: name.to_owned(),
            access: None,
            summary: None,
            resources: Vec::new(),
            conditions: Vec::new(),
            dependent: Vec::new(),
            permission_only: false,
            operation: None,
            disputed: None,
            sources: Vec::new(),
        }
    }

    fn take(&mut self, current: &ActionFacts, source: &str) {
        if current.access.is_some() {
            self.access.clone_from(&current.access);
        }
        let known = std::mem::take(&mut self.resources);
        let required_before = |name: &str| known.iter().find(|one| one.name == name).and_then(|one| one.required);
        let resources = current.resources.iter();
        self.resources =
            resources.map(|(name, required)| ResourceUse { name: name.clone(), required: required.or(required_before(name)) }).collect();
        self.conditions.clone_from(&current.conditions);
        // Other sources may know more of them.
        self.dependent.extend(current.dependent.iter().cloned());
        self.dependent.sort();
        self.dependent.dedup();
        add_source(&mut self.sources, source);
    }
}

fn add_source(sources: &mut Vec<String>, source: &str) {
    if !sources.iter().any(|known| known == source) {
        sources.push(source.to_owned());
        sources.sort();
    }
}
