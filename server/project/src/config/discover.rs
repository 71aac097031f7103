//! Which toml rules which document: the nearest one above it, up to a bound or the folder that holds `.git`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::config::load::load;
use crate::config::loaded::LoadedConfig;
use crate::config::options::FILE_NAME;
use crate::files::{Files, Stamp, absolute, stamp};

/// The tomls of a workspace, each read once until it changes.
#[derive(Debug)]
pub struct ConfigStore {
    files: Arc<dyn Files>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Rules all documents, in place of what lies above them.
    given: Option<Arc<LoadedConfig>>,
    /// Folders above which nothing is looked for.
    bounds: Vec<PathBuf>,
    folders: HashMap<PathBuf, Option<Arc<LoadedConfig>>>,
    loaded: HashMap<PathBuf, Arc<LoadedConfig>>,
    /// Where no toml was.
    absent: Vec<PathBuf>,
    /// What was read since somebody asked for it.
    news: Vec<Arc<LoadedConfig>>,
}

impl ConfigStore {
    /// The tomls above documents, none from above these folders.
    pub fn below(files: Arc<dyn Files>, bounds: Vec<PathBuf>) -> ConfigStore {
        ConfigStore { files, state: Mutex::new(State { bounds, ..State::default() }) }
    }

    /// One toml for all documents.
    pub fn given(files: Arc<dyn Files>, path: &Path) -> ConfigStore {
        let given = Some(Arc::new(load(&*files, &absolute(path))));
        ConfigStore { files, state: Mutex::new(State { given, ..State::default() }) }
    }

    /// The toml that rules a document.
    pub fn for_file(&self, document: &Path) -> Option<Arc<LoadedConfig>> {
        let document = absolute(document);
        self.for_folder(document.parent()?)
    }

    /// The toml that rules the documents of a folder.
    pub fn for_folder(&self, folder: &Path) -> Option<Arc<LoadedConfig>> {
        let mut state = self.lock();
        if let Some(given) = &state.given {
            return Some(Arc::clone(given));
        }
        let folder = absolute(folder);
        if let Some(known) = state.folders.get(&folder) {
            return known.clone();
        }
        let found = state.find(&*self.files, &folder);
        state.folders.insert(folder, found.clone());
        found
    }

    /// Whether the toml that rules a document leaves it out.
    pub fn excludes(&self, document: &Path) -> bool {
        self.for_file(document).is_some_and(|config| config.excludes(&absolute(document)))
    }

    /// What was read since the last time that this was asked.
    pub fn news(&self) -> Vec<Arc<LoadedConfig>> {
        std::mem::take(&mut self.lock().news)
    }

    /// Whether a file is one that a toml was made of.
    pub fn was_read(&self, path: &Path) -> bool {
        let path = absolute(path);
        self.lock().loaded.values().any(|loaded| loaded.stamps.iter().any(|(known, _)| absolute(known) == path))
    }

    /// The lists that the tomls name.
    pub fn lists(&self) -> Vec<PathBuf> {
        let state = self.lock();
        let mut lists: Vec<PathBuf> =
            state.loaded.values().flat_map(|loaded| loaded.stamps.iter().skip(1)).map(|(path, _)| absolute(path)).collect();
        lists.sort();
        lists.dedup();
        lists
    }

    /// Whether a file has changed since it was read, has come or has gone.
    pub fn is_stale(&self) -> bool {
        let (stamps, absent): (Vec<(PathBuf, Stamp)>, Vec<PathBuf>) = {
            let state = self.lock();
            (state.loaded.values().flat_map(|loaded| loaded.stamps.iter().cloned()).collect(), state.absent.clone())
        };
        stamps.iter().any(|(path, known)| stamp(&*self.files, path) != *known) || absent.iter().any(|path| self.files.is_file(path))
    }

    /// Forgets what was read.
    pub fn clear(&self) {
        let mut state = self.lock();
        state.folders.clear();
        state.loaded.clear();
        state.absent.clear();
    }

