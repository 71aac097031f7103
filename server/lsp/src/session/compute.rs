//! From a snapshot to an answer: computed beside the protocol's thread, and never taking the server down.

use std::borrow::Cow;
use std::sync::Arc;

use connect_policy_ide::catch_panic;
use tokio::task::JoinHandle;
use tower_lsp::lsp_types::{MessageType, Url};

use crate::request_context::RequestContext;
use crate::session::Session;
use crate::session::documents::Snapshot;
use crate::session::uri::key;

impl Session {
    /// Computes something about a document's newest version; `None` if it is not open or the computation failed. The version is
    /// taken before the first `.await`.
    pub(crate) async fn with_analysis<T: Send + 'static>(
        self: &Arc<Self>,
        feature: &'static str,
        url: Url,
        compute: impl FnOnce(&RequestContext<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        let snapshot = self.documents.snapshot(&key(&url))?;
        self.with_snapshot(feature, url, snapshot, compute).await
    }

    /// Computes something about a version of a document; `None` if that failed.
    pub(crate) async fn with_snapshot<T: Send + 'static>(
        self: &Arc<Self>,
        feature: &'static str,
        url: Url,
        snapshot: Arc<Snapshot>,
        compute: impl FnOnce(&RequestContext<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        let subject = format!("{feature} of {}", snapshot.uri());
        self.run_blocking(subject, move |session| {
            let context = RequestContext::new(url, session, &snapshot);
            session.faults.at(context.text());
            compute(&context)
        })
        .await
    }

    /// Computes something on another thread; `None` if that panicked, which is logged with what it was about, and no more.
    pub(crate) async fn run_blocking<T: Send + 'static>(
        self: &Arc<Self>,
        subject: impl Into<Cow<'static, str>>,
        compute: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Option<T> {
        let (session, subject) = (Arc::clone(self), subject.into());
        let task = tokio::task::spawn_blocking(move || {
            let answer = catch_panic(|| compute(&session));
            answer.map_err(|cause| session.report(MessageType::ERROR, format!("an answer failed, which is a bug: {subject}: {cause}"))).ok()
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
