//! The values of keys that have few: `Effect`, `Version`, the type of a resource, principals.

use connect_policy_model::{CursorContext, keys as key_tables};

use super::{Completion, CompletionKind, Completions, plain, snippet, stop};
use crate::context::Context;
use crate::writing::snippet_text::SnippetText;
use crate::writing::words::Words;

/// Values in their order. Placeholders in them are tab stops.
pub(super) fn complete(context: &Context<'_>, place: &CursorContext, values: &[&'static str], is_bare: bool) -> Completions {
    let items = values.iter().enumerate().map(|(index, value)| item(context, place, value, is_bare, index));
    Completions { items: items.collect(), is_incomplete: false }
}

fn item(context: &Context<'_>, place: &CursorContext, value: &'static str, is_bare: bool, index: usize) -> Completion {
    let mut text = SnippetText::default();
    Words::new(value).write(&mut text, str::to_owned);
    let detail = key_tables::resource_type_documentation(value).unwrap_or("");
    let mut item = Completion { sort_text: format!("{index:02}"), ..plain(context, place, text.text(), CompletionKind::Value, detail) };
    if is_bare {
        let space = if context.document.text()[..place.range.start].ends_with([':', '=']) { " " } else { "" };
        item.edit.new_text = format!("{space}{value}");
    } else if !text.stops().is_empty() {
        let defaults: Vec<&str> = text.stops().iter().map(|stop| &text.text()[stop.range.clone()]).collect();
        let (mut marked, mut end) = (String::new(), 0);
        for (index, tab_stop) in text.stops().iter().enumerate() {
            marked.push_str(&text.text()[end..tab_stop.range.start]);
            marked.push(stop(index));
            end = tab_stop.range.end;
        }
        marked.push_str(&text.text()[end..]);
        item.edit = snippet(context, place, &marked, &defaults);
        item.is_snippet = true;
    }
    item
}
