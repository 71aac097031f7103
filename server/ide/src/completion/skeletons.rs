//! Whole statements, resources and files to begin with.

use std::ops::Range;

use connect_policy_model::{Construct, KeyCursor, PolicyKind};
use connect_policy_syntax::{Format, NodeId, Slot, SlotSyntax};

use super::place_style::{style, written};
use super::{Completion, CompletionKind};
use crate::context::Context;
use crate::finding::TextEdit;
use crate::skeletons::{Form, InstanceParameter, Names, Skeleton, labels, skeletons};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{Notation, WritingStyle};

/// The documentation of an item shows this many lines of its text.
const MAX_LINES: usize = 40;

/// The constructs at a place, as far as their titles have what is typed.
pub(super) fn at(context: &Context<'_>, cursor: &KeyCursor, offset: usize) -> Vec<Completion> {
    let slot = &cursor.slot;
    let style = style(context, slot);
    let (forms, is_in_item): (&[(Form, &str)], bool) = match cursor.construct {
        // A text behind a typed quote would not be a key.
        Some(_) if slot.quote.is_some() && slot.syntax != SlotSyntax::Json => return Vec::new(),
        Some(Construct::Statements(_)) => (&[(Form::Statements, "")], begins_item(context, slot)),
        Some(Construct::StatementBlocks) => (&[(Form::StatementBlocks, "")], false),
        Some(Construct::Resource) => (&[(Form::Resource, "")], false),
        Some(Construct::TerraformFile) => (&[(Form::Terraform, ""), (Form::TerraformCloudControl, " (awscc)")], false),
        None => return Vec::new(),
    };
    let typed = &context.document.text()[slot.range.start..offset];
    let fits = |skeleton: &Skeleton| match cursor.construct {
        Some(Construct::Statements(kind)) if kind != PolicyKind::Unknown => skeleton.policy_kind() == Some(kind),
        _ => true,
    };
    let is_resource = cursor.construct == Some(Construct::Resource);
    let parameter = if is_resource { InstanceParameter::around(context.document, offset, &style) } else { None };
    let blocks: Vec<(String, String)> = match cursor.construct {
        Some(Construct::TerraformFile) => (0..context.module.len())
            .filter_map(|index| context.module.document(index))
            .flat_map(|(document, _)| labels(document))
            .collect(),
        _ => Vec::new(),
    };
    let is_taken = |kind: &str, name: &str| {
        (is_resource && cursor.taken.iter().any(|taken| taken == name))
            || blocks.iter().any(|(block, label)| block == kind && label == name)
    };
    let sids: &[String] = if is_resource { &[] } else { &cursor.taken };
    let names = Names { is_taken: &is_taken, sids, parameter: parameter.as_ref().map(|parameter| &*parameter.name) };
    let mut items = Vec::new();
    for (form, suffix) in forms {
        for (skeleton, label) in matching(*form, suffix, typed, &style).filter(|(skeleton, _)| fits(skeleton)) {
            let Some(text) = skeleton.write_among(context.catalog, *form, &style, &names) else { continue };
            let text = match slot.quote {
                Some(_) => text.without_start(1),
                None if is_in_item => text.without_start(2),
                None => text,
            };
            let mut whole = SnippetText::default();
            whole.push(if slot.needs_comma_before { ", " } else { "" });
            whole.append(&text);
            whole.push(if slot.needs_comma_after { "," } else { "" });
            let mut item = item(skeleton, label, typed, &text, &style, items.len());
            if skeleton.refers_to_instance(context.catalog) {
                item.additional_edits.extend(parameter.as_ref().and_then(|parameter| parameter.edit.clone()));
            }
            items.push(written(context, slot, item, whole));
        }
    }
    items
}

/// Whole files, where nothing but comments is written.
pub(super) fn of_empty_file(context: &Context<'_>, offset: usize) -> Vec<Completion> {
    let document = context.document;
    let (notation, forms): (Notation, &[(Form, &str)]) = match document.format_at(NodeId::STREAM) {
        Format::Json => {
            (Notation::Json, &[(Form::PolicyFile, ""), (Form::RequestFile, " (AWS CLI input)"), (Form::TemplateFile, " (CloudFormation)")])
        }
        Format::Yaml => (Notation::YamlBlock, &[(Form::TemplateFile, "")]),
        Format::Hcl => return Vec::new(),
    };
    let Some(empty) = EmptyFile::at(document.text(), notation, offset) else { return Vec::new() };
    let style = WritingStyle::of(document.text(), notation);
    let typed = &document.text()[empty.word.start..offset];
    let mut items = Vec::new();
    for (form, suffix) in forms {
        for (skeleton, label) in matching(*form, suffix, typed, &style) {
            let text = if empty.is_inside_braces {
                skeleton.write_inside_braces(context.catalog, *form, &style)
            } else {
                skeleton.write(context.catalog, *form, &style)
            };
            let Some(text) = text else { continue };
            let mut item = item(skeleton, label, typed, &text, &style, items.len());
            item.edit = TextEdit { range: empty.range.clone(), new_text: text.to_lsp() };
            item.plain_text = Some(text.indented(&empty.indent).text().to_owned());
            if !empty.is_inside_braces && empty.range.start < empty.word.start {
                // The client compares what the edit replaces.
                item.filter_text = document.text()[empty.range.start..empty.word.start].to_owned() + &item.filter_text;
            }
            items.push(item);
        }
    }
    items
}

