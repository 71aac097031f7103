//! `data/other-services.json`: the services of which only the names of actions are known.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::text::{json, lines};

/// The file, which is told of what was taken out of it.
#[derive(Debug)]
pub(crate) struct OtherServices {
    path: PathBuf,
    services: Vec<OtherService>,
    is_changed: bool,
}

/// The fields stand in the order in which they are written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherService {
    prefix: String,
    pub(crate) actions: Vec<String>,
    /// Names of which the letter case is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) lowercase: Vec<String>,
    pub(crate) sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    services: Vec<OtherService>,
}

impl OtherServices {
    /// Reads the file of a data folder; none is a file without services.
    pub(crate) fn read(data: &Path) -> Result<OtherServices, String> {
        let path = data.join("other-services.json");
        let services = if path.exists() { json::<File>(&path)?.services } else { Vec::new() };
        Ok(OtherServices { path, services, is_changed: false })
    }

    /// Takes a service out, once it has a file of its own.
    pub(crate) fn take(&mut self, prefix: &str) -> Option<OtherService> {
        let index = self.services.iter().position(|service| service.prefix == prefix)?;
        self.is_changed = true;
        Some(self.services.remove(index))
    }

    /// Writes the file where something was taken out of it.
    pub(crate) fn write(&self) -> Result<(), String> {
        if !self.is_changed {
            return Ok(());
        }
        fs::write(&self.path, self.text()).map_err(|error| format!("{}: {error}", self.path.display()))
    }

    /// The file's text: one service a line.
    pub(crate) fn text(&self) -> String {
        format!("{{\n\"services\": [\n{}\n]\n}}\n", lines(&self.services).join(",\n"))
    }
}
