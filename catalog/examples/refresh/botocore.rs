//! botocore's service models: `<client>/<version>/service-2.json`, of which the names of operations are read, and the errors of
//! those that delete something.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::text::{json, lines, text_of};

/// The clients whose operations the actions of a prefix authorise. Of other services the models are too many to one prefix.
const CLIENTS: &[(&str, &[&str])] = &[
    ("app-integrations", &["appintegrations"]),
    ("cases", &["connectcases"]),
    ("connect", &["connect", "connect-contact-lens", "connectscheduling"]),
    ("connect-campaigns", &["connectcampaigns", "connectcampaignsv2"]),
    ("profile", &["customer-profiles"]),
    ("voiceid", &["voice-id"]),
    ("wisdom", &["qconnect", "wisdom"]),
];

/// The beginnings of operations that delete or detach something.
const DELETIONS: &[&str] = &["BatchDelete", "BatchDisassociate", "Delete", "Disassociate", "Release", "Remove"];

/// The error by which an operation refuses what is in use.
const IN_USE: &str = "ResourceInUseException";

#[derive(Deserialize)]
struct Model {
    operations: HashMap<String, Operation>,
    #[serde(default)]
    shapes: HashMap<String, Shape>,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    errors: Vec<OperationError>,
}

#[derive(Deserialize)]
struct OperationError {
    shape: String,
}

#[derive(Deserialize)]
struct Shape {
    documentation: Option<String>,
}

/// An operation that deletes something, with its errors in order. The fields stand in the order in which they are written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Deletion {
    action: String,
    errors: Vec<String>,
    /// The text of the error by which operations refuse what is in use names this one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_named_as_in_use: bool,
}

/// The operations of a prefix's clients; none of prefixes that are not looked at.
pub(crate) fn operations(folder: &Path, prefix: &str) -> Result<BTreeSet<String>, String> {
    let mut operations = BTreeSet::new();
    let clients = CLIENTS.iter().filter(|(known, _)| *known == prefix).flat_map(|(_, clients)| *clients);
    for client in clients {
        if let Some(path) = newest(&folder.join(client))? {
            operations.extend(json::<Model>(&path)?.operations.into_keys());
        }
    }
    Ok(operations)
}

/// Writes `operation-errors.json`, and gives whether it changed. Without a model that deletes anything it stays as it is.
pub(crate) fn refresh_errors(folder: &Path, data: &Path, is_check: bool) -> Result<bool, String> {
    let mut deletions = BTreeMap::new();
    for (prefix, clients) in CLIENTS {
        for client in *clients {
            let Some(path) = newest(&folder.join(client))? else { continue };
            let model: Model = json(&path)?;
            let in_use = model.shapes.get(IN_USE).and_then(|shape| shape.documentation.as_deref()).unwrap_or_default();
            let named: BTreeSet<&str> = in_use.split(|letter: char| !letter.is_alphanumeric()).collect();
            for (name, operation) in &model.operations {
                if DELETIONS.iter().any(|start| name.starts_with(start)) {
                    let mut errors: Vec<String> = operation.errors.iter().map(|error| error.shape.clone()).collect();
                    errors.sort();
                    let action = format!("{prefix}:{name}");
                    let is_named_as_in_use = named.contains(name.as_str());
                    // Two clients of a prefix can have one operation; the one that is named first stays.
                    deletions.entry(action.clone()).or_insert(Deletion { action, errors, is_named_as_in_use });
                }
            }
        }
    }
    let path = data.join("operation-errors.json");
    let before = if path.exists() { text_of(&path)? } else { String::new() };
    let deletions: Vec<Deletion> = deletions.into_values().collect();
    let after = format!("{{\n\"operations\": [\n{}\n]\n}}\n", lines(&deletions).join(",\n"));
    if deletions.is_empty() || after == before {
        return Ok(false);
    }
    if !is_check {
        fs::write(&path, after).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(true)
}

/// The model of a client's newest version; `None` where the client does not exist.
fn newest(client: &Path) -> Result<Option<PathBuf>, String> {
    let Ok(entries) = fs::read_dir(client) else { return Ok(None) };
    let Some(version) = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).max() else { return Ok(None) };
    let path = version.join("service-2.json");
    if path.exists() { Ok(Some(path)) } else { Err(format!("{} is missing; unpack the models first: gunzip -r", path.display())) }
}

/// The full names in lower case of the operations that are known to have no action in AWS's reference.
pub(crate) fn unlisted(data: &Path) -> Result<BTreeSet<String>, String> {
    #[derive(Deserialize)]
    struct Unlisted {
        actions: Vec<Name>,
    }
    #[derive(Deserialize)]
    struct Name {
        action: String,
    }
    let unlisted: Unlisted = json(&data.join("unlisted.json"))?;
    Ok(unlisted.actions.into_iter().map(|name| name.action.to_ascii_lowercase()).collect())
}
