//! Text of several lines in the style of the document around a place.

use connect_policy_syntax::{Slot, SlotSyntax};

use super::Completion;
use crate::context::Context;
use crate::finding::TextEdit;
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{Notation, WritingStyle};

/// An item that writes this text at a place.
pub(super) fn written(context: &Context<'_>, slot: &Slot, mut item: Completion, text: SnippetText) -> Completion {
    let text = if slot.is_one_line { text.map(|text| context.document.escaped(slot, text)) } else { text };
    let end = if slot.has_value { slot.range.end } else { slot.end };
    let range = slot.range.start..end;
    item.is_snippet = !text.stops().is_empty() || text.text().contains('\n');
    if item.is_snippet {
        item.edit = TextEdit { range, new_text: text.to_lsp() };
        item.plain_text = Some(text.indented(line_indent(context, slot)).text().to_owned());
    } else {
        item.edit = TextEdit { range, new_text: text.text().to_owned() };
    }
    item
}

/// The white space at the beginning of the line around a place.
pub(super) fn line_indent<'d>(context: &Context<'d>, slot: &Slot) -> &'d str {
    let before = &context.document.text()[..slot.range.start];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// The style of the document at a place.
pub(super) fn style(context: &Context<'_>, slot: &Slot) -> WritingStyle {
    let notation = match slot.syntax {
        SlotSyntax::Json => Notation::Json,
        SlotSyntax::YamlBlock => Notation::YamlBlock,
        SlotSyntax::YamlFlow => Notation::YamlFlow,
        SlotSyntax::Hcl => Notation::Hcl,
    };
    let style = WritingStyle::of(context.document.text(), notation);
    WritingStyle { is_one_line: slot.is_one_line, base_width: line_indent(context, slot).chars().count(), ..style }
}
