//! The methods of the protocol: convert, take a snapshot, ask, convert back.
//!
//! Two rules hold in every handler. A notification changes state before its first `.await`, of which it has none, because a
//! later message may overtake it there. And no handler waits for the client: that is the publisher's task.

use std::sync::Arc;

use tokio::sync::mpsc;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem,
    CompletionParams, CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult, DocumentLink, DocumentLinkParams,
    DocumentSymbolParams, DocumentSymbolResponse, FullDocumentDiagnosticReport, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location, MessageType, ReferenceParams,
    RelatedFullDocumentDiagnosticReport, ServerInfo,
};
use tower_lsp::{Client, LanguageServer};

use super::Options;
use super::answers::{State, View};
use super::capabilities::{FIX_ALL, Features};
use super::convert;
use super::documents::{Uri, key, shared_folder};
use super::lifecycle::Life;
use super::publisher::{self, Outgoing};
use super::terms::{self, folders};
use super::verbatim;
use crate::fixes::certain_edits;
use crate::settings::Settings;

/// The server.
#[derive(Debug)]
pub(super) struct Server {
    state: Arc<State>,
    life: Arc<Life>,
    options: Options,
}

impl Server {
    /// A server that talks to this client.
    pub(super) fn new(client: Client, life: Arc<Life>, options: Options) -> Server {
        let (sender, receiver) = mpsc::unbounded_channel();
        let state = Arc::new(State::new(sender, options.sabotage.clone()));
        tokio::spawn(publisher::run(client, Arc::clone(&state), receiver));
        Server { state, life, options }
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let features = self.state.set_features(Features::new(&params.capabilities));
        self.state.workspace.set_folders(folders(&params));
        self.state.set_settings(Settings::read(&params.initialization_options.unwrap_or_default()));
        if let Some(pid) = params.process_id
            && self.options.watch_parent
            && self.state.settings().watch_parent
        {
            self.life.watch(pid);
        }
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        let server_info = Some(ServerInfo { name: "connect-policy".to_owned(), version });
        Ok(InitializeResult { capabilities: features.server_capabilities(), server_info })
    }

