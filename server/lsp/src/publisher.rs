//! The one task that talks to the client without being asked.
//!
//! Handlers hand over what is to be sent and never wait for the client. Of a document that changes faster than it is read
//! the versions between are left out; the newest is always sent, empty or not.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use connect_policy_project::settings::{SECTION, Settings};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{ConfigurationItem, Url};

use crate::publisher::pull_registration::PullRegistration;
use crate::publisher::watch::{PATIENCE, Watched};
use crate::request_context::RequestContext;
use crate::session::Session;
use crate::session::documents::Currency;
use crate::session::outgoing::ClientMessage;
use crate::session::typing::PAUSE;
use crate::session::uri::{Uri, shared_folder};
use crate::wire::raw_json;

mod pull_registration;
mod watch;

/// Sends until the server ends.
pub(crate) async fn run(client: Client, session: Arc<Session>, mut outgoing: mpsc::UnboundedReceiver<ClientMessage>) {
    let mut dirty = DirtyDocuments::default();
    let mut watched = Watched::default();
    let mut folders = ModuleMembers::default();
    let registration = PullRegistration::default();
    let mut waiting = WaitingFindings::default();
    loop {
        let mut next = tokio::select! {
            message = outgoing.recv() => match message {
                None => return,
                message => message,
            },
            () = waiting.first_due() => None,
        };
        for uri in waiting.take_due(&session) {
            show(&client, &session, uri, &mut dirty);
        }
        // Everything that waits is looked at before the first document is read, and again after each.
        while next.is_some() || !dirty.order.is_empty() {
            match next {
                Some(ClientMessage::Touched(uri)) => {
                    waiting.forget(&uri);
                    dirty.add(uri, true);
                }
                Some(ClientMessage::Waiting(uri, until)) => waiting.add(uri, until),
                Some(ClientMessage::Released(uri)) => {
                    if waiting.forget(&uri) {
                        show(&client, &session, uri, &mut dirty);
                    }
                }
                Some(ClientMessage::Settings) => {
                    registration.update(&client, &session);
                    watched.update_settings(&client, &session);
                    refresh(&client, &session);
                    // Only what a client does not ask for itself is sent.
                    if !session.features().pulls {
                        session.documents.uris().into_iter().for_each(|uri| dirty.add(uri, false));
                    }
                }
                Some(ClientMessage::Refresh) => refresh(&client, &session),
                Some(ClientMessage::Log(level, line)) => client.log_message(level, line).await,
                Some(ClientMessage::AskSettings) => ask_settings(&client, &session),
                Some(ClientMessage::Watch) => watched.update(&client, &session),
                None => {
                    let Some((uri, is_changed)) = dirty.next() else { continue };
                    match publish(&client, &session, &uri, is_changed).await {
                        Published::Sent { linked, waits_until } => {
                            if let Some(until) = waits_until {
                                waiting.add(Uri::clone(&uri), until);
                            }
                            let concerned = if is_changed { folders.concerned(&uri, linked) } else { Vec::new() };
                            // Files that nobody has open are none of the editor's.
                            let open = concerned.into_iter().filter(|other| session.documents.is_open(other));
                            open.for_each(|other| dirty.add(other, false));
                        }
                        Published::Outdated => dirty.add(uri, is_changed),
                    }
                }
            }
            next = outgoing.try_recv().ok();
        }
    }
}

/// Documents that wait, each once, in the order of their first touch, and whether they changed themselves.
#[derive(Default)]
struct DirtyDocuments {
    order: VecDeque<Uri>,
    is_changed: HashMap<Uri, bool>,
}

impl DirtyDocuments {
    fn add(&mut self, uri: Uri, is_changed: bool) {
        match self.is_changed.get_mut(&uri) {
            Some(known) => *known |= is_changed,
            None => {
                self.order.push_back(Uri::clone(&uri));
                self.is_changed.insert(uri, is_changed);
            }
        }
    }

    /// The document that waits longest, and whether it changed itself.
    fn next(&mut self) -> Option<(Uri, bool)> {
        let uri = self.order.pop_front()?;
        let is_changed = self.is_changed.remove(&uri).unwrap_or(false);
        Some((uri, is_changed))
    }
}

/// The documents of each folder that refer to one another, as they were when one of them was read last.
#[derive(Default)]
struct ModuleMembers(HashMap<Uri, Vec<Uri>>);

impl ModuleMembers {
    /// The documents for which a change of one of them matters; `now` are those that refer to one another now.
    fn concerned(&mut self, changed: &Uri, now: Vec<Uri>) -> Vec<Uri> {
        let Some(folder) = shared_folder(changed) else { return Vec::new() };
        let before = self.0.insert(folder, now.clone()).unwrap_or_default();
        if !now.contains(changed) && !before.contains(changed) {
            return Vec::new();
        }
        let mut concerned: Vec<Uri> = before.into_iter().chain(now).filter(|uri| uri != changed).collect();
        concerned.sort_unstable();
        concerned.dedup();
        concerned
    }
}

/// Shows the findings of a document that have waited.
fn show(client: &Client, session: &Arc<Session>, uri: Uri, dirty: &mut DirtyDocuments) {
    if session.features().pulls { refresh_diagnostics(client, session) } else { dirty.add(uri, false) }
}

/// The documents with waiting findings, each with the moment at which all are shown.
#[derive(Default)]
struct WaitingFindings(HashMap<Uri, Instant>);

