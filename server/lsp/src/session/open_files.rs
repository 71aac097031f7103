//! The disk, with the texts of open documents in place of what is on it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_project::Files;
use connect_policy_project::files::{FileKind, FileMetadata};

use crate::session::documents::DocumentVersion;

/// The documents that are open, by their paths.
pub(crate) type OpenFiles = Arc<HashMap<PathBuf, Arc<DocumentVersion>>>;

/// The disk, with the texts of open documents in place of what is on it.
#[derive(Debug)]
pub(crate) struct OverlaidFiles {
    pub(crate) disk: Arc<dyn Files>,
    pub(crate) open: OpenFiles,
}

impl Files for OverlaidFiles {
    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        match self.open.get(path) {
            Some(document) => Ok(FileMetadata { kind: FileKind::Regular, len: document.len() as u64, modified: None }),
            None => self.disk.metadata(path),
        }
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        match self.open.get(path) {
            Some(document) => {
                let mut bytes = document.text().as_bytes().to_vec();
                bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
                Ok(bytes)
            }
            None => self.disk.read(path, limit),
        }
    }

    fn entries(&self, folder: &Path, limit: usize) -> io::Result<Vec<OsString>> {
        self.disk.entries(folder, limit)
    }

    fn current_folder(&self) -> PathBuf {
        self.disk.current_folder()
    }
}
