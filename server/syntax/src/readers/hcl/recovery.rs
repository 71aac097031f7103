//! Which open bracket a token belongs to: what makes incomplete text readable.

use super::chars::{LineLookahead, blanks};
use super::{Frame, FrameKind, Reader};

impl Reader<'_> {
    /// The frame that a closing bracket closes, or none where it closes nothing.
    pub(super) fn frame_to_close(&mut self, closer: u8) -> Option<usize> {
        let top = self.frames.len() - 1;
        if self.frames[top].holds.closer() == closer && (!self.use_indentation || !self.is_first()) {
            return (self.frames[top].holds != FrameKind::Body || !self.closes_too_early(top)).then_some(top);
        }
        // A `]` or `)` reaches no further than the block it stands in.
        let floor = if closer == b'}' { 0 } else { self.frames.iter().rposition(|frame| frame.holds.is_body()).unwrap_or(0) };
        let fits = |index: &usize| self.frames[*index].holds.closer() == closer;
        let mut candidates = (floor..=top).rev().filter(fits);
        let nearest = candidates.next()?;
        if !self.use_indentation || !self.is_first() {
            return (!self.closes_too_early(nearest)).then_some(nearest);
        }
        let same_indent = (floor..=nearest).rev().filter(fits).find(|&index| self.is_opened_at(index));
        if same_indent.is_some() {
            return same_indent;
        }
        if closer != b'}' {
            return Some(nearest);
        }
        // Further left than every line that opened a bracket here: the outermost of those. Further right: a bracket too many.
        (floor..=nearest).filter(fits).find(|&index| self.frames[index].indent > self.indent)
    }

    /// Whether a closing bracket that is indented like the current line would stand below the line that opened this frame.
    fn is_opened_at(&self, index: usize) -> bool {
        let frame = &self.frames[index];
        if frame.is_virtual {
            return self.indent > frame.indent && frame.child_indent.is_none_or(|indent| self.indent < indent);
        }
        frame.indent == self.indent
    }

    /// `}}` or `}]` where the next line goes on inside the block or list: one bracket too many.
    fn closes_too_early(&mut self, index: usize) -> bool {
        let frame = &self.frames[index];
        if !self.use_indentation || self.is_first() || frame.child_indent.is_none() {
            return false;
        }
        let indent = frame.indent;
        self.indent_of_next_line() > indent
    }

    fn indent_of_next_line(&mut self) -> u32 {
        if let Some((line, indent)) = self.next_indent
            && line == self.line_start
        {
            return indent;
        }
        let mut at = self.at;
        let mut indent = 0;
        while let Some(ahead) = memchr::memchr(b'\n', &self.bytes[at..]) {
            at += ahead + 1;
            let blanks = blanks(self.bytes, at);
            if self.bytes.get(at + blanks).is_some_and(|byte| !byte.is_ascii_whitespace()) {
                indent = blanks as u32;
                break;
            }
        }
        self.next_indent = Some((self.line_start, indent));
        indent
    }

    /// The frame that the token at the current place belongs to, which is no closing bracket.
    pub(super) fn frame_of_item(&self, byte: u8) -> usize {
        let top = self.frames.len() - 1;
        let frame = &self.frames[top];
        match frame.holds {
            FrameKind::File => top,
            FrameKind::Items | FrameKind::Group | FrameKind::ForPair => match self.ahead() {
                LineLookahead::Pair => self.frame_of_key(),
                LineLookahead::ColonPair if self.is_first() && !self.colon_ends => self.frame_of_key(),
                LineLookahead::Block if self.is_first() => self.frame_of_block(),
                _ => self.frame_by_indent(false, byte),
            },
            FrameKind::Pairs => {
                if self.is_first() && self.ahead() == LineLookahead::Block {
                    let is_sibling = self.use_indentation && frame.child_indent.is_some_and(|indent| self.indent >= indent);
                    return if is_sibling { top } else { self.frame_of_block() };
                }
                // `{ Action = "x" ⏎ {`: the object before was never closed.
                if byte == b'{' && self.frames[top - 1].holds == FrameKind::Items {
                    return top - 1;
                }
                self.frame_by_indent(true, byte)
            }
            FrameKind::Body => self.frame_by_indent(true, byte),
        }
    }

    /// The frame of a key that stands inside unclosed lists.
    pub(super) fn frame_of_key(&self) -> usize {
        let top = self.frames.len() - 1;
        if self.starts_object_without_brace() {
            return top;
        }
        let candidates = || (0..=top).rev().filter(|&index| self.frames[index].holds.has_keys());
        let nearest = candidates().next().unwrap_or(0);
        if !self.use_indentation || !self.is_first() {
            return nearest;
        }
        let siblings = candidates().find(|&index| self.frames[index].child_indent == Some(self.indent));
        siblings.or_else(|| candidates().find(|&index| self.encloses(index))).unwrap_or(nearest)
    }

    /// Whether the line that opened a frame is further left than the current one.
    fn encloses(&self, index: usize) -> bool {
        index == 0 || self.frames[index].indent < self.indent
    }

    /// The frame of a block that stands inside unclosed objects and lists.
    fn frame_of_block(&self) -> usize {
        let fits = |&index: &usize| self.frames[index].holds.is_body() && (!self.use_indentation || self.encloses(index));
        (0..self.frames.len()).rev().find(fits).unwrap_or(0)
    }

    /// A key inside a list or call, deeper than the line that opened the list, where an item should begin: its `{` is missing.
    pub(super) fn starts_object_without_brace(&self) -> bool {
        let is_list = |frame: &&Frame| matches!(frame.holds, FrameKind::Items | FrameKind::Group) && frame.node.is_some();
        let Some(frame) = self.frames.last().filter(is_list) else { return false };
        if !self.use_indentation || !self.is_first() || self.indent <= frame.indent {
            return false;
        }
        let before = self.bytes[..self.line_start].trim_ascii_end().last();
        matches!(before, Some(b'[' | b'(' | b','))
    }

    /// In a text whose brackets do not match, a line further left than its siblings belongs to a bracket around.
    fn frame_by_indent(&self, wants_keys: bool, byte: u8) -> usize {
        let top = self.frames.len() - 1;
        let frame = &self.frames[top];
        if !self.use_indentation || !self.is_first() || frame.holds == FrameKind::File || byte == b',' {
            return top;
        }
        let is_outside = match frame.child_indent {
            // Siblings without indentation decide nothing.
            Some(sibling) => sibling > frame.indent && self.indent < sibling,
            None => self.indent <= frame.indent,
        };
        if !is_outside {
            return top;
        }
        let is_item = matches!(byte, b'{' | b'[' | b'"') && !(wants_keys && byte == b'"');
        let fits = |&index: &usize| {
            let around = &self.frames[index];
            let takes_it = if is_item { matches!(around.holds, FrameKind::Items | FrameKind::Group) } else { around.holds.has_keys() };
            takes_it && (around.child_indent == Some(self.indent))
        };
        match (0..top).rev().find(fits) {
            // An attribute at the start of a line in a file that does not indent its blocks.
            Some(0) if frame.child_indent.is_none() && self.ahead() == LineLookahead::Pair => top,
            Some(index) if wants_keys || is_item => index,
            None if wants_keys && !is_item && self.indent <= frame.indent => {
                (0..top).rev().find(|&index| self.frames[index].holds.has_keys() && self.encloses(index)).unwrap_or(0)
            }
            _ => top,
        }
    }
}
