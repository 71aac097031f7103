//! What a target's bytes stand for.

use connect_policy_syntax::Format;
use libfuzzer_sys::arbitrary::{self, Arbitrary};

use crate::properties::{analyse, answers_are_sound};

/// A text that one reads, and a cursor in it. A case is written with these at its end, so that a file is nearly a case.
#[derive(Debug)]
pub struct Case<'t> {
    text: &'t str,
    format: Format,
    cursor: usize,
}

impl<'t> Case<'t> {
    /// Takes a case apart: the text, two bytes for the cursor, one for the format. `None` where the text is not UTF-8.
    pub fn read(bytes: &'t [u8]) -> Option<Case<'t>> {
        let (text, tail) = bytes.split_at_checked(bytes.len().checked_sub(3)?)?;
        let text = str::from_utf8(text).ok()?;
        let format = [Format::Json, Format::Yaml, Format::Hcl][usize::from(tail[2]) % 3];
        let mut cursor = usize::from(u16::from_le_bytes([tail[0], tail[1]])) % (text.len() + 1);
        while !text.is_char_boundary(cursor) {
            cursor -= 1;
        }
        Some(Case { text, format, cursor })
    }

    /// Asks all there is to ask.
    pub fn check(&self) {
        answers_are_sound(self.text, self.format, self.cursor);
    }

    /// Puts a case together.
    pub fn write(text: &str, format: Format, cursor: u16) -> Vec<u8> {
        let [low, high] = cursor.to_le_bytes();
        [text.as_bytes(), &[low, high, format as u8]].concat()
    }
}

/// A text that repeats a part of itself many times, and then another as often, which may close what the first opened.
#[derive(Arbitrary, Debug)]
pub struct Repetition<'t> {
    before: &'t str,
    part: &'t str,
    middle: &'t str,
    closing: &'t str,
    after: &'t str,
    format: u8,
}

/// Reads and answers about a long text of parts repeated. There is no assertion: what is not linear takes far longer than
/// the fuzzer's time limit, see README.md.
pub fn growth_is_linear(repetition: &Repetition<'_>) {
    const LENGTH: usize = 256 << 10;
    let Repetition { before, part, middle, closing, after, format } = repetition;
    if part.is_empty() || before.len() + middle.len() + after.len() > LENGTH {
        return;
    }
    let count = LENGTH / (part.len() + closing.len());
    let text = [before, part.repeat(count).as_str(), middle, closing.repeat(count).as_str(), after].concat();
    let format = [Format::Json, Format::Yaml, Format::Hcl][usize::from(*format) % 3];
    let analysis = analyse(&text, format);
    let _ = (analysis.diagnostics(), analysis.lenses(), analysis.symbols(), analysis.hints(0..text.len()));
    for cursor in [before.len(), before.len() + part.len() * count, text.len() - after.len()] {
        let _ = (analysis.completions(cursor), analysis.hover(cursor), analysis.assists(cursor..cursor));
    }
}
