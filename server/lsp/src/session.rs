//! From a snapshot to an answer: computed beside the protocol's thread, and never taking the server down.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Failure, Finding, caught};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tower_lsp::lsp_types::{Location, MessageType, Url};

use super::capabilities::Features;
use super::documents::{Documents, Reading, Snapshot, Uri, shared_folder};
use super::folders::{self, Folders};
use super::lifecycle::log;
use super::positions::{self, Encoding};
use super::publisher::Outgoing;
use super::terms::{self, Workspace};
use crate::lines::Lines;
use crate::sabotage::Sabotage;
use crate::settings::Settings;

/// What handlers, publisher and computations share.
#[derive(Debug)]
pub(super) struct State {
    pub(super) documents: Documents,
    pub(super) folders: Folders,
    features: OnceLock<Features>,
    settings: Mutex<Arc<Settings>>,
    catalog: OnceLock<Arc<Catalog>>,
    pub(super) workspace: Workspace,
    outgoing: mpsc::UnboundedSender<Outgoing>,
    sabotage: Sabotage,
}

impl State {
    /// The state before the client has said anything.
    pub(super) fn new(outgoing: mpsc::UnboundedSender<Outgoing>, sabotage: Sabotage) -> State {
        State {
            documents: Documents::default(),
            folders: Folders::default(),
            features: OnceLock::new(),
            settings: Mutex::default(),
            catalog: OnceLock::new(),
            workspace: Workspace::default(),
            outgoing,
            sabotage,
        }
    }

    /// What the client can take; the least of everything before it said so.
    pub(super) fn features(&self) -> &Features {
        self.features.get_or_init(|| Features::new(&tower_lsp::lsp_types::ClientCapabilities::default()))
    }

    /// Keeps what the client can take.
    pub(super) fn set_features(&self, features: Features) -> &Features {
        self.features.get_or_init(|| features)
    }

    /// How the client counts columns.
    pub(super) fn encoding(&self) -> Encoding {
        self.features().encoding
    }

    /// The settings of this moment.
    pub(super) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps new settings and says what of them was not understood.
    pub(super) fn set_settings(&self, (settings, complaints): (Settings, Vec<String>)) {
        for complaint in complaints {
            self.tell(MessageType::WARNING, complaint);
        }
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
        self.folders.clear();
        self.documents.forget_readings();
    }

    /// Reads the configurations anew, at the next need, and has every document looked at again.
    pub(super) fn reconfigure(&self) {
        self.workspace.configs.clear();
        self.folders.clear();
        self.documents.forget_readings();
        self.send(Outgoing::Settings);
    }

    /// Reads the files of a document's folder anew and has the open documents there looked at again.
    pub(super) fn look_beside(&self, uri: &Uri) {
        let Some(folder) = shared_folder(uri) else { return };
        self.folders.forget(uri);
        self.documents.forget_folder(&folder);
        if self.features().pulls {
            return self.send(Outgoing::Refresh);
        }
        for open in self.documents.in_folder(&folder) {
            self.send(Outgoing::Touched(Uri::clone(&open.uri)));
        }
    }

    /// What ships with the program. Read at the first need, so that starting up does not wait for it.
    pub(super) fn catalog(&self) -> &Arc<Catalog> {
        self.catalog.get_or_init(|| Arc::new(Catalog::builtin()))
    }

    /// Hands something to the task that talks to the client; never waits.
    pub(super) fn send(&self, outgoing: Outgoing) {
        // It is gone only when the server is ending.
        let _ = self.outgoing.send(outgoing);
    }

    /// Logs a line, here and in the client.
    pub(super) fn tell(&self, level: MessageType, line: String) {
        log(&line);
        self.send(Outgoing::Log(level, line));
    }