impl WaitingFindings {
    fn add(&mut self, uri: Uri, until: Instant) {
        self.0.insert(uri, until);
    }

    /// Whether findings of the document were waiting.
    fn forget(&mut self, uri: &Uri) -> bool {
        self.0.remove(uri).is_some()
    }

    /// Waits until the first moment; forever without one.
    async fn first_due(&self) {
        match self.0.values().min() {
            Some(&until) => tokio::time::sleep_until(until.into()).await,
            None => std::future::pending().await,
        }
    }

    /// The documents whose moment has come, unless they were edited again meanwhile.
    fn take_due(&mut self, session: &Session) -> Vec<Uri> {
        let now = Instant::now();
        let mut due: Vec<Uri> = self.0.iter().filter(|(_, until)| **until <= now).map(|(uri, _)| Uri::clone(uri)).collect();
        due.sort_unstable();
        due.retain(|uri| {
            self.0.remove(uri);
            let is_over = session.documents.typed_at(uri).is_none_or(|at| at + PAUSE <= now);
            if is_over {
                session.documents.release(uri);
            }
            is_over
        });
        due
    }
}

/// What became of a document's diagnostics.
enum Published {
    /// They were sent, or the document has changed and waits already. The documents of its folder that refer to one another, if
    /// they were asked for.
    /// Findings that are not among them wait until a moment at the latest.
    Sent { linked: Vec<Uri>, waits_until: Option<Instant> },
    /// Another document of the folder has changed meanwhile, so they may be different now.
    Outdated,
}

/// Sends a document's diagnostics, unless something has changed meanwhile.
async fn publish(client: &Client, session: &Arc<Session>, uri: &Uri, is_changed: bool) -> Published {
    let nothing = Published::Sent { linked: Vec::new(), waits_until: None };
    if session.features().pulls {
        return nothing;
    }
    let Some(snapshot) = session.documents.snapshot(uri) else {
        send(client, uri, None, None).await;
        return nothing;
    };
    let Some(url) = any_url() else { return nothing };
    let compute = move |context: &RequestContext<'_>| {
        let linked = if is_changed { context.linked_documents() } else { Vec::new() };
        let (diagnostics, waits_until) = context.diagnostics();
        (raw_json::encoded(&diagnostics), linked, waits_until)
    };
    let (diagnostics, linked, waits_until) =
        session.with_snapshot("diagnostics", url, Arc::clone(&snapshot), compute).await.unwrap_or_default();
    match session.documents.currency(&snapshot) {
        Currency::Newest => {
            let version = Some(snapshot.version()).filter(|_| session.features().versioned_diagnostics);
            send(client, uri, version, diagnostics).await;
        }
        Currency::Neighbour => return Published::Outdated,
        Currency::Old => return Published::Sent { linked, waits_until: None },
    }
    Published::Sent { linked, waits_until }
}

/// A context needs a URL for edits only, and diagnostics have none.
fn any_url() -> Option<Url> {
    Url::parse("untitled:").ok()
}

/// Sends diagnostics that were encoded; none if they failed.
async fn send(client: &Client, uri: &Uri, version: Option<i32>, diagnostics: Option<String>) {
    let Some(diagnostics) = diagnostics.or_else(|| raw_json::encoded(&json!([]))) else { return };
    client.send_notification::<PublishDiagnostics>(PublishParams { uri: uri.to_string(), version, diagnostics }).await;
}

/// `textDocument/publishDiagnostics`, with the URI as the client wrote it.
enum PublishDiagnostics {}

#[derive(Serialize, Deserialize)]
struct PublishParams {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    /// See `wire::raw_json`.
    diagnostics: String,
}

impl Notification for PublishDiagnostics {
    type Params = PublishParams;
    const METHOD: &'static str = "textDocument/publishDiagnostics";
}

/// Has the client ask again for all that it asks for. Beside this task, which must not wait for an answer.
fn refresh(client: &Client, session: &Arc<Session>) {
    let refreshed = session.features().refreshed;
    let client = client.clone();
    tokio::spawn(async move {
        // A client that refuses will ask at the next edit.
        if refreshed.diagnostics {
            let _ = tokio::time::timeout(PATIENCE, client.workspace_diagnostic_refresh()).await;
        }
        if refreshed.inlay_hints {
            let _ = tokio::time::timeout(PATIENCE, client.inlay_hint_refresh()).await;
        }
        if refreshed.code_lenses {
            let _ = tokio::time::timeout(PATIENCE, client.code_lens_refresh()).await;
        }
    });
}

/// Has the client ask again for diagnostics alone.
fn refresh_diagnostics(client: &Client, session: &Arc<Session>) {
    if session.features().refreshed.diagnostics {
        let client = client.clone();
        tokio::spawn(async move {
            let _ = tokio::time::timeout(PATIENCE, client.workspace_diagnostic_refresh()).await;
        });
    }
}

fn ask_settings(client: &Client, session: &Arc<Session>) {
    let client = client.clone();
    let session = Arc::clone(session);
    tokio::spawn(async move {
        let items = vec![ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) }];
        let Ok(Ok(answers)) = tokio::time::timeout(PATIENCE, client.configuration(items)).await else { return };
        if let Some(section) = answers.first() {
            session.set_settings(Settings::read(section));
            session.send(ClientMessage::Settings);
        }
    });
}
