//! What is wrong in the configurations of several documents.

use std::path::PathBuf;

use crate::config::discover::ConfigStore;

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
