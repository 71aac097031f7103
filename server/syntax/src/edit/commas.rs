//! Missing commas around a new entry of a list in brackets.

use std::ops::Range;

use crate::document::Document;
use crate::tree::{NodeFlags, NodeId, NodeKind};

impl Document {
    /// The byte offsets at which commas are missing between an entry and its neighbors. The entry is `range`, a part of `token` or an
    /// empty place of a list; for an empty place, what [`Document::format_entry`] writes itself is left out.
    pub fn missing_commas(&self, token: Option<NodeId>, range: &Range<usize>) -> Vec<usize> {
        let Some(list) = self.list_at(token, range) else { return Vec::new() };
        let flags = self.tree().node(list).flags();
        if !flags.has(NodeFlags::FLOW) || flags.has(NodeFlags::FOR) {
            return Vec::new();
        }
        let slot = token.map_or(range.clone(), |token| self.range(token));
        let others =
            || self.items(list).filter(|&item| Some(item) != token && self.kind(item) != NodeKind::Missing).map(|item| self.range(item));
        let before = others().filter(|item| item.end <= slot.start).last().map(|item| (item.end, item.end..slot.start));
        let before = before.filter(|_| token.is_some() || !self.lacks_comma_before(range.start));
        // A string without its closing quote ends where the user is about to close it.
        let is_closed = token.is_some_and(|token| !self.tree().node(token).flags().has(NodeFlags::OPEN));
        let after = others().find(|item| item.start >= slot.end).filter(|_| is_closed).map(|item| (slot.end, slot.end..item.start));
        before.into_iter().chain(after).filter(|(_, gap)| !self.has_comma(gap.clone())).map(|(at, _)| at).collect()
    }

    /// Whether a range between two items has a comma outside of comments.
    fn has_comma(&self, range: Range<usize>) -> bool {
        let Some(between) = self.text().get(range.clone()) else { return true };
        between.match_indices(',').any(|(at, _)| !self.is_in_comment(range.start + at))
    }
}
