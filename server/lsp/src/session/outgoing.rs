//! What is to be sent to the client unasked.

use std::time::Instant;

use tower_lsp::lsp_types::MessageType;

use crate::session::uri::Uri;

/// Something for the task that talks to the client.
#[derive(Debug)]
pub(crate) enum ClientMessage {
    /// A document was opened, changed or closed.
    Touched(Uri),
    /// Findings on an entry of a document wait until then at the latest, unless it is edited again.
    Waiting(Uri, Instant),
    /// A document was saved, so that no finding waits.
    Released(Uri),
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
