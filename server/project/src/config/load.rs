//! Reads a configuration and the lists that it names.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_catalog::{Catalog, Overlay, OverlayError, read_permission_list, read_service_reference};

use crate::config::lenient::{self, Located};
use crate::config::loaded::LoadedConfig;
use crate::config::options::{FILE_NAME, Options};
use crate::config::problem::ConfigProblem;
use crate::files::reason::reason;
use crate::files::{FileKind, Files, Stamp, stamp};
use crate::line_index::LineIndex;

/// Larger files, in bytes, the toml and the lists that it names, are not read.
const MAX_LEN: u64 = 8 << 20;

/// Reads a toml, by its absolute path, and the lists that it names.
pub fn load(files: &dyn Files, path: &Path) -> LoadedConfig {
    let mut stamps = vec![(path.to_owned(), stamp(files, path))];
    // People know a file by where they stand.
    let here = files.current_folder();
    let shown = path.strip_prefix(here).unwrap_or(path).display();
    let (options, catalog, problems) = match file_text(files, path) {
        Ok(text) => {
            let (options, problems) = lenient::read(&text);
            let (catalog, more) = catalog(files, path, &options, &mut stamps);
            let lines = LineIndex::new(&text);
            let mut problems: Vec<ConfigProblem> = problems.into_iter().chain(more).collect();
            problems.sort_by_key(|problem| problem.range.start);
            let lines = problems.iter().map(|problem| {
                let (line, _) = lines.line_and_column(&text, problem.range.start);
                format!("{shown}:{line}: {}", problem.message)
            });
            (options, catalog, lines.collect())
        }
        Err(why) => (Options::default(), Arc::new(Catalog::builtin()), vec![format!("{shown}: {why}")]),
    };
    LoadedConfig { path: path.to_owned(), options, catalog, problems, stamps }
}

/// What is wrong in a toml that is open in an editor, with the lists as they are in their files. Without a path there is no
/// folder to look for them in.
pub fn check_text(files: &dyn Files, path: Option<&Path>, text: &str) -> Vec<ConfigProblem> {
    let (options, mut problems) = lenient::read(text);
    if let Some(path) = path {
        problems.extend(catalog(files, path, &options, &mut Vec::new()).1);
        problems.sort_by_key(|problem| problem.range.start);
    }
    problems
}

/// Adds a list's text under its name.
type Add<'a> = dyn FnMut(&str, &Arc<str>) -> Result<(), OverlayError> + 'a;

fn catalog(files: &dyn Files, toml: &Path, options: &Options, stamps: &mut Vec<(PathBuf, Stamp)>) -> (Arc<Catalog>, Vec<ConfigProblem>) {
    let table = &options.catalog;
    let mut overlay = Overlay::default();
    let mut problems = Vec::new();
    let own: Arc<str> = Arc::from(FILE_NAME);
    overlay.add_permissions(table.permissions.iter().map(|name| &name.0), &own);
    for name in &table.actions {
        overlay.add_action(&name.0, &own);
    }
    let mut add_list = |named: &Located<PathBuf>, add: &mut Add<'_>| {
        let path = toml.parent().unwrap_or(Path::new("")).join(&named.value);
        stamps.push((path.clone(), stamp(files, &path)));
        let origin = Arc::from(named.value.display().to_string());
        let why = match file_text(files, &path) {
            Ok(text) => add(&text, &origin).err().map(|error| error.to_string()),
            Err(why) => Some(why),
        };
        problems.extend(why.map(|why| ConfigProblem {
            range: named.range.clone(),
            message: format!("{}: {why}", named.value.display()),
            instead: None,
        }));
    };
    for named in &table.permissions_from {
        add_list(named, &mut |text, origin| {
            overlay.add_permissions(read_permission_list(text)?, origin);
            Ok(())
        });
    }
    for named in &table.service_reference {
        add_list(named, &mut |text, origin| {
            overlay.add_service_reference(&read_service_reference(text)?, origin);
            Ok(())
        });
    }
    (Arc::new(Catalog::with(overlay)), problems)
}

/// The text of a toml or a list.
///
/// # Errors
///
/// In words, why it is not read.
pub fn file_text(files: &dyn Files, path: &Path) -> Result<String, String> {
    let data = files.metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => "file not found".to_owned(),
        _ => format!("cannot be read: {}", reason(&error)),
    })?;
    if data.kind != FileKind::Regular {
        return Err("not a file".to_owned());
    }
    // The file may grow while it is read, so the limit holds for what comes, not for what was announced.
    let bytes = files.read(path, MAX_LEN + 1).map_err(|error| format!("cannot be read: {}", reason(&error)))?;
    if bytes.len() as u64 > MAX_LEN {
        return Err("larger than 8 MB".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())
}
