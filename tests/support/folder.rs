//! Folders for one test.

use std::fs;
use std::path::Path;

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
pub(crate) fn uri_in(folder: impl AsRef<Path>, name: &str) -> String {
    Url::from_file_path(folder.as_ref().join(name)).unwrap().to_string()
}

/// A path that is written with `/`, with the system's own separators.
pub(crate) fn native(path: &str) -> String {
    path.replace('/', std::path::MAIN_SEPARATOR_STR)
}
