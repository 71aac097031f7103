//! A configuration with all that it names, ready for use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_catalog::Catalog;

use crate::config::options::Options;
use crate::files::Stamp;
use crate::level::Level;

/// A toml with all that it names, ready for use.
#[derive(Debug)]
pub struct LoadedConfig {
    /// The toml, absolute.
    pub path: PathBuf,
    /// What it says.
    pub options: Options,
    /// What ships and what the project adds to it.
    pub catalog: Arc<Catalog>,
    /// What is wrong, each a line that begins with file and line.
    pub problems: Vec<String>,
    /// The toml and the lists, as they were when they were read.
    pub(crate) stamps: Vec<(PathBuf, Stamp)>,
}

impl LoadedConfig {
    /// Whether a document, by its absolute path, is left out.
    pub fn excludes(&self, document: &Path) -> bool {
        self.relative(document).is_some_and(|relative| self.options.files.exclude.matches(relative))
    }

    /// The levels for a document, by its absolute path; of several that speak of a rule the last holds.
    pub fn levels(&self, document: &Path) -> BTreeMap<&'static str, Level> {
        let mut levels = self.options.rules.0.clone();
        if let Some(relative) = self.relative(document) {
            for one in self.options.overrides.0.iter().filter(|one| one.paths.matches(relative)) {
                levels.extend(&one.rules.0);
            }
        }
        levels
    }

    fn relative<'d>(&self, document: &'d Path) -> Option<&'d Path> {
        document.strip_prefix(self.path.parent()?).ok()
    }
}
