//! Items that would make a line of their list too long give each entry a line of its own.

use connect_policy_model::{CursorContext, Expected};

use super::{Completion, Completions};
use crate::context::Context;
use crate::finding::TextEdit;

/// So much of a text with tab stops is not written: `${1:` and `}`.
const STOP_WIDTH: usize = "${1:}".len();

pub(super) fn break_long_lines(context: &Context<'_>, place: &CursorContext, completions: &mut Completions) {
    let document = context.document;
    // For nearly all lists, the longest text shows that there is nothing to do.
    let longest = completions.items.iter().map(width).max().unwrap_or(0);
    if document.fits(&place.range, &"x".repeat(longest)) {
        return;
    }
    let is_list = matches!(
        place.expected,
        Expected::Action { .. } | Expected::Permission { .. } | Expected::Resource { .. } | Expected::ConditionValue { .. }
    );
    let broken = if is_list { document.list_of_lines(place.token, &place.range) } else { document.broken_list(place.token, &place.range) };
    let Some(broken) = broken else { return };
    let around: Vec<TextEdit> =
        broken.around.iter().map(|(range, new_text)| TextEdit { range: range.clone(), new_text: new_text.clone() }).collect();
    let is_single = |item: &&mut Completion| item.additional_edits.is_empty() && !item.edit.new_text.contains('\n');
    for item in completions.items.iter_mut().filter(is_single) {
        if !document.fits(&place.range, &"x".repeat(width(item))) {
            item.edit.new_text = broken.wrap(&item.edit.new_text);
            item.additional_edits.clone_from(&around);
        }
    }
}

/// The width of what an item writes, in columns.
fn width(item: &Completion) -> usize {
    let text = &item.edit.new_text;
    if !item.is_snippet {
        return text.chars().count();
    }
    let escaped = text.matches("\\${").count();
    let stops = text.matches("${").count() - escaped;
    let escapes = text.matches("\\$").count() + text.matches("\\}").count() + text.matches("\\\\").count();
    text.chars().count().saturating_sub(stops * STOP_WIDTH + escapes)
}