    /// Sets the folders above which nothing is looked for.
    pub fn set_bounds(&self, bounds: Vec<PathBuf>) {
        self.clear();
        self.lock().bounds = bounds.iter().map(|bound| absolute(bound)).collect();
    }

    /// The state stays whole when a holder panics: what is missing in it is read again.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn find(&mut self, files: &dyn Files, folder: &Path) -> Option<Arc<LoadedConfig>> {
        for above in folder.ancestors() {
            let path = above.join(FILE_NAME);
            if let Some(known) = self.loaded.get(&path) {
                return Some(Arc::clone(known));
            }
            if files.is_file(&path) {
                let loaded = Arc::new(load(files, &path));
                self.news.push(Arc::clone(&loaded));
                self.loaded.insert(path, Arc::clone(&loaded));
                return Some(loaded);
            }
            if !self.absent.contains(&path) {
                self.absent.push(path);
            }
            if self.bounds.iter().any(|bound| bound == above) || files.exists(&above.join(".git")) {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::{TempDir, tempdir};

    use super::*;
    use crate::files::disk::DiskFiles;

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn found(configs: &ConfigStore, folder: &TempDir, document: &str) -> Option<PathBuf> {
        let loaded = configs.for_file(&folder.path().join(document))?;
        Some(loaded.path.strip_prefix(folder.path()).unwrap().to_owned())
    }

    #[test]
    fn the_nearest_toml_rules_up_to_a_bound_or_the_repository() {
        let folder = folder(&[
            (FILE_NAME, ""),
            ("a/connect-policy.toml", ""),
            ("a/b/x.json", ""),
            ("repo/.git/HEAD", ""),
            ("repo/x.json", ""),
            ("bound/x.json", ""),
        ]);
        let configs = ConfigStore::below(Arc::new(DiskFiles), vec![folder.path().join("bound")]);
        assert_eq!(found(&configs, &folder, "a/b/x.json"), Some("a/connect-policy.toml".into()));
        assert_eq!(found(&configs, &folder, "x.json"), Some(FILE_NAME.into()));
        assert_eq!(found(&configs, &folder, "other/deep/x.json"), Some(FILE_NAME.into()));
        assert_eq!(found(&configs, &folder, "a/../x.json"), Some(FILE_NAME.into()));
        assert_eq!(found(&configs, &folder, "repo/x.json"), None);
        assert_eq!(found(&configs, &folder, "bound/deep/x.json"), None);
        assert_eq!(configs.news().len(), 2);
        assert_eq!(configs.news().len(), 0);
    }

    #[test]
    fn changes_are_noticed() {
        let folder = folder(&[("a/connect-policy.toml", "[catalog]\npermissions-from = [\"list.json\"]"), ("a/list.json", "[]")]);
        let configs = ConfigStore::below(Arc::new(DiskFiles), vec![folder.path().to_owned()]);
        let notices = |change: &dyn Fn()| {
            configs.clear();
            configs.for_file(&folder.path().join("a/x.json"));
            configs.for_file(&folder.path().join("b/x.json"));
            assert!(!configs.is_stale());
            change();
            configs.is_stale()
        };
        let path = |name: &str| folder.path().join(name);
        assert!(notices(&|| fs::write(path("a/list.json"), "[\"A.View\"]").unwrap()));
        assert!(notices(&|| fs::remove_file(path("a/list.json")).unwrap()));
        assert!(notices(&|| fs::write(path("a/list.json"), "[]").unwrap()));
        assert!(notices(&|| fs::write(path("connect-policy.toml"), "").unwrap()));
        assert!(!notices(&|| fs::write(path("a/other.json"), "").unwrap()));
        assert_eq!(configs.lists(), [path("a/list.json")]);
        assert!(configs.was_read(&path("a/./list.json")) && !configs.was_read(&path("a/other.json")));
    }
}
