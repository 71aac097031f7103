//! What stands beside a document in its folder: the open documents whose names it shares, and the files that nobody has open.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use connect_policy_ide::{Part, caught};
use connect_policy_syntax::{Document, Format};
use tower_lsp::lsp_types::Url;

use super::answers::State;
use super::documents::{Snapshot, Uri};
use super::terms::{self, Terms};
use crate::lines::Lines;
use crate::{folder, text};

/// The files of so many folders are kept.
const MOST_FOLDERS: usize = 32;

/// A document that is read together with another.
#[derive(Clone, Debug)]
pub(super) struct Neighbour {
    pub(super) uri: Uri,
    pub(super) part: Part,
    pub(super) lines: Arc<Lines>,
}

/// The files of a folder.
type Files = Arc<[(PathBuf, Neighbour)]>;

/// Files that are not open, by folder, as they were read from the disk.
#[derive(Debug, Default)]
pub(super) struct Folders {
    read: Mutex<HashMap<PathBuf, Files>>,
}

impl Folders {
    /// Forgets the files of a document's folder, which may have changed.
    pub(super) fn forget(&self, uri: &str) {
        if let Some(folder) = terms::path(uri).as_deref().and_then(Path::parent) {
            self.read.lock().unwrap_or_else(PoisonError::into_inner).remove(folder);
        }
    }

    /// Forgets all files: what they are understood by has changed.
    pub(super) fn clear(&self) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The files that are read together with a file.
    fn around(&self, path: &Path, terms: &Terms) -> Files {
        let folder = path.parent().unwrap_or(path).to_owned();
        if let Some(known) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&folder) {
            return Arc::clone(known);
        }
        let read: Files = folder::around(path).into_iter().filter_map(|path| Some((path.clone(), neighbour(&path, terms)?))).collect();
        let mut kept = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_FOLDERS {
            kept.clear();
        }
        kept.insert(folder, Arc::clone(&read));
        read
    }
}

/// A file that nobody has open; `None` where it cannot be read, which `check` tells.
fn neighbour(path: &Path, terms: &Terms) -> Option<Neighbour> {
    let text: Arc<str> = text::read(path, false).ok()?.into();
    let uri = Uri::from(Url::from_file_path(path).ok()?.as_str());
    let lines = Arc::new(Lines::new(&text));
    let part = caught(|| Part::read(Document::read(text, Format::Hcl), &terms.catalog, terms.settings.scope)).ok()?;
    Some(Neighbour { uri, part, lines })
}

/// What stands beside a document, by URI; nothing for most kinds of documents.
pub(super) fn beside(state: &State, snapshot: &Snapshot, terms: &Terms) -> Vec<Neighbour> {
    let (Some(folder), Some(path)) = (&snapshot.folder, terms::path(&snapshot.uri)) else { return Vec::new() };
    let open = state.documents.in_folder(folder);
    let paths: Vec<PathBuf> = open.iter().filter_map(|other| terms::path(&other.uri)).collect();
    let mut neighbours: Vec<Neighbour> =
        open.iter().filter(|other| other.uri != snapshot.uri).map(|other| other.neighbour(terms)).collect();
    let closed = state.folders.around(&path, terms);
    neighbours.extend(closed.iter().filter(|(path, _)| !paths.contains(path)).map(|(_, file)| file.clone()));
    neighbours.sort_by(|one, other| one.uri.cmp(&other.uri));
    neighbours
}
