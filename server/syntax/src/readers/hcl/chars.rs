//! Characters, words and the start of a line: functions over bytes that do not need a reader.

/// What a word is, by the rest of its line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LineLookahead {
    /// Part of an expression.
    Other,
    /// `name =`: an attribute, or a pair of an object.
    Pair,
    /// `name :` with white space after it.
    ColonPair,
    /// `name {`, `name "label" {`.
    Block,
}

/// How many labels a block may have; Terraform's have two.
pub(super) const MAX_LABELS: usize = 4;

pub(super) fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

pub(super) fn is_word_byte(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'-'
}

/// The number of spaces and tabs at a byte.
pub(super) fn blanks(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The end of the name that begins at `at`; `at` itself if no name does.
pub(super) fn name_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(&byte) if is_word_start(byte) => at + bytes[at..].iter().take_while(|&&byte| is_word_byte(byte)).count(),
        _ => at,
    }
}

/// Whether a `=` or `:` is here, which makes a key of the text before it. Not `==`, `=>` or `::`.
pub(super) fn is_sign(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b'=') => !matches!(bytes.get(at + 1), Some(b'=' | b'>')),
        Some(b':') => bytes.get(at + 1) != Some(&b':'),
        _ => false,
    }
}

/// What the word at a place is. Looks no further than its line.
pub(super) fn ahead(bytes: &[u8], at: usize) -> LineLookahead {
    let end = name_end(bytes, at);
    if end == at {
        return LineLookahead::Other;
    }
    let mut at = end + blanks(bytes, end);
    let mut has_label = false;
    for _ in 0..=MAX_LABELS {
        match bytes.get(at) {
            Some(b'{') => return LineLookahead::Block,
            Some(b'=') if !has_label && is_sign(bytes, at) => return LineLookahead::Pair,
            Some(b':') if !has_label && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) => return LineLookahead::ColonPair,
            Some(b'"') => {
                let Some(len) = bytes[at + 1..].iter().position(|byte| matches!(byte, b'"' | b'\n' | b'{' | b'$')) else {
                    return LineLookahead::Other;
                };
                at += 1 + len + usize::from(bytes[at + 1 + len] == b'"');
            }
            Some(&byte) if is_word_start(byte) && at > end => at = name_end(bytes, at),
            _ => return LineLookahead::Other,
        }
        has_label = true;
        at += blanks(bytes, at);
    }
    LineLookahead::Other
}
