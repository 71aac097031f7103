//! Errors of the file system in plain words.

use std::io::{self, ErrorKind};

/// Why something failed, as a person says it: without numbers, paths and the names of functions.
pub fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "file not found",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::AlreadyExists => "file already exists",
        ErrorKind::IsADirectory => "is a folder",
        ErrorKind::NotADirectory => "is not a folder",
        ErrorKind::InvalidData => "not UTF-8",
        ErrorKind::ReadOnlyFilesystem => "read-only file system",
        ErrorKind::StorageFull => "no space left on the disk",
        ErrorKind::QuotaExceeded => "disk quota exceeded",
        ErrorKind::BrokenPipe => "the other program stopped reading",
        ErrorKind::UnexpectedEof => "unexpected end of file",
        // Made in this program, in plain words.
        ErrorKind::Other if error.get_ref().is_some() => return error.to_string(),
        kind => return kind.to_string(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_and_no_path_is_shown() {
        assert_eq!(reason(&std::fs::read("no/such/file").unwrap_err()), "file not found");
        assert_eq!(reason(&ErrorKind::TimedOut.into()), "timed out");
        assert_eq!(reason(&io::Error::other("the server exited")), "the server exited");
    }
}
