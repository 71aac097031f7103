//! The client's abilities, settings and folders, and files that change.

use std::sync::Arc;

use connect_policy_project::Settings;
use tower_lsp::lsp_types::{
    DidChangeConfigurationParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, InitializeParams, InitializeResult,
    ServerInfo,
};

use crate::from_proto::folders;
use crate::options::Options;
use crate::session::Session;
use crate::session::capabilities::Features;
use crate::session::outgoing::ClientMessage;
use crate::session::uri::{Uri, key};
use crate::shutdown::Shutdown;

/// `initialize`
pub(crate) fn initialize(session: &Session, shutdown: &Arc<Shutdown>, options: &Options, params: InitializeParams) -> InitializeResult {
    let features = session.set_features(Features::new(&params.capabilities));
    session.workspace.set_folders(folders(&params));
    session.set_settings(Settings::read(&params.initialization_options.unwrap_or_default()));
    if let Some(pid) = params.process_id
        && options.watch_parent
        && session.settings().watch_parent
    {
        shutdown.watch(pid);
    }
    let version = Some(env!("CARGO_PKG_VERSION").to_owned());
    let server_info = Some(ServerInfo { name: "connect-policy".to_owned(), version });
    let settings = session.settings();
    session.check.set_declared(settings.check_workspace);
    InitializeResult { capabilities: features.server_capabilities(&settings), server_info }
}

/// `initialized`
pub(crate) fn initialized(session: &Arc<Session>) {
    // What exists is read ahead of the first question.
    let ahead = Arc::clone(session);
    tokio::spawn(async move { ahead.run_blocking("reading the catalog", |session| drop(Arc::clone(session.catalog()))).await });
    session.send(ClientMessage::Watch);
}

/// `shutdown`
pub(crate) fn shutdown(session: &Session) {
    // What waits for news gets none.
    session.check.begin();
}

/// `workspace/didChangeConfiguration`
pub(crate) fn did_change_configuration(session: &Session, params: &DidChangeConfigurationParams) {
    // `null` means that the client wants to be asked.
    if params.settings.is_null() && session.features().configuration {
        return session.send(ClientMessage::AskSettings);
    }
    session.set_settings(Settings::read(&params.settings));
    session.send(ClientMessage::Settings);
}

/// `workspace/didChangeWatchedFiles`
pub(crate) fn did_change_watched_files(session: &Session, params: &DidChangeWatchedFilesParams) {
    let changed: Vec<Uri> = params.changes.iter().map(|change| key(&change.uri)).collect();
    if changed.iter().any(|uri| session.workspace.is_config_file(uri)) {
        session.reconfigure();
    }
    session.recheck_files(&changed);
    changed.iter().filter(|uri| !session.documents.is_open(uri)).for_each(|uri| session.reload_siblings(uri));
}

/// `workspace/didChangeWorkspaceFolders`
pub(crate) fn did_change_workspace_folders(session: &Session, params: &DidChangeWorkspaceFoldersParams) {
    session.workspace.change_folders(&params.event);
    session.reconfigure();
}
