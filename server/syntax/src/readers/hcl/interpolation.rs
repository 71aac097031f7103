//! Where an interpolation ends.

use super::chars::{LineLookahead, ahead, blanks};

/// The byte after the interpolation whose `$` or `%` is at `start`.
///
/// Errors: the byte up to which an end was searched for. Strings in an interpolation can contain interpolations; a stack of
/// open brackets replaces recursion.
pub(crate) fn interpolation_end(bytes: &[u8], start: usize) -> Result<usize, usize> {
    const INTERPOLATION: u8 = b'$';
    let mut open = vec![INTERPOLATION];
    let mut at = start + 2;
    while let Some(&byte) = bytes.get(at) {
        let in_string = open.last() == Some(&b'"');
        match byte {
            b'\n' if in_string => return Err(at),
            b'\n' => {
                // A line that begins an attribute or block ends whatever was not closed.
                let line = at + 1 + blanks(bytes, at + 1);
                match ahead(bytes, line) {
                    LineLookahead::Block => return Err(at),
                    LineLookahead::Pair if open.last() != Some(&b'}') => return Err(at),
                    _ => {}
                }
            }
            b'\\' if in_string && bytes.get(at + 1).is_some_and(|&next| next != b'\n') => at += 1,
            b'$' | b'%' if in_string && bytes.get(at + 1) == Some(&b'{') && bytes[at - 1] != byte => {
                open.push(INTERPOLATION);
                at += 1;
            }
            b'"' if in_string => {
                open.pop();
            }
            _ if in_string => {}
            b'"' => open.push(b'"'),
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'(' => open.push(b')'),
            b'}' if open.last() == Some(&INTERPOLATION) => {
                open.pop();
                if open.is_empty() {
                    return Ok(at + 1);
                }
            }
            b'}' | b']' | b')' => {
                if open.last() != Some(&byte) {
                    return Err(at);
                }
                open.pop();
            }
            _ => {}
        }
        at += 1;
    }
    Err(at)
}
