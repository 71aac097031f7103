//! The files of a folder on a disk that may contain a policy: what `check` reads, and what a language server checks unasked.
//!
//! Hidden files and those that `.gitignore` and `.ignore` name are left out, and symbolic links are not followed.

use std::path::{Path, PathBuf};

use connect_policy_syntax::{Format, recognized_format};
use ignore::WalkBuilder;

use crate::files::Files;
use crate::files::disk::DiskFiles;
use crate::files::encoding::Encoding;
use crate::files::reason::reason;

/// So many bytes of a file without an extension are looked at.
pub const HEAD_LEN: u64 = 512;

/// An entry of a folder that could not be looked at.
#[derive(Debug)]
pub struct UnreadableEntry {
    /// Its path, or the folder's where it is not known.
    pub path: PathBuf,
    /// In words, why.
    pub reason: String,
}

/// Each entry below a folder: the path of a file that may contain a policy by its name, or by its first bytes if the name has no
/// extension; `None` for everything else.
pub fn entries_below(folder: &Path) -> impl Iterator<Item = Option<Result<PathBuf, UnreadableEntry>>> + Send + use<> {
    let folder = folder.to_owned();
    WalkBuilder::new(&folder).require_git(false).build().map(move |entry| match entry {
        Ok(entry) => {
            let path = entry.path();
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            (is_file && may_contain_policy(path)).then(|| Ok(path.to_owned()))
        }
        Err(error) => {
            let path = path_of(&error).unwrap_or(&folder).to_owned();
            Some(Err(UnreadableEntry { path, reason: plain(&error) }))
        }
    })
}

/// Whether the first bytes of a file without an extension are those of JSON, in which policies are exported and passed to programs.
pub fn begins_as_json(bytes: &[u8]) -> bool {
    let text = Encoding::of(bytes).decode_head(bytes);
    Format::from_content(&text) == Format::Json && recognized_format(&text).is_some()
}

fn may_contain_policy(path: &Path) -> bool {
    let is_json = || DiskFiles.read(path, HEAD_LEN).is_ok_and(|head| begins_as_json(&head));
    Format::is_known_name(path) || (Format::is_without_extension(path) && is_json())
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
    match (error.io_error(), is_loop(error)) {
        (_, true) => "symbolic link to a folder around it".to_owned(),
        (Some(error), _) => format!("cannot be read: {}", reason(error)),
        (None, _) => "cannot be read because of an invalid ignore file".to_owned(),
    }
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            is_loop(err)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_is_walked_by_the_names_of_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["a.json", "deep/b.tf", "deep/c.template", "notes.txt", ".hidden.json", "gone.json", "old/x.yaml", ".ignore"];
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let long = format!("{{\"Statement\": [{}", "é".repeat(1_000));
        let contents =
            [("policy", long.as_str()), ("LICENSE", "Some words"), ("Makefile", "all: build"), ("picture", "\0"), (".envrc", "{}")];
        for (name, content) in contents {
            fs::write(folder.path().join(name), content).unwrap();
        }
        fs::write(folder.path().join(".gitignore"), "gone.json\nold/\n").unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path(), folder.path().join("deep/loop")).unwrap();
            std::os::unix::fs::symlink(folder.path().join("a.json"), folder.path().join("link.json")).unwrap();
        }
        let mut found: Vec<String> = entries_below(folder.path())
            .flatten()
            .map(|path| path.unwrap().strip_prefix(folder.path()).unwrap().to_string_lossy().replace('\\', "/"))
            .collect();
        found.sort();
        assert_eq!(found, ["a.json", "deep/b.tf", "deep/c.template", "policy"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("gone");
        let found: Vec<_> = entries_below(&gone).flatten().collect();
        assert!(
            matches!(found.as_slice(), [Err(entry)] if entry.path == gone && entry.reason.starts_with("cannot be read: ")),
            "{found:?}"
        );
    }
}
