//! How a file's text is written in bytes.

use std::borrow::Cow;
use std::char::DecodeUtf16Error;

/// How a text is written in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 with a byte order mark, the low byte first.
    Utf16LittleEndian,
    /// UTF-16 with a byte order mark, the high byte first.
    Utf16BigEndian,
}

impl Encoding {
    /// The encoding of a file, by its byte order mark.
    pub fn of(bytes: &[u8]) -> Encoding {
        match bytes {
            // With two zero bytes behind, it is the mark of UTF-32.
            [0xff, 0xfe, 0, 0, ..] => Encoding::Utf8,
            [0xff, 0xfe, ..] => Encoding::Utf16LittleEndian,
            [0xfe, 0xff, ..] => Encoding::Utf16BigEndian,
            _ => Encoding::Utf8,
        }
    }

    /// A text in this encoding. A text that was read from a file gives the file's bytes again.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Utf16LittleEndian => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16BigEndian => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }

    /// The first bytes of a file as text. A character at the end may be cut.
    pub(super) fn decode_head(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Encoding::Utf8 => String::from_utf8_lossy(bytes),
            Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian => {
                let text = self.units(bytes).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
                Cow::Owned(text.collect())
            }
        }
    }

    /// UTF-16 as text; `None` if half a character is missing.
    pub(super) fn decode_utf16(self, bytes: &[u8]) -> Option<String> {
        bytes.len().is_multiple_of(2).then(|| self.units(bytes).collect::<Result<String, _>>().ok()).flatten()
    }

    fn units(self, bytes: &[u8]) -> impl Iterator<Item = Result<char, DecodeUtf16Error>> {
        let unit =
            move |&pair: &[u8; 2]| if self == Encoding::Utf16BigEndian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
        char::decode_utf16(bytes.as_chunks::<2>().0.iter().map(unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::text_from_bytes;

    #[test]
    fn utf_16_with_a_byte_order_mark_is_read_and_written_back() {
        let text = "\u{feff}{\"é\": \"😀\"}\r\n";
        for encoding in [Encoding::Utf8, Encoding::Utf16LittleEndian, Encoding::Utf16BigEndian] {
            let bytes = encoding.encode(text);
            assert_eq!(Encoding::of(&bytes), encoding);
            assert_eq!(text_from_bytes(bytes.clone()).as_deref(), Ok(text), "{encoding:?}");
            let cut = text_from_bytes(bytes[..bytes.len() - 1].to_vec());
            assert_eq!(cut.is_err(), encoding != Encoding::Utf8, "{encoding:?}: {cut:?}");
        }
    }

    #[test]
    fn other_bytes_are_not_text() {
        for (bytes, why) in [
            (&b"\xff\xfe\x00\xd8"[..], "not valid UTF-16"),
            (b"\xff\xfe\0\0a\0\0\0", "binary"),
            (b"a\0b\0", "binary"),
            (b"\xff\xff", "not UTF-8"),
        ] {
            assert_eq!(text_from_bytes(bytes.to_vec()), Err(why.to_owned()), "{bytes:?}");
        }
    }
}
