//! The files of a document's folder that nobody has open, and that are read together with it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use connect_policy_ide::catch_panic;
use connect_policy_project::modules::sibling_paths;
use connect_policy_project::{DocumentSettings, Files, ModuleMember, Origin, files};
use connect_policy_syntax::{Document, Format};
use tower_lsp::lsp_types::Url;

use crate::session::uri::{Uri, path};

/// The files of so many folders are kept.
const MAX_FOLDERS: usize = 32;

/// The files of a folder.
type FolderFiles = Arc<[(PathBuf, ModuleMember)]>;

/// Files that are not open, by folder, as they were read from the disk.
#[derive(Debug, Default)]
pub(crate) struct SiblingFiles {
    folders: Mutex<HashMap<PathBuf, FolderFiles>>,
}

impl SiblingFiles {
    /// Forgets the files of a document's folder, which may have changed.
    pub(crate) fn forget(&self, uri: &str) {
        if let Some(folder) = path(uri).as_deref().and_then(Path::parent) {
            self.folders.lock().unwrap_or_else(PoisonError::into_inner).remove(folder);
        }
    }

    /// Forgets all files: what they are understood by has changed.
    pub(crate) fn clear(&self) {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The files that are read together with open documents of one folder, of which `uri` is one.
    pub(crate) fn beside<'u>(
        &self,
        files: &dyn Files,
        uri: &str,
        open: impl Iterator<Item = &'u Uri>,
        settings: &DocumentSettings,
    ) -> Vec<ModuleMember> {
        let Some(document) = path(uri) else { return Vec::new() };
        let open: HashSet<PathBuf> = open.filter_map(|uri| path(uri)).collect();
        let siblings = self.around(files, &document, settings);
        siblings.iter().filter(|(path, _)| !open.contains(path)).map(|(_, member)| member.clone()).collect()
    }

    /// The files that are read together with a file.
    fn around(&self, files: &dyn Files, document: &Path, settings: &DocumentSettings) -> FolderFiles {
        let folder = document.parent().unwrap_or(document).to_owned();
        if let Some(known) = self.folders.lock().unwrap_or_else(PoisonError::into_inner).get(&folder) {
            return Arc::clone(known);
        }
        let paths = sibling_paths(files, document).into_iter();
        let read: FolderFiles = paths.filter_map(|path| Some((path.clone(), member(files, &path, settings)?))).collect();
        let mut kept = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_FOLDERS {
            kept.clear();
        }
        kept.insert(folder, Arc::clone(&read));
        read
    }
}

/// A file that nobody has open; `None` if it cannot be read, which `check` reports.
fn member(files: &dyn Files, path: &Path, settings: &DocumentSettings) -> Option<ModuleMember> {
    let text: Arc<str> = files::read(files, path, Origin::Found).ok()?.into();
    let uri = Uri::from(Url::from_file_path(path).ok()?.as_str());
    let member = catch_panic(|| ModuleMember::new(uri, Document::read(text, Format::Hcl), settings)).ok()?;
    Some(member.read_beside())
}
