//! Which files `check` and `report` read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use connect_policy_project::files::reason::reason;
use connect_policy_project::files::walk::entries_below;
use connect_policy_project::{Origin, Source};

use crate::output::check_report::Skipped;

/// The files that the paths name or hold, by path, each once; with what could not be looked at.
pub(crate) fn collect(paths: &[PathBuf]) -> Result<(Vec<Source>, Vec<Skipped>), String> {
    let mut sources = Vec::new();
    let mut skipped = Vec::new();
    for path in paths {
        let data = fs::metadata(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("`{}` does not exist", path.display()),
            _ => format!("`{}` cannot be opened: {}", path.display(), reason(&error)),
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
    for entry in entries_below(folder).flatten() {
        match entry {
            Ok(path) => {
                let path = path.strip_prefix("./").map(Path::to_owned).unwrap_or(path);
                sources.push(Source { path, origin: Origin::Found });
            }
            Err(entry) => skipped.push(Skipped { path: entry.path.display().to_string(), why: entry.reason }),
        }
    }
}
