//! Findings, completions, hovers → what the client takes of them.

use std::collections::HashMap;
use std::ops::Range;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Applicability, Completion, CompletionKind, Completions, Finding, Fix, Hover, Rewrite, TextEdit, markdown};
use serde::Serialize;
use serde_json::Value;
use tower_lsp::lsp_types::{
    self as lsp, CodeAction, CodeActionDisabled, CodeActionKind, CompletionItem, CompletionItemKind, CompletionItemLabelDetails,
    CompletionItemTag, CompletionTextEdit, Diagnostic, DocumentChanges, Documentation, HoverContents, InsertTextFormat, InsertTextMode,
    MarkupContent, MarkupKind, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, WorkspaceEdit,
};

use crate::positions;
use crate::request_context::RequestContext;
use crate::session::capabilities::{FIX_ALL, Features};

pub(crate) mod diagnostics;
mod symbols;

/// A list of completions. lsp-types 0.94 knows no defaults of items.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompletionList {
    is_incomplete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_defaults: Option<ItemDefaults>,
    items: Vec<CompletionItem>,
}

/// What holds for items that say nothing else.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemDefaults {
    edit_range: lsp::Range,
}

impl RequestContext<'_> {
    /// The client's range of a byte range.
    pub(crate) fn range(&self, range: &Range<usize>) -> lsp::Range {
        positions::range(self.text(), self.lines(), range, self.features.encoding)
    }

    fn text_edit(&self, edit: &TextEdit) -> lsp::TextEdit {
        lsp::TextEdit { range: self.range(&edit.range), new_text: edit.new_text.clone() }
    }

    /// A hover.
    pub(crate) fn hover(&self, hover: &Hover) -> lsp::Hover {
        let contents = HoverContents::Markup(markup(&self.features.hover_format, &hover.markdown));
        lsp::Hover { contents, range: Some(self.range(&hover.range)) }
    }

    /// A list of completions. Where the client takes that, the range that most items replace stands once in it, and not with
    /// those that are inserted as they are shown: that halves a list of all actions.
    pub(crate) fn completion_list(&self, completions: &Completions) -> CompletionList {
        let first = completions.items.first().filter(|_| self.features.default_range);
        let common = first.map(|item| self.range(&item.edit.range));
        // All items of a list mostly replace the same text: its range is found once.
        let mut last: Option<(Range<usize>, lsp::Range)> = None;
        let items = completions.items.iter().map(|item| {
            let range = match &last {
                Some((bytes, range)) if *bytes == item.edit.range => *range,
                _ => self.range(&item.edit.range),
            };
            last = Some((item.edit.range.clone(), range));
            let is_common = common == Some(range) && item.edit.new_text == item.label;
            self.completion_item(item, Some(range).filter(|_| !is_common))
        });
        let mut items: Vec<CompletionItem> = items.collect();
        // Where the labels begin with what was typed, they are enough to filter by. Neovim 0.7 takes the place of items from those
        // without another text only.
        if completions.items.iter().all(|item| item.label.starts_with(&item.filter_text)) {
            items.iter_mut().for_each(|item| item.filter_text = None);
        }
        let item_defaults = common.map(|edit_range| ItemDefaults { edit_range });
        CompletionList { is_incomplete: completions.is_incomplete, item_defaults, items }
    }

    fn completion_item(&self, item: &Completion, range: Option<lsp::Range>) -> CompletionItem {
        let features = self.features;
        let has_stops = item.is_snippet && features.snippets;
        let new_text = match &item.plain_text {
            Some(plain) if !has_stops => plain.clone(),
            None if item.is_snippet && !has_stops => without_stops(&item.edit.new_text),
            _ => item.edit.new_text.clone(),
        };
        // Every editor indents the lines of a snippet by the line around, and some whatever the mode says.
        let is_relative = has_stops && item.plain_text.is_some();
        let detail = (!item.detail.is_empty()).then(|| item.detail.clone());
        // What equals the label is left out: clients fall back to it, and the list is sent with every key press.
        let unless_label = |text: &str| (text != item.label).then(|| text.to_owned());
        CompletionItem {
            label: item.label.clone(),
            label_details: detail
                .clone()
                .filter(|_| features.label_details)
                .map(|detail| CompletionItemLabelDetails { detail: None, description: Some(detail) }),
            detail: detail.filter(|_| !features.label_details),
            kind: Some(kind(item.kind)),
            filter_text: unless_label(&item.filter_text),
            sort_text: unless_label(&item.sort_text),
            insert_text_format: has_stops.then_some(InsertTextFormat::SNIPPET),
            insert_text_mode: (features.as_is && new_text.contains('\n') && !is_relative).then_some(InsertTextMode::AS_IS),
            // By the protocol the label is inserted then; some clients look here first, and for the label not at all.
            insert_text: range.is_none().then(|| item.label.clone()),
            text_edit: range.map(|range| CompletionTextEdit::Edit(lsp::TextEdit { range, new_text })),
            additional_text_edits: (!item.additional_edits.is_empty())
                .then(|| item.additional_edits.iter().map(|edit| self.text_edit(edit)).collect()),
            documentation: item
                .documentation
                .as_ref()
                .map(|text| Documentation::MarkupContent(markup(&features.documentation_format, text))),
            tags: (item.is_deprecated && features.deprecated_tag).then(|| vec![CompletionItemTag::DEPRECATED]),
            deprecated: (item.is_deprecated && !features.deprecated_tag && features.deprecated_flag).then_some(true),
            data: Some(Value::from(kind_number(item.kind))),
            ..CompletionItem::default()
        }
    }

    /// A fix as an action. `known` are the client's own diagnostics, of which the settled one is given back as it came.
    pub(crate) fn quick_fix(&self, finding: &Finding, fix: &Fix, known: &[Diagnostic]) -> CodeAction {
        let ours = self.writer().diagnostic(finding);
        let settled = known.iter().find(|theirs| theirs.code == ours.code && theirs.range == ours.range).cloned().unwrap_or(ours);
        CodeAction {
            title: fix.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![settled]),
            edit: Some(self.workspace_edit(&fix.edits)),
            is_preferred: (fix.applicability == Applicability::Safe && self.features.is_preferred).then_some(true),
            ..CodeAction::default()
        }
    }

    /// Something that may be done although nothing is wrong.
    pub(crate) fn assist(&self, assist: &Fix) -> CodeAction {
        let edit = Some(self.workspace_edit(&assist.edits));
        CodeAction { title: assist.title.clone(), kind: Some(CodeActionKind::QUICKFIX), edit, ..CodeAction::default() }
    }

    /// A rewrite as an action; one that cannot be made only for clients that show why.
    pub(crate) fn rewrite(&self, rewrite: &Rewrite) -> Option<CodeAction> {
        let action = CodeAction { title: rewrite.title.clone(), kind: Some(rewrite_kind(rewrite.name)), ..CodeAction::default() };
        match &rewrite.change {
            Ok(edits) => Some(CodeAction { edit: Some(self.workspace_edit(edits)), ..action }),
            Err(reason) => {
                let disabled = Some(CodeActionDisabled { reason: reason.clone() });
                self.features.disabled_actions.then_some(CodeAction { disabled, ..action })
            }
        }
    }

    /// All these edits as one action.
    pub(crate) fn fix_all(&self, edits: &[TextEdit]) -> CodeAction {
        CodeAction {
            title: "Apply all safe connect-policy fixes".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(self.workspace_edit(edits)),
            ..CodeAction::default()
        }
    }

    fn workspace_edit(&self, edits: &[TextEdit]) -> WorkspaceEdit {
        let edits = edits.iter().map(|edit| self.text_edit(edit));
        if !self.features.document_changes {
            let changes = HashMap::from([(self.url.clone(), edits.collect())]);
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: self.url.clone(), version: Some(self.version()) };
        let change = TextDocumentEdit { text_document, edits: edits.map(OneOf::Left).collect() };
        WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![change])), ..WorkspaceEdit::default() }
    }
}

