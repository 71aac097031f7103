//! Hints, lenses and the outline, as the protocol says them.

use connect_policy_ide::{CodeLens, DocumentSymbol, InlayHint, SymbolKind};
use tower_lsp::lsp_types as lsp;

use crate::request_context::RequestContext;

impl RequestContext<'_> {
    /// A hint beside an entry.
    pub(crate) fn inlay_hint(&self, hint: &InlayHint) -> lsp::InlayHint {
        lsp::InlayHint {
            position: self.range(&(hint.offset..hint.offset)).start,
            label: lsp::InlayHintLabel::String(hint.label.clone()),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        }
    }

    /// A lens above a statement or profile. Its command has no id: there is nothing to run, only to read.
    pub(crate) fn code_lens(&self, lens: &CodeLens) -> lsp::CodeLens {
        let command = lsp::Command { title: lens.title.clone(), command: String::new(), arguments: None };
        lsp::CodeLens { range: self.range(&lens.range), command: Some(command), data: None }
    }

    /// The outline, nested where the client takes that.
    pub(crate) fn document_symbols(&self, symbols: &[DocumentSymbol]) -> lsp::DocumentSymbolResponse {
        if self.features.nested_symbols {
            return lsp::DocumentSymbolResponse::Nested(symbols.iter().map(|symbol| self.nested_symbol(symbol)).collect());
        }
        let mut flat = Vec::new();
        for symbol in symbols {
            flat.push(self.flat_symbol(symbol, None));
            flat.extend(symbol.children.iter().map(|child| self.flat_symbol(child, Some(symbol.name.clone()))));
        }
        lsp::DocumentSymbolResponse::Flat(flat)
    }

    #[expect(deprecated, reason = "the type has a deprecated field that must be given")]
    fn nested_symbol(&self, symbol: &DocumentSymbol) -> lsp::DocumentSymbol {
        let children: Vec<_> = symbol.children.iter().map(|child| self.nested_symbol(child)).collect();
        lsp::DocumentSymbol {
            name: symbol.name.clone(),
            detail: Some(symbol.detail.clone()),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: self.range(&symbol.range),
            selection_range: self.range(&symbol.selection),
            children: (!children.is_empty()).then_some(children),
        }
    }

    #[expect(deprecated, reason = "the type has a deprecated field that must be given")]
    fn flat_symbol(&self, symbol: &DocumentSymbol, container_name: Option<String>) -> lsp::SymbolInformation {
        let location = lsp::Location { uri: self.url.clone(), range: self.range(&symbol.range) };
        lsp::SymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location,
            container_name,
        }
    }
}

fn kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Policy => lsp::SymbolKind::OBJECT,
        SymbolKind::Statement => lsp::SymbolKind::STRUCT,
        SymbolKind::Profile => lsp::SymbolKind::ENUM,
    }
}
