//! Missing commas between a new entry and its neighbors.

use connect_policy_model::CursorContext;

use super::{Completion, Completions};
use crate::context::Context;
use crate::finding::TextEdit;

pub(super) fn add(context: &Context<'_>, place: &CursorContext, completions: &mut Completions) {
    for at in context.document.missing_commas(place.token, &place.range) {
        // What gives each entry a line of its own writes the commas there too.
        let is_covered = |item: &Completion| item.additional_edits.iter().any(|edit| edit.range.start <= at && at <= edit.range.end);
        for item in completions.items.iter_mut().filter(|item| !is_covered(item)) {
            item.additional_edits.push(TextEdit { range: at..at, new_text: ",".to_owned() });
        }
    }
}
