//! What is shown at a place or in a range, and what is wrong.

use std::sync::Arc;

use connect_policy_ide::FilePurpose;
use tower_lsp::lsp_types::{
    CodeLens, CodeLensParams, CompletionItem, CompletionParams, CompletionResponse, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, Hover, HoverParams, InlayHint, InlayHintParams,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::from_proto;
use crate::request_context::RequestContext;
use crate::session::Session;
use crate::session::outgoing::ClientMessage;
use crate::session::uri::key;
use crate::to_proto::{self, diagnostics};
use crate::wire::raw_json;

/// `textDocument/completion`
pub(crate) async fn completion(session: &Arc<Session>, params: CompletionParams) -> Option<CompletionResponse> {
    let place = params.text_document_position;
    let trigger = from_proto::completion_trigger(params.context.as_ref());
    let compute = move |context: &RequestContext<'_>| {
        let purpose = FilePurpose::of(context.url.path());
        let mut completions = context.analysis().completions_after(context.offset(place.position), trigger, purpose);
        if !context.settings().complete_keys {
            completions.without_keys();
        }
        raw_json::encoded(&context.completion_list(&completions))
    };
    let encoded = session.with_analysis("completion", place.text_document.uri, compute).await.flatten();
    encoded.map(raw_json::completions)
}

/// `completionItem/resolve`
pub(crate) async fn completion_resolve(session: &Arc<Session>, item: CompletionItem) -> CompletionItem {
    let unresolved = item.clone();
    let compute = move |session: &Session| to_proto::resolved(item, &session.first_catalog(), session.features());
    session.run_blocking("documentation of a completion", compute).await.unwrap_or(unresolved)
}

/// `textDocument/hover`
pub(crate) async fn hover(session: &Arc<Session>, params: HoverParams) -> Option<Hover> {
    let place = params.text_document_position_params;
    let compute = move |context: &RequestContext<'_>| {
        let hover = context.analysis().hover(context.offset(place.position))?.beside(context.findings())?;
        Some(context.hover(&hover))
    };
    session.with_analysis("hover", place.text_document.uri, compute).await.flatten()
}

/// `textDocument/inlayHint`
pub(crate) async fn inlay_hint(session: &Arc<Session>, params: InlayHintParams) -> Option<Vec<InlayHint>> {
    let range = params.range;
    let compute = move |context: &RequestContext<'_>| {
        if !context.settings().inlay_hints {
            return Vec::new();
        }
        let range = context.offset(range.start)..context.offset(range.end);
        context.analysis().hints(range).iter().map(|hint| context.inlay_hint(hint)).collect()
    };
    session.with_analysis("inlay hints", params.text_document.uri, compute).await
}

/// `textDocument/codeLens`
pub(crate) async fn code_lens(session: &Arc<Session>, params: CodeLensParams) -> Option<Vec<CodeLens>> {
    let compute = |context: &RequestContext<'_>| {
        let lenses = if context.settings().code_lenses { context.analysis().lenses() } else { Vec::new() };
        lenses.iter().map(|lens| context.code_lens(lens)).collect()
    };
    session.with_analysis("code lenses", params.text_document.uri, compute).await
}

/// `textDocument/diagnostic`
pub(crate) async fn diagnostic(session: &Arc<Session>, params: DocumentDiagnosticParams) -> DocumentDiagnosticReportResult {
    // Where the whole workspace is asked about as well, an id shows what is known from there already.
    let has_id = session.checks_workspace();
    let uri = key(&params.text_document.uri);
    let compute = move |context: &RequestContext<'_>| {
        let (items, waits_until) = context.diagnostics();
        let result_id = has_id.then(|| diagnostics::result_id(&items));
        (FullDocumentDiagnosticReport { result_id, items }, waits_until)
    };
    let (report, waits_until) = session.with_analysis("diagnostics", params.text_document.uri, compute).await.unwrap_or_default();
    if let Some(until) = waits_until {
        session.send(ClientMessage::Waiting(uri, until));
    }
    if let Some(result_id) = report.result_id.clone().filter(|_| report.result_id == params.previous_result_id) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
        let report = RelatedUnchangedDocumentDiagnosticReport { related_documents: None, unchanged_document_diagnostic_report };
        return DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Unchanged(report));
    }
    let full_document_diagnostic_report = report;
    let report = RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report };
    DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report))
}
