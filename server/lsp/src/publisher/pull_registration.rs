//! Tells a client anew what it can ask for when the setting for it has changed.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::time::timeout;
use tower_lsp::Client;
use tower_lsp::lsp_types::{Registration, Unregistration};

use crate::publisher::watch::PATIENCE;
use crate::session::Session;
use crate::session::capabilities::{PULL_REGISTRATION, pull_registration};

const METHOD: &str = "textDocument/diagnostic";

/// Whether workspace diagnostics are registered with the client after its start.
#[derive(Debug, Default)]
pub(crate) struct PullRegistration(Arc<Mutex<Option<bool>>>);

impl PullRegistration {
    /// Tells the client what it can ask for, if that has changed. Beside the publisher's task, which must not wait for an answer.
    pub(crate) fn update(&self, client: &Client, session: &Arc<Session>) {
        if !session.features().registers_diagnostics {
            return;
        }
        let (client, session, registered) = (client.clone(), Arc::clone(session), Arc::clone(&self.0));
        tokio::spawn(async move {
            // One after another, each by the settings of its time.
            let mut registered = registered.lock().await;
            let wanted = session.settings().check_workspace;
            if registered.unwrap_or_else(|| session.check.is_declared()) == wanted {
                return;
            }
            *registered = Some(wanted);
            let (id, method) = (PULL_REGISTRATION.to_owned(), METHOD.to_owned());
            let old = vec![Unregistration { id: id.clone(), method: method.clone() }];
            let register_options = serde_json::to_value(pull_registration(wanted)).ok();
            let new = vec![Registration { id, method, register_options }];
            let telling = async {
                let _ = client.unregister_capability(old).await;
                let _ = client.register_capability(new).await;
            };
            let _ = timeout(PATIENCE, telling).await;
        });
    }
}