/// The skeletons of a form whose title has a word that begins as typed, with their labels.
fn matching<'t>(
    form: Form,
    suffix: &'t str,
    typed: &'t str,
    style: &WritingStyle,
) -> impl Iterator<Item = (&'static Skeleton, String)> + 't {
    let is_written = form.is_written_in(style.notation);
    skeletons().iter().filter(move |skeleton| is_written && skeleton.has(form)).filter_map(move |skeleton| {
        let is_part = matches!(form, Form::Statements | Form::StatementBlocks) && skeleton.id == "policy";
        let label = if is_part { "Statement".to_owned() } else { format!("{}{suffix}", skeleton.title) };
        let words = label.split(|letter: char| !letter.is_alphanumeric());
        let begins = |word: &str| word.to_lowercase().starts_with(&typed.trim().to_lowercase());
        (typed.trim().is_empty() || words.into_iter().any(begins)).then_some((skeleton, label))
    })
}

fn item(skeleton: &Skeleton, label: String, typed: &str, text: &SnippetText, style: &WritingStyle, index: usize) -> Completion {
    let language = match style.notation {
        Notation::Json => "json",
        Notation::YamlBlock | Notation::YamlFlow => "yaml",
        Notation::Hcl => "terraform",
    };
    let shown: Vec<&str> = text.text().lines().take(MAX_LINES).collect();
    Completion {
        additional_edits: Vec::new(),
        filter_text: if typed.trim().is_empty() { label.clone() } else { typed.to_owned() },
        label,
        kind: CompletionKind::Skeleton,
        detail: skeleton.description.to_owned(),
        // Behind the keys.
        sort_text: format!("~~{index:02}"),
        edit: TextEdit { range: 0..0, new_text: String::new() },
        is_snippet: true,
        is_deprecated: false,
        plain_text: None,
        documentation: Some(format!("{}\n\n```{language}\n{}\n```", skeleton.description, shown.join("\n"))),
    }
}

/// Whether a place is behind the dash of an item.
fn begins_item(context: &Context<'_>, slot: &Slot) -> bool {
    let before = &context.document.text()[..slot.range.start];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    slot.syntax == SlotSyntax::YamlBlock && line.trim_start().starts_with('-')
}

/// A file without content.
struct EmptyFile {
    /// What is typed of a title.
    word: Range<usize>,
    /// What a skeleton replaces.
    range: Range<usize>,
    /// Whether braces stand around the place and stay there.
    is_inside_braces: bool,
    /// The white space in front of the place.
    indent: String,
}

impl EmptyFile {
    fn at(text: &str, notation: Notation, offset: usize) -> Option<EmptyFile> {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '-';
        // Three dashes are a document's beginning, not a word.
        let start = text[..offset].trim_end_matches(is_word).len();
        let end = offset + text[offset..].len() - text[offset..].trim_start_matches(is_word).len();
        if text[start..end].starts_with('-') {
            return None;
        }
        let (before, after) = (&text[..start], &text[end..]);
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        if !line.trim_start_matches(['{', ' ', '\t']).is_empty() {
            return None;
        }
        let indent = line[..line.len() - line.trim_start_matches([' ', '\t']).len()].to_owned();
        let empty = |range: Range<usize>, is_inside_braces: bool| {
            Some(EmptyFile { word: start..end, range, is_inside_braces, indent: indent.clone() })
        };
        match (&*content(before, notation), &*content(after, notation)) {
            ("", "") if notation == Notation::Json || line.is_empty() => empty(start..end, false),
            ("{", "}" | "") if notation == Notation::Json => {
                let open = before.rfind('{')?;
                let close = after.find('}').map(|at| end + at + 1).filter(|close| !text[open..*close].contains('\n'));
                match close {
                    Some(close) => empty(open..close, false),
                    None => empty(start..end, true),
                }
            }
            _ => None,
        }
    }
}

/// A text without white space, comments and the marks of documents.
fn content(text: &str, notation: Notation) -> String {
    let mark = if notation == Notation::Json { "//" } else { "#" };
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with(mark) && (notation == Notation::Json || *line != "---"));
    lines.flat_map(str::split_whitespace).collect()
}
