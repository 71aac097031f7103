//! Places as editors give them.

/// A line and a UTF-16 unit in it, both from 0. Lines end with `\n`, `\r\n` or `\r`.
pub type Position = (u32, u32);

/// The byte of a place. A place behind the end of its line is the end of the line; one behind the last line is the end of
/// the text; one inside a character is the character's start.
pub fn offset_at(text: &str, (line, character): Position) -> usize {
    let Some(start) = line_starts(text).nth(line as usize) else { return text.len() };
    let mut units = 0;
    for (at, letter) in text[start..].char_indices() {
        units += letter.len_utf16();
        if letter == '\n' || letter == '\r' || units > character as usize {
            return start + at;
        }
    }
    text.len()
}

/// The place of a byte, which begins a character or is the end of the text.
pub fn position_at(text: &str, offset: usize) -> Position {
    let (line, start) = line_starts(text).take_while(|start| *start <= offset).enumerate().last().unwrap_or_default();
    let units = text[start..offset].encode_utf16().count();
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(units).unwrap_or(u32::MAX))
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = (0..bytes.len()).filter(move |&at| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n')));
    std::iter::once(0).chain(ends.map(|end| end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_leads_to_its_byte_and_back() {
        let text = "a😀b\r\né\rx\n";
        for (offset, position) in
            [(0, (0, 0)), (1, (0, 1)), (5, (0, 3)), (6, (0, 4)), (8, (1, 0)), (10, (1, 1)), (11, (2, 0)), (13, (3, 0))]
        {
            assert_eq!(position_at(text, offset), position, "{offset}");
            assert_eq!(offset_at(text, position), offset, "{position:?}");
        }
    }

    #[test]
    fn a_place_that_does_not_exist_is_the_nearest_one_before_it() {
        assert_eq!(offset_at("a😀b\nc", (0, 2)), 1);
        assert_eq!(offset_at("a\nc", (0, 9)), 1);
        assert_eq!(offset_at("a\nc", (9, 0)), 3);
    }
}
