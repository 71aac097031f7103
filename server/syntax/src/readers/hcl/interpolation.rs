//! Where an interpolation ends.

use super::chars::{LineLookahead, ahead, blanks};

/// The byte after the hole whose `$` or `%` stands at `start`, or how far it was looked for in vain. Strings in the hole may
/// hold holes again; the stack of what is open stands in for recursion.
pub(crate) fn interpolation_end(bytes: &[u8], start: usize) -> Result<usize, usize> {
    const HOLE: u8 = b'$';
    let mut open = vec![HOLE];
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
                open.push(HOLE);
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
            b'}' if open.last() == Some(&HOLE) => {
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