/// The kind of a rewrite's action, by the rewrite's name.
pub(crate) fn rewrite_kind(name: &str) -> CodeActionKind {
    CodeActionKind::from(format!("{}.{name}", CodeActionKind::REFACTOR_REWRITE.as_str()))
}

/// A completion item with its documentation, found by the label and the kind that came along as `data`.
pub(crate) fn resolved(mut item: CompletionItem, catalog: &Catalog, features: &Features) -> CompletionItem {
    let kind = item.data.as_ref().and_then(Value::as_u64).and_then(kind_of_number);
    let text = kind.and_then(|kind| Completions::documentation(catalog, kind, &item.label));
    let text = text.map(|text| Documentation::MarkupContent(markup(&features.documentation_format, &text)));
    item.documentation = text.or(item.documentation);
    item
}

fn markup(format: &MarkupKind, text: &str) -> MarkupContent {
    let value = match format {
        MarkupKind::Markdown => text.to_owned(),
        MarkupKind::PlainText => markdown::plain(text),
    };
    MarkupContent { kind: format.clone(), value }
}

const KINDS: [(CompletionKind, CompletionItemKind); 9] = [
    (CompletionKind::Service, CompletionItemKind::MODULE),
    (CompletionKind::Action, CompletionItemKind::FUNCTION),
    (CompletionKind::Wildcard, CompletionItemKind::ENUM),
    (CompletionKind::Permission, CompletionItemKind::CONSTANT),
    (CompletionKind::Task, CompletionItemKind::SNIPPET),
    (CompletionKind::Key, CompletionItemKind::PROPERTY),
    (CompletionKind::Value, CompletionItemKind::VALUE),
    (CompletionKind::ConditionKey, CompletionItemKind::PROPERTY),
    (CompletionKind::Skeleton, CompletionItemKind::SNIPPET),
];