    async fn initialized(&self, _: InitializedParams) {
        // What exists is read ahead of the first question.
        let state = Arc::clone(&self.state);
        tokio::spawn(async move { state.compute("reading the catalogue", |state| drop(Arc::clone(state.catalog()))).await });
        self.state.send(Outgoing::Watch);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let uri = key(&params.text_document.uri);
        self.state.documents.open(Arc::clone(&uri), &params.text_document);
        self.state.workspace.suspect();
        if shared_folder(&uri).is_some() {
            self.state.folders.forget(&uri);
            self.state.send(Outgoing::Watch);
        }
        self.state.send(Outgoing::Touched(uri));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let uri = key(&params.text_document.uri);
        let version = params.text_document.version;
        if self.state.documents.change(&uri, version, &params.content_changes, self.state.encoding()) {
            self.state.send(Outgoing::Touched(uri));
        } else {
            self.state.tell(MessageType::WARNING, format!("a change of a document that is not open: {uri}"));
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        if !self.state.features().watches {
            self.state.look_beside(&key(&params.text_document.uri));
        }
        // What is open is known from its changes; what was saved may be a configuration, or a list that one names.
        self.state.workspace.suspect();
        let state = Arc::clone(&self.state);
        tokio::spawn(async move { state.compute("looking at the configuration", terms::look_again).await });
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = key(&params.text_document.uri);
        // What is on the disk may be older than what was shown.
        self.state.folders.forget(&uri);
        self.state.documents.close(&uri);
        self.state.send(Outgoing::Touched(uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        // `null` means that the client wants to be asked.
        if params.settings.is_null() && self.state.features().configuration {
            return self.state.send(Outgoing::AskSettings);
        }
        self.state.set_settings(Settings::read(&params.settings));
        self.state.send(Outgoing::Settings);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let changed: Vec<Uri> = params.changes.iter().map(|change| key(&change.uri)).collect();
        if changed.iter().any(|uri| self.state.workspace.is_ours(uri)) {
            self.state.reconfigure();
        }
        changed.iter().filter(|uri| !self.state.documents.is_open(uri)).for_each(|uri| self.state.look_beside(uri));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.state.workspace.change_folders(&params.event);
        self.state.reconfigure();
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        let snapshot = self.state.documents.snapshot(&key(&place.text_document.uri));
        let compute = move |view: &View<'_>| {
            let completions = view.analysis().completions(view.offset(place.position));
            verbatim::packed(&view.completion_list(&completions))
        };
        let packed = self.state.about("completion", place.text_document.uri, snapshot, compute).await.flatten();
        Ok(packed.map(verbatim::completions))
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let unresolved = item.clone();
        let compute = move |state: &State| convert::resolved(item, &state.workspace.catalog(state), state.features());
        Ok(self.state.compute("documentation of a completion", compute).await.unwrap_or(unresolved))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        let snapshot = self.state.documents.snapshot(&key(&place.text_document.uri));
        let compute = move |view: &View<'_>| {
            let hover = view.analysis().hover(view.offset(place.position))?;
            Some(view.hover(&hover))
        };
        Ok(self.state.about("hover", place.text_document.uri, snapshot, compute).await.flatten())
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        let snapshot = self.state.documents.snapshot(&key(&place.text_document.uri));
        let compute = move |view: &View<'_>| {
            let found = view.analysis().definitions(view.offset(place.position));
            GotoDefinitionResponse::Array(found.iter().filter_map(|one| view.location(one.document, &one.range)).collect())
        };
        Ok(self.state.about("definition", place.text_document.uri, snapshot, compute).await)
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let place = params.text_document_position;
        let snapshot = self.state.documents.snapshot(&key(&place.text_document.uri));
        let compute = move |view: &View<'_>| {
            let found = view.analysis().references(view.offset(place.position));
            found.iter().filter_map(|one| view.location(one.document, &one.range)).collect()
        };
        Ok(self.state.about("references", place.text_document.uri, snapshot, compute).await)
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let url = params.text_document.uri;
        let snapshot = self.state.documents.snapshot(&key(&url));
        let compute = move |view: &View<'_>| {
            if !view.settings().inlay_hints {
                return Vec::new();
            }
            let range = view.offset(params.range.start)..view.offset(params.range.end);
            view.analysis().hints(range).iter().map(|hint| view.inlay_hint(hint)).collect()
        };
        Ok(self.state.about("inlay hints", url, snapshot, compute).await)
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let url = params.text_document.uri;
        let snapshot = self.state.documents.snapshot(&key(&url));
        let compute = |view: &View<'_>| {
            let lenses = if view.settings().code_lenses { view.analysis().lenses() } else { Vec::new() };
            lenses.iter().map(|lens| view.code_lens(lens)).collect()
        };
        Ok(self.state.about("code lenses", url, snapshot, compute).await)
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let url = params.text_document.uri;
        let snapshot = self.state.documents.snapshot(&key(&url));
        let compute = |view: &View<'_>| view.document_symbols(&view.analysis().symbols());
        Ok(self.state.about("outline", url, snapshot, compute).await)
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let url = params.text_document.uri;
        let snapshot = self.state.documents.snapshot(&key(&url));
        let compute = |view: &View<'_>| view.analysis().links().iter().filter_map(|link| view.document_link(link)).collect();
        Ok(self.state.about("links", url, snapshot, compute).await)
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let url = params.text_document.uri.clone();
        let snapshot = self.state.documents.snapshot(&key(&url));
        Ok(self.state.about("code actions", url, snapshot, move |view| actions(view, &params)).await)
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let url = params.text_document.uri;
        let snapshot = self.state.documents.snapshot(&key(&url));
        let items = self.state.about("diagnostics", url, snapshot, |view: &View<'_>| view.diagnostics()).await.unwrap_or_default();
        let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: None, items };
        let report = RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report };
        Ok(DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report)))
    }
}

fn actions(view: &View<'_>, params: &CodeActionParams) -> CodeActionResponse {
    let mut actions = Vec::new();
    if wants(&params.context, &CodeActionKind::QUICKFIX) {
        let asked = view.byte_range(params.range);
        let touched = view.findings().iter().filter(|finding| finding.range.start <= asked.end && asked.start <= finding.range.end);
        let fixes = touched.flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)));
        actions.extend(fixes.map(|(finding, fix)| view.quick_fix(finding, fix, &params.context.diagnostics)));
        actions.extend(view.analysis().assists(asked.clone()).iter().map(|assist| view.assist(assist)));
    }
    if may_want_rewrites(&params.context) {
        let rewrites = view.analysis().rewrites(view.byte_range(params.range));
        let wanted = rewrites.iter().filter(|rewrite| wants(&params.context, &convert::rewrite_kind(rewrite.name)));
        actions.extend(wanted.filter_map(|rewrite| view.rewrite(rewrite)));
    }
    // Everything at once is done on request only, never offered beside the fixes of one place.
    if params.context.only.is_some() && wants(&params.context, &FIX_ALL) {
        let edits = certain_edits(view.findings());
        actions.extend((!edits.is_empty()).then(|| view.fix_all(&edits)));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether rewrites are asked for, all of them or single ones.
fn may_want_rewrites(context: &CodeActionContext) -> bool {
    let all = CodeActionKind::REFACTOR_REWRITE;
    let is_one = |asked: &CodeActionKind| asked.as_str().starts_with(all.as_str());
    wants(context, &all) || context.only.iter().flatten().any(is_one)
}

/// Whether a kind, or one that it is a kind of, is asked for.
fn wants(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let Some(only) = &context.only else { return true };
    only.iter().any(|asked| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        asked.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
