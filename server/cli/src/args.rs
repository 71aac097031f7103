//! Arguments that several commands share, and what they stand for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use connect_policy_catalog::Catalog;
use connect_policy_project::config::errors::config_errors;
use connect_policy_project::{ConfigStore, DiskFiles, FaultInjection};

/// The format of output.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people
    Human,
    /// For programs: one JSON object
    Json,
}

/// Where to fail on purpose; nowhere unless a test asks.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct FaultFlags {
    /// Fail on purpose at documents with this text
    #[arg(long, value_name = "TEXT", hide = true)]
    panic_on: Option<String>,

    /// Fail on purpose in this rule
    #[arg(long, value_name = "RULE", hide = true)]
    panic_in: Option<String>,
}

impl FaultFlags {
    /// The faults that the flags ask for.
    pub(crate) fn faults(&self) -> FaultInjection {
        FaultInjection { panic_on: self.panic_on.clone(), panic_in: self.panic_in.clone() }
    }
}

/// The configurations of a run: the one that was given, or those above the files. Without a repository around this
/// folder nothing above it is looked for.
pub(crate) fn configs(given: Option<&Path>) -> Result<ConfigStore, String> {
    if let Some(path) = given {
        return if path.is_file() {
            Ok(ConfigStore::given(Arc::new(DiskFiles), path))
        } else {
            Err(format!("configuration file `{}` does not exist", path.display()))
        };
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let is_in_repository = here.ancestors().any(|above| above.join(".git").exists());
    Ok(ConfigStore::below(Arc::new(DiskFiles), if is_in_repository { Vec::new() } else { vec![here] }))
}

/// What is known in this folder.
pub(crate) fn catalog(given: Option<&Path>) -> Result<Arc<Catalog>, String> {
    let Some(config) = configs(given)?.for_folder(Path::new(".")) else { return Ok(Arc::new(Catalog::builtin())) };
    if config.problems.is_empty() { Ok(Arc::clone(&config.catalog)) } else { Err(config.problems.join("\nconnect-policy: ")) }
}

/// Checks that the configurations of some documents have nothing wrong in them; else what is, a line each.
pub(crate) fn check_configs(configs: &ConfigStore, documents: impl Iterator<Item = PathBuf>) -> Result<(), String> {
    config_errors(configs, documents).map_err(|errors| errors.join("\nconnect-policy: "))
}
