//! The methods of the protocol, each handed to its handler.

use std::sync::Arc;

use tokio::sync::mpsc;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem, CompletionParams, CompletionResponse,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentSymbolParams, DocumentSymbolResponse, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location, ReferenceParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult,
};
use tower_lsp::{Client, LanguageServer};

use crate::handlers::{code_action, language, navigation, settings, text_sync, workspace_diagnostics};
use crate::options::Options;
use crate::publisher;
use crate::session::Session;
use crate::shutdown::Shutdown;
use crate::wire::outbox::Outbox;

/// The server.
#[derive(Debug)]
pub(crate) struct Server {
    session: Arc<Session>,
    shutdown: Arc<Shutdown>,
    options: Options,
}

impl Server {
    /// A server that talks to this client.
    pub(crate) fn new(client: Client, shutdown: Arc<Shutdown>, outbox: Outbox, options: Options) -> Server {
        let (sender, receiver) = mpsc::unbounded_channel();
        let session = Arc::new(Session::new(sender, outbox, options.faults.clone()));
        tokio::spawn(publisher::run(client, Arc::clone(&session), receiver));
        Server { session, shutdown, options }
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        Ok(settings::initialize(&self.session, &self.shutdown, &self.options, params))
    }

    async fn initialized(&self, _: InitializedParams) {
        settings::initialized(&self.session);
    }

    async fn shutdown(&self) -> Result<()> {
        settings::shutdown(&self.session);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        text_sync::did_open(&self.session, &params);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        text_sync::did_change(&self.session, &params);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        text_sync::did_save(&self.session, &params);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        text_sync::did_close(&self.session, &params);
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        settings::did_change_configuration(&self.session, &params);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        settings::did_change_watched_files(&self.session, &params);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        settings::did_change_workspace_folders(&self.session, &params);
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        Ok(language::completion(&self.session, params).await)
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        Ok(language::completion_resolve(&self.session, item).await)
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        Ok(language::hover(&self.session, params).await)
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        Ok(navigation::goto_definition(&self.session, params).await)
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        Ok(navigation::references(&self.session, params).await)
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        Ok(language::inlay_hint(&self.session, params).await)
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        Ok(language::code_lens(&self.session, params).await)
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        Ok(navigation::document_symbol(&self.session, params).await)
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        Ok(code_action::code_action(&self.session, params).await)
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        Ok(language::diagnostic(&self.session, params).await)
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        Ok(workspace_diagnostics::workspace_diagnostic(&self.session, params).await)
    }
}
