//! URIs as the client writes them, and the paths behind them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_project::files::absolute;
use connect_policy_project::modules::is_module_file;
use tower_lsp::lsp_types::Url;

use crate::wire::middleware;

/// A document's URI exactly as the client wrote it.
pub(crate) type Uri = Arc<str>;

/// The URI of a document as the client wrote it, which is the document's key.
pub(crate) fn key(uri: &Url) -> Uri {
    Uri::from(middleware::unescape_uri(uri))
}

/// The path of a file's URI.
pub(crate) fn path(uri: &str) -> Option<PathBuf> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "file")?;
    url.to_file_path().ok().map(|path| absolute(&path))
}

/// The folder of a document whose names are shared with its neighbours.
pub(crate) fn shared_folder(uri: &str) -> Option<Uri> {
    let is_file = uri.starts_with("file:") && is_module_file(Path::new(file_name(uri)));
    uri.rsplit_once('/').filter(|_| is_file).map(|(folder, _)| Uri::from(folder))
}

/// The last part of a URI's path. It stays percent-encoded: only its extension is looked at.
pub(crate) fn file_name(uri: &str) -> &str {
    let path = uri.split(['?', '#']).next().unwrap_or(uri);
    path.rsplit(['/', ':']).next().unwrap_or(path)
}
