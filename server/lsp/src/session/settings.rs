//! What holds for a document: the editor's settings, the project's configuration over them, and what is known with both.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Finding, Fix, Severity, TextEdit};
use tower_lsp::lsp_types::{InitializeParams, MessageType, Url, WorkspaceFoldersChangeEvent};

use super::answers::State;
use super::publisher::Outgoing;
use crate::config::{Configs, FILE_NAME, Loaded, absolute, check_text};
use crate::settings::Settings;

/// What holds for one document.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) settings: Settings,
    pub(super) catalog: Arc<Catalog>,
    /// Whether the configuration leaves the document out.
    pub(super) is_excluded: bool,
}

impl Default for Terms {
    fn default() -> Terms {
        Terms { settings: Settings::default(), catalog: Arc::new(Catalog::builtin()), is_excluded: false }
    }
}

/// The folders that are open, and the configurations in them.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    pub(super) configs: Configs,
    folders: Mutex<Vec<PathBuf>>,
    /// Whether files may have changed since they were read.
    is_suspect: AtomicBool,
}

impl Workspace {
    /// Keeps the folders that are open.
    pub(super) fn set_folders(&self, folders: Vec<PathBuf>) {
        self.configs.set_bounds(folders.clone());
        *self.folders.lock().unwrap_or_else(PoisonError::into_inner) = folders;
    }

    /// Takes folders that were opened and closed.
    pub(super) fn change_folders(&self, event: &WorkspaceFoldersChangeEvent) {
        let mut folders = self.folders();
        let gone: Vec<PathBuf> = event.removed.iter().filter_map(|folder| path(folder.uri.as_str())).collect();
        folders.retain(|folder| !gone.contains(folder));
        folders.extend(event.added.iter().filter_map(|folder| path(folder.uri.as_str())));
        self.set_folders(folders);
    }

    fn folders(&self) -> Vec<PathBuf> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that files may have changed.
    pub(super) fn suspect(&self) {
        self.is_suspect.store(true, Ordering::Release);
    }

    /// Whether a file is a configuration or a list that one names.
    pub(super) fn is_ours(&self, uri: &str) -> bool {
        path(uri).is_some_and(|path| path.file_name().is_some_and(|name| name == FILE_NAME) || self.configs.was_read(&path))
    }

    /// What is known in the first folder; completion items are resolved by it, as they do not tell their document.
    pub(super) fn catalog(&self, state: &State) -> Arc<Catalog> {
        let folder = self.folders().into_iter().next();
        let config = folder.and_then(|folder| self.configs.for_folder(&folder));
        config.map_or_else(|| Arc::clone(state.catalog()), |config| Arc::clone(&config.catalog))
    }

    /// The document's path and the configuration that rules it. Documents that are no files belong to the first folder.
    fn config(&self, uri: &str) -> Option<(PathBuf, Arc<Loaded>)> {
        let path = path(uri).or_else(|| Some(self.folders().first()?.join("untitled")))?;
        let config = self.configs.for_file(&path)?;
        Some((path, config))
    }
}

/// The folders that a client opens with.
pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten();
    let mut paths: Vec<PathBuf> = folders.filter_map(|folder| path(folder.uri.as_str())).collect();
    if paths.is_empty() {
        // Older clients tell their folder this way.
        paths.extend(params.root_uri.as_ref().and_then(|root| path(root.as_str())));
    }
    paths
}

/// The path of a file's URI.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "file")?;
    url.to_file_path().ok().map(|path| absolute(&path))
}

/// What holds for a document.
pub(super) fn of(state: &State, uri: &str) -> Terms {
    look_again(state);
    let settings = state.settings();
    let config = state.workspace.config(uri);
    tell_news(state);
    match config {
        None => Terms { settings: Settings::clone(&settings), catalog: Arc::clone(state.catalog()), is_excluded: false },
        Some((path, config)) => {
            Terms { settings: settings.ruled_by(&config, &path), catalog: Arc::clone(&config.catalog), is_excluded: config.excludes(&path) }
        }
    }
}

/// Looks whether files have changed, where that was suspected.
pub(super) fn look_again(state: &State) {
    if state.workspace.is_suspect.swap(false, Ordering::AcqRel) && state.workspace.configs.is_stale() {
        state.reconfigure();
    }
}

/// Has the files watched that a configuration names, and logs what is wrong in it unless the editor shows that.
fn tell_news(state: &State) {
    let news = state.workspace.configs.news();
    if news.is_empty() {
        return;
    }
    state.send(Outgoing::Watch);
    let open: Vec<PathBuf> = state.documents.uris().iter().filter_map(|uri| path(uri)).collect();
    for loaded in news.iter().filter(|loaded| !open.contains(&loaded.path)) {
        for problem in &loaded.problems {
            state.tell(MessageType::WARNING, problem.clone());
        }
    }
}

/// What is wrong in a configuration that is open.
pub(super) fn config_findings(uri: &str, text: &str) -> Vec<Finding> {
    let path: Option<PathBuf> = path(uri);
    let problems = check_text(path.as_deref().map(Path::new), text);
    let findings = problems.into_iter().filter(|problem| !problem.range.is_empty()).map(|problem| {
        let fix = problem.instead.map(|word| Fix {
            title: format!("Replace with `{}`", word.trim_matches('"')),
            is_certain: false,
            edits: vec![TextEdit { range: problem.range.clone(), new_text: word }],
        });
        Finding { fixes: fix.into_iter().collect(), ..Finding::new("bad-config", Severity::Error, problem.range, problem.message) }
    });
    findings.collect()
}
