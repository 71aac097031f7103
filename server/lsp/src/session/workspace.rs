//! The folders that are open, and the configurations in them.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use connect_policy_project::config::options::FILE_NAME;
use connect_policy_project::{ConfigStore, Files, LoadedConfig};
use tower_lsp::lsp_types::WorkspaceFoldersChangeEvent;

use crate::session::uri::path;

/// The folders that are open, and the configurations in them.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) configs: Arc<ConfigStore>,
    folders: Mutex<Vec<PathBuf>>,
    /// Whether files may have changed since they were read.
    is_stale: AtomicBool,
}

impl Workspace {
    /// No folders yet.
    pub(crate) fn new(files: Arc<dyn Files>) -> Workspace {
        Workspace { configs: Arc::new(ConfigStore::below(files, Vec::new())), folders: Mutex::default(), is_stale: AtomicBool::new(false) }
    }

    /// Keeps the folders that are open.
    pub(crate) fn set_folders(&self, folders: Vec<PathBuf>) {
        self.configs.set_bounds(folders.clone());
        *self.folders.lock().unwrap_or_else(PoisonError::into_inner) = folders;
    }

    /// Takes folders that were opened and closed.
    pub(crate) fn change_folders(&self, event: &WorkspaceFoldersChangeEvent) {
        let mut folders = self.folders();
        let gone: Vec<PathBuf> = event.removed.iter().filter_map(|folder| path(folder.uri.as_str())).collect();
        folders.retain(|folder| !gone.contains(folder));
        folders.extend(event.added.iter().filter_map(|folder| path(folder.uri.as_str())));
        self.set_folders(folders);
    }

    /// The folders that are open.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that files may have changed.
    pub(crate) fn mark_stale(&self) {
        self.is_stale.store(true, Ordering::Release);
    }

    /// Whether files have changed since they were read, if that was to be expected.
    pub(crate) fn take_stale(&self) -> bool {
        self.is_stale.swap(false, Ordering::AcqRel) && self.configs.is_stale()
    }

    /// Whether a file is a configuration or a list that one names.
    pub(crate) fn is_config_file(&self, uri: &str) -> bool {
        path(uri).is_some_and(|path| path.file_name().is_some_and(|name| name == FILE_NAME) || self.configs.was_read(&path))
    }

    /// The configuration of the first folder; completion items are resolved by it, as they do not tell their document.
    pub(crate) fn first_config(&self) -> Option<Arc<LoadedConfig>> {
        let folder = self.folders().into_iter().next()?;
        self.configs.for_folder(&folder)
    }

    /// The document's path and the configuration that is in force there. Documents that are no files belong to the first folder.
    pub(crate) fn config(&self, uri: &str) -> Option<(PathBuf, Arc<LoadedConfig>)> {
        let path = path(uri).or_else(|| Some(self.folders().first()?.join("untitled")))?;
        let config = self.configs.for_file(&path)?;
        Some((path, config))
    }
}
