//! Which files are read together: Terraform's of one folder, whose locals and variables are one another's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::files::{FileKind, Files};

/// No person writes a folder with more files; its files are read each alone.
const MAX_FILES: usize = 256;

/// So many entries of a folder are looked at.
const MAX_ENTRIES: usize = 10_000;

/// Larger files, in bytes, have no lists that others refer to, and so much of a folder is read beside the file that is asked about.
const MAX_SIBLING_LEN: u64 = 1 << 20;
const MAX_SIBLINGS_LEN: u64 = 8 << 20;

/// Whether a file's names are shared with its folder.
pub fn is_module_file(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    matches!(extension.as_deref(), Some("tf" | "tofu" | "tfvars"))
}

/// Files by their places in a list, grouped by what is read together.
pub fn groups<'p>(paths: impl Iterator<Item = &'p Path>) -> Vec<Vec<usize>> {
    let mut folders: BTreeMap<Option<&Path>, Vec<usize>> = BTreeMap::new();
    let mut groups = Vec::new();
    for (index, path) in paths.enumerate() {
        if is_module_file(path) {
            folders.entry(path.parent()).or_default().push(index);
        } else {
            groups.push(vec![index]);
        }
    }
    let (many, few): (Vec<_>, Vec<_>) = folders.into_values().partition(|group| group.len() > MAX_FILES);
    groups.extend(many.into_iter().flatten().map(|index| vec![index]));
    groups.extend(few);
    groups
}

/// The files of the same folder that are read together with a file, by name, and the file itself if it exists. Empty for
/// a file of another kind, and if there are too many.
pub fn sibling_paths(files: &dyn Files, path: &Path) -> Vec<PathBuf> {
    if !is_module_file(path) {
        return Vec::new();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = files.entries(folder, MAX_ENTRIES) else { return Vec::new() };
    let names = entries.iter().map(|name| path.with_file_name(name));
    let mut siblings: Vec<PathBuf> = names.filter(|path| is_module_file(path)).take(MAX_FILES + 1).collect();
    if siblings.len() > MAX_FILES {
        return Vec::new();
    }
    siblings.sort_unstable();
    let mut left = MAX_SIBLINGS_LEN;
    siblings.retain(|file| {
        let Some(data) = files.metadata(file).ok().filter(|data| data.kind == FileKind::Regular) else { return false };
        let is_read = file == path || (data.len <= MAX_SIBLING_LEN && data.len <= left);
        left = left.saturating_sub(if is_read { data.len } else { 0 });
        is_read
    });
    siblings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;

    #[test]
    fn terraform_files_of_one_folder_are_read_together() {
        let mut files = MemoryFiles::default();
        for name in ["main.tf", "locals.tf", "prod.tfvars", "policy.json", "notes.txt", "x.tf.json", "folder.tf/x.json"] {
            files.insert(Path::new("/a").join(name), "");
        }
        files.insert("/a/huge.tf", " ".repeat(MAX_SIBLING_LEN as usize + 1));
        let names = |files: &MemoryFiles, file: &str| -> Vec<String> {
            let paths = sibling_paths(files, &Path::new("/a").join(file));
            paths.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names(&files, "main.tf"), ["locals.tf", "main.tf", "prod.tfvars"]);
        assert_eq!(names(&files, "huge.tf"), ["huge.tf", "locals.tf", "main.tf", "prod.tfvars"]);
        assert_eq!(names(&files, "new.tf"), ["locals.tf", "main.tf", "prod.tfvars"]);
        assert!(names(&files, "policy.json").is_empty() && names(&files, "nowhere/main.tf").is_empty());
        for number in 0..MAX_FILES {
            files.insert(format!("/a/{number}.tf"), "");
        }
        assert!(names(&files, "main.tf").is_empty());
    }
}
