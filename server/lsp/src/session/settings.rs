//! What holds for a document: the editor's settings, the project's configuration over them, and the catalog with both.

use std::path::Path;

use connect_policy_project::DocumentSettings;

use crate::session::Session;

impl Session {
    /// What holds for a document.
    pub(crate) fn document_settings(&self, uri: &str) -> DocumentSettings {
        self.reload_if_stale();
        let settings = self.settings();
        let config = self.workspace.config(uri);
        self.report_new_configs();
        match &config {
            None => DocumentSettings::new(&settings, self.catalog(), None, Path::new("")),
            Some((path, config)) => DocumentSettings::new(&settings, self.catalog(), Some(config), path),
        }
    }
}
