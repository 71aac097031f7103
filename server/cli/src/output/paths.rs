//! Paths as they are written in output.

use std::path::Path;

use connect_policy_project::files::absolute;

/// A path below a folder as it is written there, with slashes; the path as it is where it lies elsewhere.
pub(crate) fn path_below(folder: &Path, path: &str) -> String {
    let whole = absolute(Path::new(path));
    let below = whole.strip_prefix(folder).unwrap_or(Path::new(path));
    let below = below.strip_prefix(".").unwrap_or(below);
    let text = below.display().to_string();
    if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// A path as it is written in the current folder, with slashes.
pub(crate) fn path_from_here(path: &str) -> String {
    path_below(&absolute(Path::new(".")), path)
}
