//! Text of data files: reading JSON, and writing it as `data/` holds it.

use std::fs;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A file's text.
pub(crate) fn text_of(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// A file's value.
pub(crate) fn json<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    serde_json::from_str(&text_of(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

/// One record a line, as the files of `data/` hold them.
pub(crate) fn lines<T: Serialize>(records: &[T]) -> Vec<String> {
    records.iter().map(|record| format!("  {}", line(record))).collect()
}

/// A value on one line, a space behind every comma and colon.
pub(crate) fn line<T: Serialize>(value: &T) -> String {
    let mut bytes = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut bytes, Spaced);
    value.serialize(&mut writer).expect("records hold strings and booleans only");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Writes a space behind every comma and colon, and no line end.
struct Spaced;

impl serde_json::ser::Formatter for Spaced {
    fn begin_array_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}
