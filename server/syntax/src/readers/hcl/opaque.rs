//! Finds the end of an expression that the tree does not look into.

use super::Reader;
use super::chars::{LineLookahead, is_word_byte};
use crate::tree::ScalarStyle;

/// How an expression is skipped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Skip {
    /// A line break ends it.
    ends_with_line: bool,
    /// What stands in front was an operand already.
    has_operand: bool,
    /// A `?` belongs to it, with its colon.
    takes_choices: bool,
    /// Words that follow each other, and commas, belong to it.
    is_loose: bool,
}

impl Skip {
    /// An expression from its first operand on.
    pub(super) fn operand(ends_with_line: bool) -> Skip {
        Skip { ends_with_line, has_operand: false, takes_choices: false, is_loose: false }
    }

    /// An expression whose first operand was read.
    pub(super) fn operator(ends_with_line: bool) -> Skip {
        Skip { has_operand: true, ..Skip::operand(ends_with_line) }
    }

    /// `for x in src`, up to its colon; the condition of a `for`.
    pub(super) fn for_head() -> Skip {
        Skip { takes_choices: true, is_loose: true, ..Skip::operand(false) }
    }

    /// Whatever is left of a line.
    pub(super) fn tail() -> Skip {
        Skip { takes_choices: true, ..Skip::operand(true) }
    }
}

impl Reader<'_> {
    /// Takes the whole expression at the current place as one scalar.
    pub(super) fn opaque(&mut self) {
        let start = self.at;
        let end = self.skip_expression(Skip { takes_choices: true, ..Skip::operand(false) });
        let end = if end == start { start + self.char_len() } else { end };
        self.at = end;
        self.bare(start..end, ScalarStyle::Expression);
    }

    /// Skips an expression, without recursion, and returns the end of its last token, where the reader then stands.
    pub(super) fn skip_expression(&mut self, skip: Skip) -> usize {
        let mut open: Vec<u8> = Vec::new();
        let mut has_operand = skip.has_operand;
        let mut choices = 0usize;
        let mut end = self.checkpoint();
        loop {
            let line = self.line_start;
            self.skip_space(!skip.ends_with_line || !open.is_empty());
            let Some(byte) = self.peek() else { break };
            if byte == b'\n' || (self.line_start != line && self.is_lost(&open)) {
                break;
            }
            if open.is_empty() {
                let ends = match byte {
                    b')' | b']' | b'}' => true,
                    b',' => !skip.is_loose,
                    b':' if self.starts_with(b"::") => false,
                    b':' if choices > 0 => {
                        choices -= 1;
                        false
                    }
                    b':' => true,
                    b'?' if skip.takes_choices => {
                        choices += 1;
                        false
                    }
                    b'?' => true,
                    b'=' | b'!' | b'<' | b'>' if self.bytes.get(self.at + 1) == Some(&b'=') => {
                        self.at += 1;
                        false
                    }
                    b'=' => true,
                    b'.' => self.starts_with(b"..."),
                    b'[' | b'(' => has_operand && self.is_first(),
                    b'"' | b'{' => has_operand && !skip.is_loose,
                    _ => is_word_byte(byte) && byte != b'-' && has_operand && !skip.is_loose,
                };
                if ends {
                    break;
                }
            }
            match byte {
                b'"' => {
                    let start = self.at;
                    let string = self.string_end(start);
                    self.at = string.end;
                    if string.has_interpolation {
                        self.cross_lines(start);
                    }
                    has_operand = true;
                }
                b'{' | b'[' | b'(' => {
                    open.push(if byte == b'(' { b')' } else { byte + 2 });
                    self.at += 1;
                    has_operand = false;
                }
                b'}' | b']' | b')' => {
                    if open.last() != Some(&byte) {
                        break;
                    }
                    open.pop();
                    self.at += 1;
                    has_operand = true;
                }
                b'<' if !has_operand && self.is_heredoc() => {
                    let heredoc = self.heredoc_end();
                    let start = self.at;
                    self.at = heredoc.end;
                    self.cross_lines(start);
                    has_operand = true;
                }
                _ if is_word_byte(byte) && (byte != b'-' || !has_operand) => {
                    self.at = self.word_end(self.at + 1);
                    has_operand = true;
                }
                _ => {
                    self.at += self.char_len();
                    has_operand = byte == b'*' && has_operand && self.bytes[self.at - 2] == b'.';
                }
            }
            end = self.checkpoint();
        }
        if !open.is_empty() {
            self.is_balanced = false;
        }
        self.restore(end);
        end.at
    }

    /// Whether the line that begins here shows that a bracket before it was never closed.
    fn is_lost(&self, open: &[u8]) -> bool {
        match self.ahead() {
            LineLookahead::Block => true,
            LineLookahead::Pair => open.last() != Some(&b'}'),
            _ => false,
        }
    }
}
