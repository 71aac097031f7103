//! A file's text, or why there is none.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use connect_policy_syntax::Document;

/// Larger files in folders are no policies but data.
const MAX_LEN: u64 = 50_000_000;
/// Nor are these, whoever names them.
const MAX_NAMED: u64 = Document::MAX_LEN as u64;

/// A file's text, or why it is skipped. One that somebody named may be larger than one that was met in a folder.
pub(crate) fn read(path: &Path, is_named: bool) -> Result<String, String> {
    let data = fs::metadata(path).map_err(unreadable)?;
    if !is_named && data.len() > MAX_LEN {
        return Err("larger than 50 MB".to_owned());
    }
    if is_device(&data) {
        return Err("a device".to_owned());
    }
    let mut bytes = Vec::new();
    // A pipe does not tell how long it is, and a file may grow.
    File::open(path).and_then(|file| file.take(MAX_NAMED + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_NAMED {
        return Err("larger than 1 GiB".to_owned());
    }
    of_bytes(bytes)
}

fn unreadable(error: io::Error) -> String {
    format!("cannot be read: {error}")
}

/// Whether reading would go on for ever, as of `/dev/zero`, or wait for a person, as of a terminal.
#[cfg(unix)]
fn is_device(data: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    data.file_type().is_char_device() || data.file_type().is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: &Metadata) -> bool {
    false
}

/// Bytes as text, or why they are none.
pub(crate) fn of_bytes(bytes: Vec<u8>) -> Result<String, String> {
    if memchr::memchr(0, &bytes).is_some() {
        return Err("binary".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())
}
