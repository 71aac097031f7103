//! What handlers, publisher and computations share: the client's abilities, settings and documents.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use connect_policy_catalog::Catalog;
use connect_policy_project::{DiskFiles, FaultInjection, Files, Settings};
use tokio::sync::mpsc;
use tower_lsp::lsp_types::{ClientCapabilities, MessageType};

use crate::log::log;
use crate::positions::Encoding;
use crate::session::capabilities::Features;
use crate::session::documents::Documents;
use crate::session::outgoing::ClientMessage;
use crate::session::sibling_files::SiblingFiles;
use crate::session::uri::{Uri, path, shared_folder};
use crate::session::workspace::Workspace;
use crate::session::workspace_check::WorkspaceCheck;
use crate::wire::outbox::Outbox;

pub(crate) mod capabilities;
pub(crate) mod check_plan;
pub(crate) mod compute;
pub(crate) mod documents;
pub(crate) mod edits;
pub(crate) mod open_files;
pub(crate) mod outgoing;
pub(crate) mod settings;
pub(crate) mod sibling_files;
pub(crate) mod typing;
pub(crate) mod uri;
pub(crate) mod workspace;
pub(crate) mod workspace_check;
pub(crate) mod workspace_files;

/// What handlers, publisher and computations share.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) files: Arc<dyn Files>,
    pub(crate) documents: Documents,
    pub(crate) siblings: SiblingFiles,
    pub(crate) workspace: Workspace,
    pub(crate) check: WorkspaceCheck,
    /// The way to the client for what must not be overtaken by an answer.
    pub(crate) outbox: Outbox,
    pub(crate) faults: FaultInjection,
    features: OnceLock<Features>,
    settings: Mutex<Arc<Settings>>,
    catalog: OnceLock<Arc<Catalog>>,
    outgoing: mpsc::UnboundedSender<ClientMessage>,
}

impl Session {
    /// The session before the client has said anything.
    pub(crate) fn new(outgoing: mpsc::UnboundedSender<ClientMessage>, outbox: Outbox, faults: FaultInjection) -> Session {
        let files: Arc<dyn Files> = Arc::new(DiskFiles);
        Session {
            workspace: Workspace::new(Arc::clone(&files)),
            check: WorkspaceCheck::default(),
            outbox,
            files,
            documents: Documents::default(),
            siblings: SiblingFiles::default(),
            faults,
            features: OnceLock::new(),
            settings: Mutex::default(),
            catalog: OnceLock::new(),
            outgoing,
        }
    }

    /// What the client can take; the least of everything before it said so.
    pub(crate) fn features(&self) -> &Features {
        self.features.get_or_init(|| Features::new(&ClientCapabilities::default()))
    }

    /// Keeps what the client can take.
    pub(crate) fn set_features(&self, features: Features) -> &Features {
        self.features.get_or_init(|| features)
    }

    /// How the client counts columns.
    pub(crate) fn encoding(&self) -> Encoding {
        self.features().encoding
    }

    /// The settings of this moment.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps new settings and says what of them was not understood.
    pub(crate) fn set_settings(&self, (settings, complaints): (Settings, Vec<String>)) {
        for complaint in complaints {
            self.report(MessageType::WARNING, complaint);
        }
        let settings = Arc::new(settings);
        let before = std::mem::replace(&mut *self.settings.lock().unwrap_or_else(PoisonError::into_inner), Arc::clone(&settings));
        self.siblings.clear();
        self.documents.forget_readings();
        // Editors send their settings at the start once more than they have to.
        if before != settings {
            self.check.forget();
        }
    }

    /// Reads the configurations anew, at the next need, and has every document looked at again.
    pub(crate) fn reconfigure(&self) {
        self.workspace.configs.clear();
        self.siblings.clear();
        self.documents.forget_readings();
        self.check.forget();
        self.send(ClientMessage::Settings);
    }

    /// Has a document looked at that was opened, changed or closed.
    pub(crate) fn touch(&self, uri: Uri) {
        self.check.wake();
        self.send(ClientMessage::Touched(uri));
    }

    /// Has the files of the workspace looked at again of which these have changed.
    pub(crate) fn recheck_files(&self, changed: &[Uri]) {
        if !self.checks_workspace() || changed.is_empty() {
            return;
        }
        changed.iter().filter_map(|uri| path(uri)).for_each(|path| self.check.forget_file(&path));
        self.check.mark_stale();
        if !self.check.is_waited_for() {
            self.send(ClientMessage::Refresh);
        }
    }

    /// Reads the configurations anew if files have changed, which was to be expected.
    pub(crate) fn reload_if_stale(&self) {
        if self.workspace.take_stale() {
            self.reconfigure();
        }
    }

    /// Reads the files of a document's folder anew and has the open documents there looked at again.
    pub(crate) fn reload_siblings(&self, uri: &Uri) {
        let Some(folder) = shared_folder(uri) else { return };
        self.siblings.forget(uri);
        self.documents.forget_folder(&folder);
        if self.features().pulls {
            return self.send(ClientMessage::Refresh);
        }
        for open in self.documents.in_folder(&folder) {
            self.send(ClientMessage::Touched(open));
        }
    }

    /// What ships with the program. Read at the first need, so that starting up does not wait for it.
    pub(crate) fn catalog(&self) -> &Arc<Catalog> {
        self.catalog.get_or_init(|| Arc::new(Catalog::builtin()))
    }

    /// What exists in the first folder.
    pub(crate) fn first_catalog(&self) -> Arc<Catalog> {
        self.workspace.first_config().map_or_else(|| Arc::clone(self.catalog()), |config| Arc::clone(&config.catalog))
    }

    /// Has the files watched that a configuration names, and logs what is wrong in it unless the editor shows that.
    pub(crate) fn report_new_configs(&self) {
        let news = self.workspace.configs.news();
        if news.is_empty() {
            return;
        }
        self.send(ClientMessage::Watch);
        let open: Vec<PathBuf> = self.documents.uris().iter().filter_map(|uri| path(uri)).collect();
        for loaded in news.iter().filter(|loaded| !open.contains(&loaded.path)) {
            for problem in &loaded.problems {
                self.report(MessageType::WARNING, problem.clone());
            }
        }
    }

    /// Hands something to the task that talks to the client; never waits.
    pub(crate) fn send(&self, message: ClientMessage) {
        // It is gone only when the server is ending.
        let _ = self.outgoing.send(message);
    }

    /// Logs a line, here and in the client.
    pub(crate) fn report(&self, level: MessageType, line: String) {
        log(&line);
        self.send(ClientMessage::Log(level, line));
    }
}
