//! What is wrong in the configurations of several documents.

use std::path::PathBuf;
use std::sync::Arc;

use connect_policy_ide::Finding;

use crate::config::discover::ConfigStore;
use crate::config::findings::config_findings;
use crate::config::load::file_text;
use crate::files::Files;

/// A configuration with something wrong in it.
#[derive(Clone, Debug)]
pub struct BadConfig {
    /// Its path, as it is shown.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
    /// What is wrong, in the order of the text.
    pub findings: Vec<Finding>,
}

/// The configurations in force for some documents that have something wrong in them, each once. What cannot be read has no place
/// for a finding and is left out.
pub fn bad_configs(files: &dyn Files, configs: &ConfigStore, documents: impl Iterator<Item = PathBuf>) -> Vec<BadConfig> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for document in documents {
        let path = configs.for_file(&document).filter(|config| !config.problems.is_empty()).map(|config| config.path.clone());
        paths.extend(path.filter(|path| !paths.contains(path)));
    }
    let here = files.current_folder();
    let bad = paths.iter().filter_map(|path| {
        let text: Arc<str> = Arc::from(file_text(files, path).ok()?);
        let findings = config_findings(files, Some(path), &text);
        let path = path.strip_prefix(&here).unwrap_or(path).display().to_string();
        (!findings.is_empty()).then_some(BadConfig { path, text, findings })
    });
    bad.collect()
}

/// Checks that the configurations which are in force for some documents have nothing wrong in them.
///
/// # Errors
///
/// Everything that is wrong, each once, a line that begins with file and line.
pub fn config_errors(configs: &ConfigStore, documents: impl Iterator<Item = PathBuf>) -> Result<(), Vec<String>> {
    let mut errors: Vec<String> = Vec::new();
    for document in documents {
        for problem in configs.for_file(&document).iter().flat_map(|config| &config.problems) {
            if !errors.contains(problem) {
                errors.push(problem.clone());
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
