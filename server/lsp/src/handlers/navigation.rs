//! From a place to others.

use std::sync::Arc;

use tower_lsp::lsp_types::{
    DocumentSymbolParams, DocumentSymbolResponse, GotoDefinitionParams, GotoDefinitionResponse, Location, ReferenceParams,
};

use crate::request_context::RequestContext;
use crate::session::Session;

/// `textDocument/definition`
pub(crate) async fn goto_definition(session: &Arc<Session>, params: GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let place = params.text_document_position_params;
    let compute = move |context: &RequestContext<'_>| {
        let found = context.analysis().definitions(context.offset(place.position));
        GotoDefinitionResponse::Array(found.iter().filter_map(|one| context.location(one.document, &one.range)).collect())
    };
    session.with_analysis("definition", place.text_document.uri, compute).await
}

/// `textDocument/references`
pub(crate) async fn references(session: &Arc<Session>, params: ReferenceParams) -> Option<Vec<Location>> {
    let place = params.text_document_position;
    let compute = move |context: &RequestContext<'_>| {
        let found = context.analysis().references(context.offset(place.position));
        found.iter().filter_map(|one| context.location(one.document, &one.range)).collect()
    };
    session.with_analysis("references", place.text_document.uri, compute).await
}

/// `textDocument/documentSymbol`
pub(crate) async fn document_symbol(session: &Arc<Session>, params: DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let compute = |context: &RequestContext<'_>| context.document_symbols(&context.analysis().symbols());
    session.with_analysis("outline", params.text_document.uri, compute).await
}
