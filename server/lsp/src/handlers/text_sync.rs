//! What is open, and what is typed in it.

use std::sync::Arc;

use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, MessageType,
};

use crate::session::Session;
use crate::session::outgoing::ClientMessage;
use crate::session::uri::{key, shared_folder};

/// `textDocument/didOpen`
pub(crate) fn did_open(session: &Session, params: &DidOpenTextDocumentParams) {
    let uri = key(&params.text_document.uri);
    session.documents.open(Arc::clone(&uri), &params.text_document);
    session.workspace.mark_stale();
    if shared_folder(&uri).is_some() {
        session.siblings.forget(&uri);
        session.send(ClientMessage::Watch);
    }
    session.touch(uri);
}

/// `textDocument/didChange`
pub(crate) fn did_change(session: &Session, params: &DidChangeTextDocumentParams) {
    let uri = key(&params.text_document.uri);
    let version = params.text_document.version;
    if session.documents.change(&uri, version, &params.content_changes, session.encoding()) {
        session.touch(uri);
    } else {
        session.report(MessageType::WARNING, format!("change to a document that is not open: {uri}"));
    }
}

/// `textDocument/didSave`
pub(crate) fn did_save(session: &Arc<Session>, params: &DidSaveTextDocumentParams) {
    let uri = key(&params.text_document.uri);
    if session.documents.release(&uri) {
        session.send(ClientMessage::Released(Arc::clone(&uri)));
    }
    if !session.features().watches {
        session.reload_siblings(&uri);
        session.recheck_files(&[uri]);
    }
    // What is open is known from its changes; what was saved may be a configuration, or a list that one names.
    session.workspace.mark_stale();
    let session = Arc::clone(session);
    tokio::spawn(async move { session.run_blocking("reading the configuration", Session::reload_if_stale).await });
}

/// `textDocument/didClose`
pub(crate) fn did_close(session: &Session, params: &DidCloseTextDocumentParams) {
    let uri = key(&params.text_document.uri);
    // What is on the disk may be older than what was shown.
    session.siblings.forget(&uri);
    session.documents.close(&uri);
    if session.checks_workspace() {
        session.check.close(&uri);
    }
    session.touch(uri);
}
