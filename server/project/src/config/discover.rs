//! Which toml rules which document: the nearest one above it, up to a bound or the folder that holds `.git`.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::load::{Stamp, stamp};
use super::{FILE_NAME, Loaded, load};

/// The tomls of a workspace, each read once until it changes.
#[derive(Debug, Default)]
pub(crate) struct Configs {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Rules all documents, in place of what lies above them.
    given: Option<Arc<Loaded>>,
    /// Folders above which nothing is looked for.
    bounds: Vec<PathBuf>,
    folders: HashMap<PathBuf, Option<Arc<Loaded>>>,
    loaded: HashMap<PathBuf, Arc<Loaded>>,
    /// Where no toml was.
    absent: Vec<PathBuf>,
    /// What was read since somebody asked for it.
    news: Vec<Arc<Loaded>>,
}

impl Configs {
    /// The tomls above documents, none from above these folders.
    pub(crate) fn below(bounds: Vec<PathBuf>) -> Configs {
        Configs { state: Mutex::new(State { bounds, ..State::default() }) }
    }

    /// One toml for all documents.
    pub(crate) fn given(path: &Path) -> Configs {
        Configs { state: Mutex::new(State { given: Some(Arc::new(load(&absolute(path)))), ..State::default() }) }
    }

    /// The toml that rules a document.
    pub(crate) fn for_file(&self, document: &Path) -> Option<Arc<Loaded>> {
        let document = absolute(document);
        self.for_folder(document.parent()?)
    }

    /// The toml that rules the documents of a folder.
    pub(crate) fn for_folder(&self, folder: &Path) -> Option<Arc<Loaded>> {
        let mut state = self.lock();
        if let Some(given) = &state.given {
            return Some(Arc::clone(given));
        }
        let folder = absolute(folder);
        if let Some(known) = state.folders.get(&folder) {
            return known.clone();
        }
        let found = state.find(&folder);
        state.folders.insert(folder, found.clone());
        found
    }

    /// What was read since the last time that this was asked.
    pub(crate) fn news(&self) -> Vec<Arc<Loaded>> {
        std::mem::take(&mut self.lock().news)
    }

    /// Whether a file is one that a toml was made of.
    pub(crate) fn was_read(&self, path: &Path) -> bool {
        let path = absolute(path);
        self.lock().loaded.values().any(|loaded| loaded.stamps.iter().any(|(known, _)| absolute(known) == path))
    }

    /// The lists that the tomls name.
    pub(crate) fn lists(&self) -> Vec<PathBuf> {
        let state = self.lock();
        let mut lists: Vec<PathBuf> =
            state.loaded.values().flat_map(|loaded| loaded.stamps.iter().skip(1)).map(|(path, _)| absolute(path)).collect();
        lists.sort();
        lists.dedup();
        lists
    }

    /// Whether a file has changed since it was read, has come or has gone.
    pub(crate) fn is_stale(&self) -> bool {
        let (stamps, absent): (Vec<(PathBuf, Stamp)>, Vec<PathBuf>) = {
            let state = self.lock();
            (state.loaded.values().flat_map(|loaded| loaded.stamps.iter().cloned()).collect(), state.absent.clone())
        };
        stamps.iter().any(|(path, known)| stamp(path) != *known) || absent.iter().any(|path| path.is_file())
    }

    /// Forgets what was read.
    pub(crate) fn clear(&self) {
        let mut state = self.lock();
        state.folders.clear();
        state.loaded.clear();
        state.absent.clear();
    }

    /// Sets the folders above which nothing is looked for.
    pub(crate) fn set_bounds(&self, bounds: Vec<PathBuf>) {
        self.clear();
        self.lock().bounds = bounds.iter().map(|bound| absolute(bound)).collect();
    }

    /// The state stays whole when a holder panics: what is missing in it is read again.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn find(&mut self, folder: &Path) -> Option<Arc<Loaded>> {
        for above in folder.ancestors() {
            let path = above.join(FILE_NAME);
            if let Some(known) = self.loaded.get(&path) {
                return Some(Arc::clone(known));
            }
            if path.is_file() {
                let loaded = Arc::new(load(&path));
                self.news.push(Arc::clone(&loaded));
                self.loaded.insert(path, Arc::clone(&loaded));
                return Some(loaded);
            }
            if !self.absent.contains(&path) {
                self.absent.push(path);
            }
            if self.bounds.iter().any(|bound| bound == above) || above.join(".git").exists() {
                return None;
            }
        }
        None
    }
}

/// A path from the root, without `.` and `..`. Links are not followed: a document's name is what a person sees.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::{TempDir, tempdir};

    use super::*;

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn found(configs: &Configs, folder: &TempDir, document: &str) -> Option<PathBuf> {
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
        let configs = Configs::below(vec![folder.path().join("bound")]);
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
        let configs = Configs::below(vec![folder.path().to_owned()]);
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
