//! The files that are read together: Terraform's of one folder, whose locals and variables are one another's.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Module, Part, Scope};
use connect_policy_syntax::Document;

/// A folder with more files is none that a person wrote; its files are read each alone.
const MOST_FILES: usize = 256;

/// So many entries of a folder are looked at.
const MOST_ENTRIES: usize = 10_000;

/// A larger file has no lists that others refer to, and so much of a folder is read beside the file that is asked about.
const MOST_BYTES: u64 = 1 << 20;
const MOST_BYTES_TOGETHER: u64 = 8 << 20;

/// Whether a file's names are its folder's.
pub(crate) fn is_shared(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    matches!(extension.as_deref(), Some("tf" | "tofu" | "tfvars"))
}

/// Files by their places in a list, those together that are read together.
pub(crate) fn groups<'p>(paths: impl Iterator<Item = &'p Path>) -> Vec<Vec<usize>> {
    let mut folders: BTreeMap<Option<&Path>, Vec<usize>> = BTreeMap::new();
    let mut groups = Vec::new();
    for (index, path) in paths.enumerate() {
        if is_shared(path) {
            folders.entry(path.parent()).or_default().push(index);
        } else {
            groups.push(vec![index]);
        }
    }
    // Of more than are read together each is read alone.
    let (many, few): (Vec<_>, Vec<_>) = folders.into_values().partition(|group| group.len() > MOST_FILES);
    groups.extend(many.into_iter().flatten().map(|index| vec![index]));
    groups.extend(few);
    groups
}

/// The files of the same folder whose names are shared with a file, by name, and the file itself where it exists. Empty for
/// a file of another kind, and where there are too many.
pub(crate) fn around(path: &Path) -> Vec<PathBuf> {
    if !is_shared(path) {
        return Vec::new();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.take(MOST_ENTRIES).flatten().map(|entry| path.with_file_name(entry.file_name()));
    let mut files: Vec<PathBuf> = names.filter(|path| is_shared(path)).take(MOST_FILES + 1).collect();
    if files.len() > MOST_FILES {
        return Vec::new();
    }
    files.sort_unstable();
    let mut left = MOST_BYTES_TOGETHER;
    files.retain(|file| {
        let Some(size) = fs::metadata(file).ok().filter(fs::Metadata::is_file).map(|data| data.len()) else { return false };
        let is_taken = file == path || (size <= MOST_BYTES && size <= left);
        left = left.saturating_sub(if is_taken { size } else { 0 });
        is_taken
    });
    files
}

/// Files that are read together.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    files: Vec<(PathBuf, Part)>,
    module: Arc<Module>,
}

impl Folder {
    /// Puts files together that were understood on their own.
    pub(crate) fn of(files: Vec<(PathBuf, Part)>, catalog: &Catalog, scope: Scope) -> Folder {
        let module = Arc::new(Module::of(files.iter().map(|(_, part)| part.clone()).collect(), catalog, scope));
        Folder { files, module }
    }

    /// The same with another text for a file, which may be new.
    pub(crate) fn with(&self, path: &Path, document: Document, catalog: &Catalog, scope: Scope) -> Folder {
        let mut files = self.files.clone();
        let part = Part::read(document, catalog, scope);
        match files.iter_mut().find(|(known, _)| known == path) {
            Some((_, known)) => *known = part,
            None => files.push((path.to_owned(), part)),
        }
        Folder::of(files, catalog, scope)
    }

    /// Whether a file is among them with this text.
    pub(crate) fn has(&self, path: &Path, text: &str) -> bool {
        self.files.iter().any(|(known, part)| known == path && part.document().text() == text)
    }

    /// A file among the others.
    pub(crate) fn analysis(&self, path: &Path, catalog: &Arc<Catalog>) -> Option<Analysis> {
        let index = self.files.iter().position(|(known, _)| known == path)?;
        Analysis::within(Arc::clone(&self.module), index, Arc::clone(catalog))
    }

    /// The files, by their places in the module.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&Path, &Document)> {
        self.files.iter().map(|(path, part)| (path.as_path(), part.document()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terraform_files_of_one_folder_are_read_together() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["main.tf", "locals.tf", "prod.tfvars", "policy.json", "notes.txt", "x.tf.json"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::write(folder.path().join("huge.tf"), vec![b' '; MOST_BYTES as usize + 1]).unwrap();
        fs::create_dir(folder.path().join("folder.tf")).unwrap();
        let names = |file: &str| -> Vec<String> {
            around(&folder.path().join(file)).iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names("main.tf"), ["locals.tf", "main.tf", "prod.tfvars"]);
        assert_eq!(names("huge.tf"), ["huge.tf", "locals.tf", "main.tf", "prod.tfvars"]);
        assert_eq!(names("new.tf"), ["locals.tf", "main.tf", "prod.tfvars"]);
        assert!(names("policy.json").is_empty() && names("nowhere/main.tf").is_empty());
        for number in 0..MOST_FILES {
            fs::write(folder.path().join(format!("{number}.tf")), "").unwrap();
        }
        assert!(names("main.tf").is_empty());
    }
}
