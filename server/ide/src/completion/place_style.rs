//! Text of several lines in the style of the document around a place.

use connect_policy_model::is_substitution;
use connect_policy_syntax::{Slot, SlotSyntax};

use super::Completion;
use crate::context::Context;
use crate::finding::TextEdit;
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{Notation, WritingStyle};

/// An item that writes this text at a place.
pub(super) fn written(context: &Context<'_>, slot: &Slot, mut item: Completion, text: SnippetText) -> Completion {
    let is_substituted = is_in_substitution(context, slot);
    let text = text.map(|text| {
        // Policy variables are not the template's own.
        let text = if is_substituted { text.replace("${", "${!") } else { text.to_owned() };
        context.document.escaped(slot, &text)
    });
    let (text, white_space) = on_lines_of_its_own(context, slot, text);
    item.additional_edits.extend(white_space);
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

/// Whether a text around a place is the argument of a template's function that replaces `${…}` in it.
fn is_in_substitution(context: &Context<'_>, slot: &Slot) -> bool {
    let tree = context.document.tree();
    let mut nodes = slot.around(context.document).flat_map(|text| std::iter::once(text).chain(tree.ancestors(text).take(2)));
    nodes.any(|node| is_substitution(context.document, node))
}

/// A text with the line ends that it needs between the braces of a block, and the changes that remove the white space there.
fn on_lines_of_its_own(context: &Context<'_>, slot: &Slot, text: SnippetText) -> (SnippetText, Vec<TextEdit>) {
    let WritingStyle { indent, line_end, .. } = style(context, slot);
    let mut out = SnippetText::default();
    if slot.line_break_before.is_some() {
        out.push(line_end);
        out.push(&indent);
        out.append(&text.indented(&indent));
    } else {
        out = text;
    }
    if slot.line_break_after.is_some() {
        out.push(line_end);
    }
    let blanks = slot.line_break_before.iter().chain(&slot.line_break_after).filter(|range| !range.is_empty());
    (out, blanks.map(|range| TextEdit { range: range.clone(), new_text: String::new() }).collect())
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
