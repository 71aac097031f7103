//! Computing beside the protocol's thread, without ever taking the server down.

use std::borrow::Cow;
use std::sync::Arc;

use connect_policy_ide::catch_panic;
use tokio::task::JoinHandle;
use tower_lsp::lsp_types::MessageType;

use crate::session::Session;

impl Session {
    /// Computes something on another thread; `None` if that panicked, which is logged with what it was about, and no more.
    pub(crate) async fn run_blocking<T: Send + 'static>(
        self: &Arc<Self>,
        subject: impl Into<Cow<'static, str>>,
        compute: impl FnOnce(&Session) -> T + Send + 'static,
    ) -> Option<T> {
        let (session, subject) = (Arc::clone(self), subject.into());
        let task = tokio::task::spawn_blocking(move || {
            let answer = catch_panic(|| compute(&session));
            answer
                .map_err(|cause| session.report(MessageType::ERROR, format!("internal error ({subject}): {cause}; please report this")))
                .ok()
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
