//! Folders for one test.

use std::fs;

use tempfile::{TempDir, tempdir};
use tower_lsp::lsp_types::Url;

/// A folder with these files, gone when the test is.
pub(crate) fn folder<C: AsRef<[u8]>>(files: &[(&str, C)]) -> TempDir {
    let folder = tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// The URI of a file in a folder.
pub(crate) fn uri_in(folder: &TempDir, name: &str) -> String {
    Url::from_file_path(folder.path().join(name)).unwrap().to_string()
}
