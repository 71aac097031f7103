//! Entries of a YAML list on a line that has no dash yet: accepting one writes the dash too.

use std::ops::Range;

use connect_policy_model::{CursorContext, Module, Scope};
use connect_policy_syntax::{CursorStep, Document, Format, NodeFlags, NodeId};

use super::{CompletionTrigger, Completions, entries};
use crate::context::Context;
use crate::finding::TextEdit;

const DASH: &str = "- ";

/// The completions at a byte offset, or those of a new item if the line could begin one and has no other meaning.
pub(super) fn or_new_item(context: &Context<'_>, offset: usize, trigger: CompletionTrigger, completions: Completions) -> Completions {
    let Some(word) = word_without_dash(context.document, offset) else { return completions };
    let typed = context.document.text()[word.start..offset].trim_start_matches(['"', '\'']).to_lowercase();
    let fits = |label: &str| typed.is_empty() || label.to_lowercase().starts_with(&typed);
    if completions.items.iter().any(|item| fits(&item.label)) {
        return completions;
    }
    of_new_item(context, &word, offset, trigger).unwrap_or(completions)
}

/// What is typed on a line of YAML in lines, from its first character on, if it is one word or nothing.
fn word_without_dash(document: &Document, offset: usize) -> Option<Range<usize>> {
    let located = document.locate(offset);
    let is_other_text = |node: NodeId| {
        let style = document.tree().node(node).style();
        document.tree().node(node).flags().has(NodeFlags::FLOW) || (style.is_quoted() && document.embedded(node).is_some())
    };
    let mut around = std::iter::once(located.node).chain(document.tree().ancestors(located.node));
    if document.format_at(located.node) != Format::Yaml || around.any(is_other_text) {
        return None;
    }
    let text = document.text();
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |ahead| offset + ahead);
    let line = &text[start..end];
    let word = line.trim();
    let first = if word.is_empty() { offset } else { start + line.len() - line.trim_start_matches(' ').len() };
    let is_word = !word.contains(char::is_whitespace) && !word.starts_with(['-', '#', '!', '&', '*', '[', '{', '?', '|', '>']);
    (is_word && first <= offset).then(|| first..first + word.len())
}

/// The completions of the document with a dash in front of a word, if that makes it an item of a list that has others.
fn of_new_item(context: &Context<'_>, word: &Range<usize>, offset: usize, trigger: CompletionTrigger) -> Option<Completions> {
    let text = context.document.text();
    let with_dash = format!("{}{DASH}{}", &text[..word.start], &text[word.start..]);
    let document = Document::read(with_dash, context.document.format_at(NodeId::STREAM));
    let offset = offset + DASH.len();
    if !is_item_of_written_list(&document, word.start, offset) {
        return None;
    }
    let module = Module::read(vec![document], context.catalog, Scope::Connect);
    let context = Context::new(&module, 0, context.catalog)?;
    if !trigger.opens_list(&context, offset) {
        return None;
    }
    let place = CursorContext::at(context.document, context.catalog, context.meaning, offset)?;
    let mut completions = entries(&context, &place);
    let before_dash = |at: usize| if at >= word.start + DASH.len() { at - DASH.len() } else { at.min(word.start) };
    for item in &mut completions.items {
        for edit in std::iter::once(&mut item.edit).chain(&mut item.additional_edits) {
            edit.range = before_dash(edit.range.start)..before_dash(edit.range.end);
        }
        if item.edit.range.start == word.start {
            item.edit.new_text.insert_str(0, DASH);
        } else {
            // The word is in quotes.
            item.additional_edits.push(TextEdit { range: word.start..word.start, new_text: DASH.to_owned() });
        }
    }
    Some(completions)
}

/// Whether the item at a place, whose dash is at `dash`, is in one list in lines with other items, all with their dashes in one column.
fn is_item_of_written_list(document: &Document, dash: usize, offset: usize) -> bool {
    let text = document.text();
    let column = |at: usize| at - text[..at].rfind('\n').map_or(0, |line| line + 1);
    let dash_of = |item: NodeId| text[..document.range(item).start].rfind('-');
    let list = document.locate(offset).path.into_iter().rev().find_map(|step| match step {
        CursorStep::Item(list, index) if document.items(list).nth(index).and_then(dash_of) == Some(dash) => Some(list),
        _ => None,
    });
    list.is_some_and(|list| {
        let others: Vec<usize> = document.items(list).filter_map(dash_of).filter(|&at| at != dash).collect();
        !others.is_empty() && others.iter().all(|&at| column(at) == column(dash))
    })
}
