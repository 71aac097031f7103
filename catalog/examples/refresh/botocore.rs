//! botocore's service models: `<client>/<version>/service-2.json`, of which the names of operations are read.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::text::json;

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

#[derive(Deserialize)]
struct Model {
    operations: HashMap<String, IgnoredAny>,
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
