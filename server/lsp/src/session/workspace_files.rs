//! The closed files of the workspace that are checked, and their findings.
//!
//! What was found in a file counts until something changes that it was found by: the file, those that are read together with
//! it, or the settings. Whether a file has changed is seen by its stamp, so a workspace in which nothing changes costs no more
//! than a look at each of its files.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_project::files::walk::entries_below;
use connect_policy_project::files::{Stamp, stamp};
use connect_policy_project::modules::{groups, is_module_file, sibling_paths};
use connect_policy_project::{Files, Project};
use tower_lsp::lsp_types::Diagnostic;

use crate::session::documents::DocumentVersion;
use crate::session::open_files::OpenFiles;

/// So many files are checked, and so many entries of folders are looked at to find them.
pub(crate) const MAX_FILES: usize = 10_000;
const MAX_ENTRIES: usize = 500_000;

/// Files that are read together, with the stamps of all that they are read with.
#[derive(Debug)]
pub(crate) struct FileGroup {
    pub(crate) files: Vec<PathBuf>,
    stamps: Vec<(PathBuf, Stamp)>,
}

/// What folders hold.
#[derive(Debug)]
pub(crate) struct FoundFiles {
    pub(crate) groups: Arc<[FileGroup]>,
    /// Whether there is more than is checked.
    pub(crate) is_cut: bool,
}

/// Finds the files below folders that are to be checked, at most so many; `None` if that was cancelled.
pub(crate) fn find(
    files: &dyn Files,
    folders: &[PathBuf],
    project: &Project,
    max_files: usize,
    is_cancelled: impl Fn() -> bool,
) -> Option<FoundFiles> {
    // One folder may be inside another.
    let mut paths = BTreeSet::new();
    let mut entries = 0;
    for entry in folders.iter().flat_map(|folder| entries_below(folder)) {
        entries += 1;
        if is_cancelled() {
            return None;
        }
        // `check` reports what cannot be read.
        paths.extend(entry.and_then(Result::ok).filter(|path| !project.configs.excludes(path)));
        if paths.len() > max_files || entries > MAX_ENTRIES {
            break;
        }
    }
    let is_cut = paths.len() > max_files || entries > MAX_ENTRIES;
    let paths: Vec<PathBuf> = paths.into_iter().take(max_files).collect();
    let mut siblings: HashMap<PathBuf, Vec<(PathBuf, Stamp)>> = HashMap::new();
    let mut found = Vec::new();
    for group in groups(paths.iter().map(PathBuf::as_path)) {
        if is_cancelled() {
            return None;
        }
        let of_group: Vec<PathBuf> = group.into_iter().map(|index| paths[index].clone()).collect();
        let stamped = |path: &PathBuf| (path.clone(), stamp(files, path));
        let mut stamps: Vec<(PathBuf, Stamp)> = of_group.iter().map(stamped).collect();
        if let Some(first) = of_group.first().filter(|first| is_module_file(first)) {
            let folder = first.parent().unwrap_or(first).to_owned();
            let beside = siblings.entry(folder).or_insert_with(|| sibling_paths(files, first).iter().map(stamped).collect());
            stamps.extend(beside.iter().filter(|(path, _)| !of_group.contains(path)).cloned());
        }
        found.push(FileGroup { files: of_group, stamps });
    }
    Some(FoundFiles { groups: found.into(), is_cut })
}

/// What the findings of a file were made of.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Inputs {
    /// Counts the changes of settings.
    epoch: u64,
    stamps: Vec<(PathBuf, Stamp)>,
    open: Vec<Version>,
}

/// A version of a document; two are the same if they are one.
#[derive(Clone, Debug)]
struct Version(Arc<DocumentVersion>);

impl PartialEq for Version {
    fn eq(&self, other: &Version) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Inputs {
    /// What the findings of a group are made of now.
    pub(crate) fn new(group: &FileGroup, open: &OpenFiles, epoch: u64) -> Inputs {
        let stamps = group.stamps.iter().filter(|(path, _)| !open.contains_key(path)).cloned().collect();
        let versions = group.stamps.iter().filter_map(|(path, _)| open.get(path)).map(|version| Version(Arc::clone(version)));
        Inputs { epoch, stamps, open: versions.collect() }
    }
}

/// What was found in a file, as it is reported.
#[derive(Debug, Default)]
pub(crate) struct FileDiagnostics {
    pub(crate) result_id: String,
    pub(crate) items: Vec<Diagnostic>,
}

/// The findings of closed files.
#[derive(Debug, Default)]
pub(crate) struct CheckedFiles(HashMap<PathBuf, (Arc<Inputs>, Arc<FileDiagnostics>)>);

impl CheckedFiles {
    /// What was found in files by the same inputs, if that is known of all of them.
    pub(crate) fn known(&self, files: &[&PathBuf], inputs: &Inputs) -> Option<Vec<Arc<FileDiagnostics>>> {
        let known = |file: &&PathBuf| self.0.get(*file).filter(|(by, _)| **by == *inputs).map(|(_, found)| Arc::clone(found));
        files.iter().map(known).collect()
    }

    /// Keeps what was found in a file.
    pub(crate) fn keep(&mut self, file: &Path, inputs: &Arc<Inputs>, found: Arc<FileDiagnostics>) {
        self.0.insert(file.to_owned(), (Arc::clone(inputs), found));
    }

    /// Forgets the files of a folder, in which one has changed.
    pub(crate) fn forget_folder(&mut self, folder: &Path) {
        self.0.retain(|file, _| file.parent() != Some(folder));
    }

    /// Forgets the files that are gone.
    pub(crate) fn keep_only(&mut self, groups: &[FileGroup]) {
        let there: HashSet<&PathBuf> = groups.iter().flat_map(|group| &group.files).collect();
        self.0.retain(|file, _| there.contains(file));
    }
}

#[cfg(test)]
mod tests {
    use connect_policy_catalog::Catalog;
    use connect_policy_project::{ConfigStore, DiskFiles, FaultInjection, Settings};

    use super::*;

    #[test]
    fn files_are_found_once_and_not_without_end() {
        // Folders that are there wherever this is tested.
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/examples");
        let folders = [source.clone(), source.join("policies")];
        let files: Arc<dyn Files> = Arc::new(DiskFiles);
        let project = Project {
            configs: Arc::new(ConfigStore::below(Arc::clone(&files), Vec::new())),
            files,
            builtin: Arc::new(Catalog::builtin()),
            settings: Settings::default(),
            faults: FaultInjection::default(),
        };
        let found = |max_files| find(&DiskFiles, &folders, &project, max_files, || false).unwrap();
        let names = |found: &FoundFiles| -> Vec<PathBuf> { found.groups.iter().flat_map(|group| group.files.clone()).collect() };
        let (all, some) = (found(MAX_FILES), found(3));
        let mut unique = names(&all);
        unique.sort();
        unique.dedup();
        assert!(unique.len() > 3 && unique.len() == names(&all).len() && !all.is_cut);
        assert!(names(&some).len() == 3 && some.is_cut);
        assert!(!found(unique.len()).is_cut);
        assert!(find(&DiskFiles, &folders, &project, MAX_FILES, || true).is_none());
    }
}
