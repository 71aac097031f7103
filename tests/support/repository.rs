//! Where the repository is.

use std::path::{Path, PathBuf};

/// The repository's root: the folder above this package that has the lock file, wherever the package stands in it.
pub(crate) fn repository() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().find(|folder| folder.join("Cargo.lock").is_file()).expect("a folder with Cargo.lock")
}

/// The folder `tests`, without `..` and links in its path.
pub(crate) fn tests_folder() -> PathBuf {
    plain(&repository().join("tests"))
}

/// A path without `..` and links. Windows' own form of such a path (`\\?\C:\…`) is none that users type, so its start goes.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let path = std::fs::canonicalize(path).unwrap();
    match path.to_str().and_then(|path| path.strip_prefix(r"\\?\")) {
        Some(short) if !short.starts_with("UNC") => short.into(),
        _ => path,
    }
}
