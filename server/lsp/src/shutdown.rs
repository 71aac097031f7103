//! What ends the server, and how it ends.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tokio::sync::Notify;

use crate::wire::parent_process;

/// How often the client's process is looked for.
const WATCH: Duration = Duration::from_secs(1);

/// What the parts that may end the server tell each other.
#[derive(Debug, Default)]
pub(crate) struct Shutdown {
    /// Whether the client has asked to shut down, which is what makes an exit a success.
    pub(crate) is_asked_for: AtomicBool,
    /// The input has ended.
    pub(crate) input_ended: Notify,
    /// The client's process is gone.
    pub(crate) client_gone: Notify,
}

impl Shutdown {
    /// Ends the server when a process is gone. One that is not there in the first place is not watched: the client may run
    /// in another container, with other numbers.
    pub(crate) fn watch(self: &Arc<Self>, pid: u32) {
        if !parent_process::is_alive(pid) {
            return;
        }
        let shutdown = Arc::clone(self);
        tokio::spawn(async move {
            while parent_process::is_alive(pid) {
                tokio::time::sleep(WATCH).await;
            }
            shutdown.client_gone.notify_one();
        });
    }
}
