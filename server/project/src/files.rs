//! Where texts come from: a disk, or memory.
//!
//! [`Files`] has the few questions that checking asks of a file system. What is a policy and what is too large to be one is
//! decided above it, in one place for every kind of file system.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Debug;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use connect_policy_syntax::{Document, Format, recognized_format};

use crate::files::encoding::Encoding;

pub mod disk;
pub mod encoding;
pub mod reason;
pub mod walk;

/// A larger file that was found in a folder is not a policy but data.
const MAX_FOUND_LEN: u64 = 50_000_000;
/// Larger files are not read at all, not even those that somebody named.
const MAX_NAMED_LEN: u64 = Document::MAX_LEN as u64;

/// A file system, as far as checking needs one.
pub trait Files: Debug + Send + Sync {
    /// What is known of the file or folder of a path; symbolic links are followed.
    ///
    /// # Errors
    ///
    /// If nothing is there, or if it cannot be looked at.
    fn metadata(&self, path: &Path) -> io::Result<FileMetadata>;

    /// The first bytes of a file, at most `limit` of them.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// The names of the first `limit` entries of a folder, in no certain order.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    fn entries(&self, folder: &Path, limit: usize) -> io::Result<Vec<OsString>>;

    /// The folder from which people see relative paths; empty if it is unknown.
    fn current_folder(&self) -> PathBuf;

    /// Whether there is a regular file.
    fn is_file(&self, path: &Path) -> bool {
        self.metadata(path).is_ok_and(|data| data.kind == FileKind::Regular)
    }

    /// Whether there is anything.
    fn exists(&self, path: &Path) -> bool {
        self.metadata(path).is_ok()
    }
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileMetadata {
    /// The kind of file.
    pub kind: FileKind,
    /// Its length in bytes.
    pub len: u64,
    /// When it was changed, if the file system records that.
    pub modified: Option<SystemTime>,
}

/// The stamp that shows whether a file has changed; `None` if it does not exist.
pub type Stamp = Option<(Option<SystemTime>, u64)>;

/// The stamp of a file as it is now.
pub fn stamp(files: &dyn Files, path: &Path) -> Stamp {
    files.metadata(path).ok().map(|data| (data.modified, data.len))
}

/// A kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// A regular file.
    Regular,
    /// A folder.
    Folder,
    /// A device: reading may go on for ever, as of `/dev/zero`, or wait for a person, as of a terminal.
    Device,
    /// A pipe or something else that can be read.
    Other,
}

/// How a file came to be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// Somebody named it. It is read in any case, and may be larger.
    Named,
    /// It was found in a folder.
    Found,
}

/// A file's text.
///
/// # Errors
///
/// In words, why the file is skipped.
pub fn read(files: &dyn Files, path: &Path, origin: Origin) -> Result<String, String> {
    let data = files.metadata(path).map_err(unreadable)?;
    if origin == Origin::Found && data.len > MAX_FOUND_LEN {
        return Err("larger than 50 MB".to_owned());
    }
    if data.kind == FileKind::Device {
        return Err("a device, not a file".to_owned());
    }
    // The length of a pipe is unknown, and a file may grow.
    let bytes = files.read(path, MAX_NAMED_LEN + 1).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_NAMED_LEN {
        return Err("larger than 1 GiB".to_owned());
    }
    text_of_file(path, bytes)
}

fn unreadable(error: io::Error) -> String {
    format!("cannot be read: {}", reason::reason(&error))
}

/// Bytes as text: UTF-8, or UTF-16 that begins with a byte order mark, which PowerShell and some Windows programs write. The mark
/// stays in the text.
///
/// # Errors
///
/// In words, why they are not text.
pub fn text_from_bytes(bytes: Vec<u8>) -> Result<String, String> {
    let encoding = Encoding::of(&bytes);
    if encoding != Encoding::Utf8 {
        return encoding.decode_utf16(&bytes).ok_or_else(|| "not valid UTF-16".to_owned());
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err("binary".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())
}

/// The text of a file of some name, in a format that the name or else the text determines.
///
/// # Errors
///
/// In words, why they are not text, or not a text to check.
pub fn text_of_file(path: &Path, bytes: Vec<u8>) -> Result<String, String> {
    let text = text_from_bytes(bytes)?;
    // Prose and program code would be read as YAML, and no findings in it would look like an approval.
    if !Format::is_known_name(path) && recognized_format(&text).is_none() {
        return Err("unknown format; expected JSON, YAML or Terraform".to_owned());
    }
    Ok(text)
}

/// A path from the root, without `.` and `..`. Links are not followed: a document's name is what a person sees.
pub fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

/// Files in memory, for tests and for hosts without a disk. Their paths are absolute.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    texts: BTreeMap<PathBuf, String>,
}

impl MemoryFiles {
    /// Puts a text at a path, in place of what was there.
    pub fn insert(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) {
        self.texts.insert(path.into(), text.into());
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &Path) -> Option<String> {
        self.texts.remove(path)
    }

    fn below<'f>(&'f self, folder: &'f Path) -> impl Iterator<Item = &'f Path> {
        self.texts.keys().filter_map(move |path| path.strip_prefix(folder).ok()).filter(|rest| !rest.as_os_str().is_empty())
    }
}

impl Files for MemoryFiles {
    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        if let Some(text) = self.texts.get(path) {
            return Ok(FileMetadata { kind: FileKind::Regular, len: text.len() as u64, modified: None });
        }
        let folder = self.below(path).next().map(|_| FileMetadata { kind: FileKind::Folder, len: 0, modified: None });
        folder.ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let text = self.texts.get(path).ok_or(ErrorKind::NotFound)?;
        let len = usize::try_from(limit).unwrap_or(usize::MAX).min(text.len());
        Ok(text.as_bytes()[..len].to_vec())
    }

    fn entries(&self, folder: &Path, limit: usize) -> io::Result<Vec<OsString>> {
        let mut names: Vec<OsString> =
            self.below(folder).filter_map(|rest| Some(rest.components().next()?.as_os_str().to_owned())).collect();
        names.dedup();
        names.truncate(limit);
        if names.is_empty() { Err(ErrorKind::NotFound.into()) } else { Ok(names) }
    }

    fn current_folder(&self) -> PathBuf {
        PathBuf::new()
    }
}
