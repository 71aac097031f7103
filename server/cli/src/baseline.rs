//! The findings that a project had when it began to check, which are counted but not shown.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use connect_policy_project::CheckedFile;
use connect_policy_project::files::absolute;
use connect_policy_project::files::reason::reason;
use serde::Deserialize;

use crate::atomic_write;
use crate::output::check_report::{Baselined, CheckReport};
use crate::output::fingerprint::{Key, keys};
use crate::output::paths::path_below;

/// A baseline and the folder to which its paths are relative.
#[derive(Debug)]
pub(crate) struct Baseline {
    path: PathBuf,
    folder: PathBuf,
    keys: BTreeSet<Key>,
}

#[derive(Deserialize)]
struct Root {
    version: u32,
    findings: Vec<Key>,
}

impl Baseline {
    /// The baseline of a file, or an empty one if the file is still to be written.
    pub(crate) fn read(path: &Path, may_be_missing: bool) -> Result<Baseline, String> {
        let folder = absolute(path).parent().map(Path::to_owned).unwrap_or_default();
        let name = path.display();
        let mut keys = BTreeSet::new();
        if path.exists() || !may_be_missing {
            let text = fs::read_to_string(path)
                .map_err(|error| format!("cannot read baseline `{name}`: {}; create it with --write-baseline", reason(&error)))?;
            let root: Root = serde_json::from_str(&text)
                .map_err(|error| format!("`{name}` is not a valid baseline (line {}, column {})", error.line(), error.column()))?;
            if root.version != 1 {
                return Err(format!("unsupported baseline version {} in `{name}` (expected 1)", root.version));
            }
            keys.extend(root.findings);
        }
        Ok(Baseline { path: path.to_owned(), folder, keys })
    }

    /// Whether a path is the baseline itself, which holds findings and no policy.
    pub(crate) fn is(&self, path: &Path) -> bool {
        absolute(path) == absolute(&self.path)
    }

    fn keys_of(&self, checked: &CheckedFile) -> Vec<Key> {
        keys(checked, &path_below(&self.folder, &checked.path))
    }

    /// Removes the findings that are listed from a report. `paths` are all that were checked, and `is_reported` says of which
    /// rules findings are reported at all.
    pub(crate) fn apply(&self, report: &mut CheckReport, paths: &[String], is_reported: impl Fn(&str) -> bool) {
        let mut met = BTreeSet::new();
        for checked in &mut report.checked {
            let mut keys = self.keys_of(checked).into_iter();
            checked.findings.retain(|_| {
                let Some(key) = keys.next().filter(|key| self.keys.contains(key)) else { return true };
                met.insert(key);
                false
            });
        }
        report.checked.retain(|checked| !checked.findings.is_empty());
        let paths: BTreeSet<String> = paths.iter().map(|path| path_below(&self.folder, path)).collect();
        // The findings of deleted files are gone too.
        let is_settled = |key: &&Key| paths.contains(&key.path) || !self.folder.join(&key.path).exists();
        let of_these = self.keys.iter().filter(is_settled).filter(|key| is_reported(&key.rule)).count();
        report.baseline = Some(Baselined { known: met.len(), settled: of_these - met.len() });
    }

    /// Writes the findings of a report; what the file says of files that were not checked and still exist stays.
    pub(crate) fn write(mut self, report: &CheckReport, paths: &[String]) -> Result<usize, String> {
        let paths: BTreeSet<String> = paths.iter().map(|path| path_below(&self.folder, path)).collect();
        let folder = self.folder.clone();
        self.keys.retain(|key| !paths.contains(&key.path) && folder.join(&key.path).exists());
        let found: Vec<Key> = report.checked.iter().flat_map(|checked| self.keys_of(checked)).collect();
        self.keys.extend(found);
        let text = render(&self.keys);
        // A symlink is written through.
        let target = fs::canonicalize(&self.path).unwrap_or(self.path.clone());
        atomic_write::write(&target, &text).map_err(|why| format!("cannot write baseline `{}`: {why}", self.path.display()))?;
        Ok(self.keys.len())
    }
}

/// One finding a line, sorted, so that differences between two baselines can be read.
fn render(keys: &BTreeSet<Key>) -> String {
    let mut text = "{\"version\": 1, \"findings\": [".to_owned();
    for (index, key) in keys.iter().enumerate() {
        let separator = if index == 0 { "" } else { "," };
        // Nothing in it can fail to be written.
        let _ = write!(text, "{separator}\n{}", serde_json::to_string(key).unwrap_or_default());
    }
    text.push_str("\n]}\n");
    text
}
