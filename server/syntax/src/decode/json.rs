//! JSON string escapes. A wrong escape is kept as it is, so that incomplete text keeps its meaning.

use super::offset_map::{Decoded, Decoding};

pub(super) fn string(raw: &str, base: usize) -> Decoded<'_> {
    let bytes = raw.as_bytes();
    let Some(first) = memchr::memchr(b'\\', bytes) else { return Decoded::plain(raw, base) };
    let mut out = Decoding::new(raw, base);
    out.copy(0..first);
    let mut at = first;
    while at < bytes.len() {
        let (len, text) = escape(&raw[at..]);
        match text {
            Some(text) => out.put_char(at, text),
            None => out.copy(at..at + len),
        }
        at += len;
        let next = memchr::memchr(b'\\', &bytes[at..]).map_or(bytes.len(), |ahead| at + ahead);
        out.copy(at..next);
        at = next;
    }
    out.finish()
}

/// The length of the escape at the front, and the character that it stands for.
fn escape(raw: &str) -> (usize, Option<char>) {
    let mut chars = raw.chars();
    chars.next();
    let Some(mark) = chars.next() else { return (raw.len(), None) };
    let simple = match mark {
        '"' | '\\' | '/' => Some(mark),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    };
    if simple.is_some() || mark != 'u' {
        return (1 + mark.len_utf8(), simple);
    }
    let Some(high) = hex4(raw, 2) else { return (2, None) };
    if (0xd800..0xdc00).contains(&high)
        && raw.get(6..8) == Some("\\u")
        && let Some(low) = hex4(raw, 8).filter(|low| (0xdc00..0xe000).contains(low))
    {
        return (12, char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)));
    }
    // A lone surrogate names no character.
    (6, Some(char::from_u32(high).unwrap_or('\u{fffd}')))
}

fn hex4(raw: &str, at: usize) -> Option<u32> {
    let digits = raw.get(at..at + 4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}
