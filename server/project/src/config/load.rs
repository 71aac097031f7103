//! The toml and the lists that it names, read from the disk.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use connect_policy_catalog::{Catalog, Overlay, OverlayError, read_permission_list, read_service_reference};

use super::read::read;
use super::{Config, MAX_LEN, Named, Problem};
use crate::lines::Lines;
use crate::settings::Level;

/// A toml with all that it names, ready for use.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The toml, absolute.
    pub(crate) path: PathBuf,
    pub(crate) config: Config,
    /// What ships and what the project adds to it.
    pub(crate) catalog: Arc<Catalog>,
    /// What is wrong, each a line that begins with file and line.
    pub(crate) problems: Vec<String>,
    /// The toml and the lists, as they were when they were read.
    pub(super) stamps: Vec<(PathBuf, Stamp)>,
}

/// What tells whether a file has changed; `None` where there is none.
pub(super) type Stamp = Option<(Option<SystemTime>, u64)>;

/// The stamp of a file as it is now.
pub(super) fn stamp(path: &Path) -> Stamp {
    fs::metadata(path).ok().map(|data| (data.modified().ok(), data.len()))
}

/// Reads a toml and the lists that it names.
pub(crate) fn load(path: &Path) -> Loaded {
    let mut stamps = vec![(path.to_owned(), stamp(path))];
    // People know a file by where they stand.
    let here = std::env::current_dir().unwrap_or_default();
    let shown = path.strip_prefix(here).unwrap_or(path).display();
    let (config, catalog, problems) = match file_text(path) {
        Ok(text) => {
            let (config, problems) = read(&text);
            let (catalog, more) = catalog(path, &config, &mut stamps);
            let lines = Lines::new(&text);
            let mut problems: Vec<Problem> = problems.into_iter().chain(more).collect();
            problems.sort_by_key(|problem| problem.range.start);
            let told = problems.iter().map(|problem| {
                let (line, _) = lines.line_and_column(&text, problem.range.start);
                format!("{shown}:{line}: {}", problem.message)
            });
            (config, catalog, told.collect())
        }
        Err(why) => (Config::default(), Arc::new(Catalog::builtin()), vec![format!("{shown}: {why}")]),
    };
    Loaded { path: path.to_owned(), config, catalog, problems, stamps }
}

/// What is wrong in a toml that is open in an editor, with the lists as they are on the disk. Without a path there is no
/// folder to look for them in.
pub(crate) fn check_text(path: Option<&Path>, text: &str) -> Vec<Problem> {
    let (config, mut problems) = read(text);
    if let Some(path) = path {
        problems.extend(catalog(path, &config, &mut Vec::new()).1);
        problems.sort_by_key(|problem| problem.range.start);
    }
    problems
}

/// Adds a list's text under its name.
type Add<'a> = dyn FnMut(&str, &Arc<str>) -> Result<(), OverlayError> + 'a;

fn catalog(toml: &Path, config: &Config, stamps: &mut Vec<(PathBuf, Stamp)>) -> (Arc<Catalog>, Vec<Problem>) {
    let table = &config.catalog;
    let mut overlay = Overlay::default();
    let mut problems = Vec::new();
    let own: Arc<str> = Arc::from(super::FILE_NAME);
    overlay.add_permissions(&table.permissions, &own);
    for name in &table.actions {
        overlay.add_action(name, &own);
    }
    let mut take = |named: &Named, add: &mut Add<'_>| {
        let path = toml.parent().unwrap_or(Path::new("")).join(&named.path);
        stamps.push((path.clone(), stamp(&path)));
        let origin = Arc::from(named.path.display().to_string());
        let why = match file_text(&path) {
            Ok(text) => add(&text, &origin).err().map(|error| error.to_string()),
            Err(why) => Some(why),
        };
        problems.extend(why.map(|why| Problem {
            range: named.range.clone(),
            message: format!("{}: {why}", named.path.display()),
            instead: None,
        }));
    };
    for named in &table.permissions_from {
        take(named, &mut |text, origin| {
            overlay.add_permissions(read_permission_list(text)?, origin);
            Ok(())
        });
    }
    for named in &table.service_reference {
        take(named, &mut |text, origin| {
            overlay.add_service_reference(&read_service_reference(text)?, origin);
            Ok(())
        });
    }
    (Arc::new(Catalog::with(overlay)), problems)
}

/// A file's text, or why it is not read.
pub(crate) fn file_text(path: &Path) -> Result<String, String> {
    let data = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => format!("cannot be read: {error}"),
    })?;
    if !data.is_file() {
        return Err("is no file".to_owned());
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read, so the limit holds for what comes, not for what was announced.
    let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    file.take(MAX_LEN + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_LEN {
        return Err("is larger than 8 MB".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
}

impl Loaded {
    /// Whether a document, by its absolute path, is left out.
    pub(crate) fn excludes(&self, document: &Path) -> bool {
        self.relative(document).is_some_and(|relative| self.config.exclude.take(relative))
    }

    /// The levels for a document, by its absolute path; of several that speak of a rule the last holds.
    pub(crate) fn levels(&self, document: &Path) -> BTreeMap<String, Level> {
        let mut levels = self.config.rules.clone();
        if let Some(relative) = self.relative(document) {
            for one in self.config.overrides.iter().filter(|one| one.paths.take(relative)) {
                levels.extend(one.rules.iter().map(|(rule, level)| (rule.clone(), *level)));
            }
        }
        levels
    }

    fn relative<'d>(&self, document: &'d Path) -> Option<&'d Path> {
        document.strip_prefix(self.path.parent()?).ok()
    }
}
