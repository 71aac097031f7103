//! The one task that talks to the client without being asked.
//!
//! Handlers hand over what is to be sent and never wait for the client. Of a document that changes faster than it is read
//! the versions between are left out; the newest is always sent, empty or not.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Notification;
use tower_lsp::lsp_types::{ConfigurationItem, MessageType, Url};

use super::answers::{State, View};
use super::documents::{Uri, shared_folder};
use super::verbatim;
use super::watch::Watched;
use crate::settings::{SECTION, Settings};

/// How long the client may take to answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// What is to be sent.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A document was opened, changed or closed.
    Touched(Uri),
    /// Settings have changed.
    Settings,
    /// Files have changed on which answers rest.
    Refresh,
    /// A line for the client's log.
    Log(MessageType, String),
    /// The settings are to be asked for.
    AskSettings,
    /// The files that matter besides documents are to be watched.
    Watch,
}

/// Sends until the server ends.
pub(super) async fn run(client: Client, state: Arc<State>, mut outgoing: mpsc::UnboundedReceiver<Outgoing>) {
    let mut touched = Touched::default();
    let mut watched = Watched::default();
    let mut folders = Together::default();
    while let Some(first) = outgoing.recv().await {
        let mut next = Some(first);
        // Everything that waits is looked at before the first document is read, and again after each.
        while next.is_some() || !touched.0.is_empty() {
            match next {
                Some(Outgoing::Touched(uri)) => touched.add(uri, true),
                Some(Outgoing::Settings) => {
                    refresh(&client, &state);
                    // Only what a client does not ask for itself is sent.
                    if !state.features().pulls {
                        state.documents.uris().into_iter().for_each(|uri| touched.add(uri, false));
                    }
                }
                Some(Outgoing::Refresh) => refresh(&client, &state),
                Some(Outgoing::Log(level, line)) => client.log_message(level, line).await,
                Some(Outgoing::AskSettings) => ask_settings(&client, &state),
                Some(Outgoing::Watch) => watched.update(&client, &state),
                None => {
                    let (uri, is_changed) = touched.0.remove(0);
                    let together = publish(&client, &state, &uri).await;
                    let concerned = if is_changed { folders.concerned(&uri, together) } else { Vec::new() };
                    // Files that nobody has open are none of the editor's.
                    concerned.into_iter().filter(|other| state.documents.is_open(other)).for_each(|other| touched.add(other, false));
                }
            }
            next = outgoing.try_recv().ok();
        }
    }
}

/// Documents that wait, each once, in the order of their first touch, and whether they changed themselves.
#[derive(Default)]
struct Touched(Vec<(Uri, bool)>);

impl Touched {
    fn add(&mut self, uri: Uri, is_changed: bool) {
        match self.0.iter_mut().find(|(waiting, _)| *waiting == uri) {
            Some((_, known)) => *known |= is_changed,
            None => self.0.push((uri, is_changed)),
        }
    }
}

/// The documents of each folder that lend to one another, as they were when one of them was read last.
#[derive(Default)]
struct Together(HashMap<Uri, Vec<Uri>>);

impl Together {
    /// The documents for which a change of one of them matters; `now` are those that lend to one another now.
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

/// Sends a document's diagnostics, unless it has changed meanwhile: then its touch waits already. Gives the documents of its
/// folder that lend to one another.
async fn publish(client: &Client, state: &Arc<State>, uri: &Uri) -> Vec<Uri> {
    if state.features().pulls {
        return Vec::new();
    }
    let Some(snapshot) = state.documents.snapshot(uri) else {
        send(client, uri, None, None).await;
        return Vec::new();
    };
    let Some(url) = any_url() else { return Vec::new() };
    let compute = |view: &View<'_>| (verbatim::packed(&view.diagnostics()), view.together());
    let (diagnostics, together) = state.about("diagnostics", url, Some(Arc::clone(&snapshot)), compute).await.unwrap_or_default();
    if state.documents.is_current(&snapshot) {
        let version = Some(snapshot.version).filter(|_| state.features().versioned_diagnostics);
        send(client, uri, version, diagnostics).await;
    }
    together
}

/// A view needs a URL for edits only, and diagnostics have none.
fn any_url() -> Option<Url> {
    Url::parse("untitled:").ok()
}

/// Sends diagnostics that were packed; none where they failed.
async fn send(client: &Client, uri: &Uri, version: Option<i32>, diagnostics: Option<String>) {
    let Some(diagnostics) = diagnostics.or_else(|| verbatim::packed(&json!([]))) else { return };
    client.send_notification::<PublishDiagnostics>(PublishParams { uri: uri.to_string(), version, diagnostics }).await;
}

/// `textDocument/publishDiagnostics`, with the URI as the client wrote it.
enum PublishDiagnostics {}

#[derive(Serialize, Deserialize)]
struct PublishParams {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    /// See `verbatim`.
    diagnostics: String,
}

impl Notification for PublishDiagnostics {
    type Params = PublishParams;
    const METHOD: &'static str = "textDocument/publishDiagnostics";
}

/// Has the client ask again for all that it asks for. Beside this task, which must not wait for an answer.
fn refresh(client: &Client, state: &Arc<State>) {
    let refreshed = state.features().refreshed;
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

fn ask_settings(client: &Client, state: &Arc<State>) {
    let client = client.clone();
    let state = Arc::clone(state);
    tokio::spawn(async move {
        let items = vec![ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) }];
        let Ok(Ok(answers)) = tokio::time::timeout(PATIENCE, client.configuration(items)).await else { return };
        if let Some(section) = answers.first() {
            state.set_settings(Settings::read(section));
            state.send(Outgoing::Settings);
        }
    });
}
