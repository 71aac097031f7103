//! Writing a file anew, completely or not at all.

use std::fs::{self, Metadata};
use std::io::Write;
use std::path::Path;

use connect_policy_project::files::encoding::Encoding;
use connect_policy_project::files::reason::reason;

/// Puts a text in a file's place if the file still holds the text that was read. Its encoding, permissions and owner are kept,
/// and a symlink goes on to point to it.
pub(crate) fn replace(path: &Path, read: &str, text: &str) -> Result<(), String> {
    let target = fs::canonicalize(path).map_err(|error| reason(&error))?;
    let data = fs::metadata(&target).map_err(|error| reason(&error))?;
    if !data.is_file() {
        return Err("not a regular file".to_owned());
    }
    if data.permissions().readonly() {
        return Err("read-only".to_owned());
    }
    let encoding = Encoding::of(&fs::read(&target).map_err(|error| reason(&error))?);
    write_bytes(&target, &encoding.encode(text), Some((&data, &encoding.encode(read))))
}

/// Writes a new file.
pub(crate) fn write(target: &Path, text: &str) -> Result<(), String> {
    write_bytes(target, text.as_bytes(), None)
}

/// Writes a temporary file in the same folder and renames it.
fn write_bytes(target: &Path, bytes: &[u8], old: Option<(&Metadata, &[u8])>) -> Result<(), String> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // On Windows the attribute says nothing of a folder.
    if cfg!(unix) && fs::metadata(folder).is_ok_and(|data| data.permissions().readonly()) {
        return Err("folder is read-only".to_owned());
    }
    let told = |error: std::io::Error| reason(&error);
    let mut file = tempfile::Builder::new().prefix(".connect-policy-").tempfile_in(folder).map_err(told)?;
    file.write_all(bytes).map_err(told)?;
    if let Some((data, _)) = old {
        keep_owner(file.as_file(), data)?;
        file.as_file().set_permissions(data.permissions()).map_err(told)?;
    } else {
        open_to_readers(file.as_file()).map_err(told)?;
    }
    file.as_file().sync_all().map_err(told)?;
    if let Some((_, read)) = old
        && fs::read(target).map_err(told)? != read
    {
        return Err("the file changed on disk".to_owned());
    }
    file.persist(target).map(drop).map_err(|error| reason(&error.error))
}

#[cfg(unix)]
fn keep_owner(file: &fs::File, old: &Metadata) -> Result<(), String> {
    use std::os::unix::fs::MetadataExt;
    let new = file.metadata().map_err(|error| reason(&error))?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    std::os::unix::fs::fchown(file, Some(old.uid()), Some(old.gid())).map_err(|_| "cannot preserve file owner".to_owned())
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::File, _: &Metadata) -> Result<(), String> {
    Ok(())
}

/// Temporary files are their owner's alone; a new file in a repository is not.
#[cfg(unix)]
fn open_to_readers(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "theirs").unwrap();
        assert_eq!(replace(&path, "read", "ours"), Err("the file changed on disk".to_owned()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(replace(&path, "theirs", "ours"), Ok(()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "ours");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn a_file_keeps_its_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, Encoding::Utf16BigEndian.encode("\u{feff}theirs")).unwrap();
        assert_eq!(replace(&path, "\u{feff}theirs", "\u{feff}ours"), Ok(()));
        assert_eq!(fs::read(&path).unwrap(), Encoding::Utf16BigEndian.encode("\u{feff}ours"));
    }
}
