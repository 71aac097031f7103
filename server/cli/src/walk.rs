//! Which files `check` and `report` read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use connect_policy_project::{Origin, Source};
use connect_policy_syntax::Format;
use ignore::WalkBuilder;

use crate::output::check_report::Skipped;

/// The files that the paths name or hold, by path, each once; with what could not be looked at.
pub(crate) fn collect(paths: &[PathBuf]) -> Result<(Vec<Source>, Vec<Skipped>), String> {
    let mut sources = Vec::new();
    let mut skipped = Vec::new();
    for path in paths {
        let data = fs::metadata(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("`{}` does not exist", path.display()),
            _ => format!("`{}` cannot be opened: {error}", path.display()),
        })?;
        if data.is_dir() {
            walk(path, &mut sources, &mut skipped);
        } else {
            sources.push(Source { path: path.clone(), origin: Origin::Named });
        }
    }
    // Of a file that is also in a folder the named one stays.
    sources.sort_by(|a, b| a.path.cmp(&b.path).then(a.origin.cmp(&b.origin)));
    sources.dedup_by(|later, kept| later.path == kept.path);
    Ok((sources, skipped))
}

/// Files of a folder by their names, without hidden and ignored ones.
fn walk(folder: &Path, sources: &mut Vec<Source>, skipped: &mut Vec<Skipped>) {
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if is_file && (Format::from_path(path).is_some() || Format::is_undecided_template(path)) {
                    let path = path.strip_prefix("./").unwrap_or(path).to_owned();
                    sources.push(Source { path, origin: Origin::Found });
                }
            }
            Err(error) => {
                let path = path_of(&error).unwrap_or(folder).display().to_string();
                skipped.push(Skipped { path, why: plain(&error) });
            }
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// The error without its path, which is given apart.
fn plain(error: &ignore::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), |error| format!("cannot be read: {error}"))
}
