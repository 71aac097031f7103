//! What holds for one document: the settings, the project's configuration over them, and the catalog with both.

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;

use crate::config::loaded::LoadedConfig;
use crate::settings::Settings;

/// What holds for one document.
#[derive(Clone, Debug)]
pub struct DocumentSettings {
    /// The settings, with the configuration's over them.
    pub settings: Settings,
    /// What ships and what the project adds to it.
    pub catalog: Arc<Catalog>,
    /// Whether the configuration excludes the document.
    pub is_excluded: bool,
}

impl DocumentSettings {
    /// The settings of a document, given by its absolute path, under the configuration that is in force there.
    pub fn new(settings: &Settings, builtin: &Arc<Catalog>, config: Option<&LoadedConfig>, document: &Path) -> DocumentSettings {
        match config {
            None => DocumentSettings { settings: settings.clone(), catalog: Arc::clone(builtin), is_excluded: false },
            Some(config) => DocumentSettings {
                settings: settings.with_config(config, document),
                catalog: Arc::clone(&config.catalog),
                is_excluded: config.excludes(document),
            },
        }
    }
}