    /// Computes something about a document's newest version; `None` where it is not open or the computation failed.
    pub(super) async fn about<T: Send + 'static>(
        self: &Arc<Self>,
        feature: &'static str,
        url: Url,
        snapshot: Option<Arc<Snapshot>>,
        compute: impl FnOnce(&View<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        let snapshot = snapshot?;
        let subject = format!("{feature} of {}", snapshot.uri);
        self.compute(subject, move |state| {
            let reading = snapshot.reading(|uri| terms::of(state, uri), |terms| folders::beside(state, &snapshot, terms));
            state.sabotage.at(reading.analysis.document().text());
            compute(&View { url, features: state.features(), state, snapshot: &snapshot, reading })
        })
        .await
    }

    /// Computes something on another thread; `None` where that panicked, which is logged with what it was about, and no more.
    pub(super) async fn compute<T: Send + 'static>(
        self: &Arc<Self>,
        subject: impl Into<Cow<'static, str>>,
        compute: impl FnOnce(&State) -> T + Send + 'static,
    ) -> Option<T> {
        let (state, subject) = (Arc::clone(self), subject.into());
        let task = tokio::task::spawn_blocking(move || {
            let answer = caught(|| compute(&state));
            answer.map_err(|cause| state.tell(MessageType::ERROR, format!("an answer failed, which is a bug: {subject}: {cause}"))).ok()
        });
        Abandon(task).await_answer().await
    }
}

/// Takes a computation off the queue when nobody waits for it any more: the request was cancelled.
struct Abandon<T>(JoinHandle<Option<T>>);

impl<T> Abandon<T> {
    async fn await_answer(mut self) -> Option<T> {
        (&mut self.0).await.ok().flatten()
    }
}

impl<T> Drop for Abandon<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// One version of a document with all that is needed to answer about it.
pub(super) struct View<'s> {
    /// The URI as it goes back to the client in an answer.
    pub(super) url: Url,
    pub(super) features: &'s Features,
    state: &'s State,
    snapshot: &'s Snapshot,
    reading: &'s Reading,
}

impl View<'_> {
    /// The document, understood.
    pub(super) fn analysis(&self) -> &Analysis {
        &self.reading.analysis
    }

    /// The document's text.
    pub(super) fn text(&self) -> &str {
        self.reading.analysis.document().text()
    }

    /// Where its lines begin.
    pub(super) fn lines(&self) -> &Lines {
        &self.reading.lines
    }

    /// The documents of the folder that lend to one another.
    pub(super) fn together(&self) -> Vec<Uri> {
        if self.reading.module.len() == 1 {
            return Vec::new();
        }
        let involved = self.analysis().module().involved();
        involved.into_iter().filter_map(|index| self.reading.module.get(index)).map(|(uri, _)| Uri::clone(uri)).collect()
    }

    /// A place in a document of the module as the client knows it; `None` where its URI cannot be told as it is.
    pub(super) fn location(&self, document: usize, range: &Range<usize>) -> Option<Location> {
        let (uri, lines) = self.reading.module.get(document)?;
        let (beside, _) = self.analysis().module().document(document)?;
        let url = Url::parse(uri).ok().filter(|url| url.as_str() == &**uri)?;
        Some(Location::new(url, positions::range(beside.text(), lines, range, self.features.encoding)))
    }

    /// The client's number of the version.
    pub(super) fn version(&self) -> i32 {
        self.snapshot.version
    }

    /// What is set for the document.
    pub(super) fn settings(&self) -> &Settings {
        &self.reading.terms.settings
    }

    /// The findings that the settings let through. A rule that fails is logged, once a version, and costs its own findings.
    pub(super) fn findings(&self) -> &[Finding] {
        let state = self.state;
        let failed = |failure: &Failure| {
            let Failure { rule, cause } = failure;
            state.tell(MessageType::ERROR, format!("a rule failed, which is a bug: `{rule}` at {}: {cause}", self.snapshot.uri));
        };
        self.snapshot.findings(self.reading, |rule| state.sabotage.before(rule), failed)
    }
}
