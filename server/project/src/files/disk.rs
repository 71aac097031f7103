//! The files of a disk.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::files::{FileKind, FileMetadata, Files};

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

impl Files for DiskFiles {
    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        let data = fs::metadata(path)?;
        Ok(FileMetadata { kind: kind(&data), len: data.len(), modified: data.modified().ok() })
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn entries(&self, folder: &Path, limit: usize) -> io::Result<Vec<OsString>> {
        Ok(fs::read_dir(folder)?.take(limit).flatten().map(|entry| entry.file_name()).collect())
    }

    fn current_folder(&self) -> PathBuf {
        std::env::current_dir().unwrap_or_default()
    }
}

fn kind(data: &Metadata) -> FileKind {
    if data.is_file() {
        FileKind::Regular
    } else if data.is_dir() {
        FileKind::Folder
    } else if is_device(data) {
        FileKind::Device
    } else {
        FileKind::Other
    }
}

#[cfg(unix)]
fn is_device(data: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    data.file_type().is_char_device() || data.file_type().is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{MemoryFiles, Origin, read};

    #[test]
    fn files_in_memory_answer_as_a_disk_does() {
        let folder = tempfile::tempdir().unwrap();
        let mut memory = MemoryFiles::default();
        for (name, text) in [("a.json", "{}"), ("deep/b.tf", "é"), ("deep/c.tf", "\0")] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            memory.insert(path, text);
        }
        for name in ["a.json", "deep", "deep/b.tf", "deep/c.tf", "none", "a.json/x"] {
            let path = folder.path().join(name);
            let (disk, memory): (&dyn Files, &dyn Files) = (&DiskFiles, &memory);
            let kind = |files: &dyn Files| files.metadata(&path).ok().map(|data| data.kind);
            assert_eq!(kind(disk), kind(memory), "{name}");
            let entries = |files: &dyn Files| {
                files.entries(&path, 10).ok().map(|mut names| {
                    names.sort();
                    names
                })
            };
            assert_eq!(entries(disk), entries(memory), "{name}");
            let text = |files: &dyn Files| read(files, &path, Origin::Found).ok();
            assert_eq!(text(disk), text(memory), "{name}");
        }
        let path = folder.path().join("deep/b.tf");
        assert_eq!(memory.read(&path, 1).unwrap(), DiskFiles.read(&path, 1).unwrap());
        assert_eq!(read(&memory, &folder.path().join("deep/c.tf"), Origin::Named), Err("binary".to_owned()));
        assert!(memory.remove(&path).is_some() && !memory.exists(&path));
    }
}