fn kind(kind: CompletionKind) -> CompletionItemKind {
    KINDS[kind_number(kind)].1
}

fn kind_number(kind: CompletionKind) -> usize {
    KINDS.iter().position(|&(ours, _)| ours == kind).unwrap_or(0)
}

fn kind_of_number(number: u64) -> Option<CompletionKind> {
    KINDS.get(usize::try_from(number).ok()?).map(|&(kind, _)| kind)
}

/// A snippet as plain text: `${1:name}` becomes `name`, `$0` nothing, `\$` a dollar sign.
fn without_stops(snippet: &str) -> String {
    let mut plain = String::with_capacity(snippet.len());
    let mut open = 0;
    let mut chars = snippet.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' if chars.peek().is_some_and(|next| matches!(next, '$' | '}' | '\\')) => plain.extend(chars.next()),
            '$' if chars.peek().is_some_and(char::is_ascii_digit) => while chars.next_if(char::is_ascii_digit).is_some() {},
            '$' if chars.peek() == Some(&'{') => {
                chars.next();
                while chars.next_if(char::is_ascii_digit).is_some() {}
                chars.next_if_eq(&':');
                open += 1;
            }
            '}' if open > 0 => open -= 1,
            char => plain.push(char),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_have_a_plain_form() {
        assert_eq!(without_stops(r#"a$1${2:b}c\$d\}$0"#), "abc$d}");
        assert_eq!(without_stops("{\"x\": ${1:${2:y}}}"), "{\"x\": y}");
        assert_eq!(without_stops("arn:${Partition}"), "arn:Partition");
    }

    #[test]
    fn a_kind_finds_back_from_its_number() {
        for (kind, _) in KINDS {
            assert_eq!(kind_of_number(kind_number(kind) as u64), Some(kind));
        }
        assert_eq!(kind_of_number(99), None);
    }
}
