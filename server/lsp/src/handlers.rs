//! One function for each method of the protocol: convert, ask, convert back.
//!
//! Two rules hold in every handler. A notification changes the session before its first `.await`, of which it has none, because a
//! later message may overtake it there. And no handler waits for the client: that is the publisher's task.

pub(crate) mod code_action;
pub(crate) mod language;
pub(crate) mod navigation;
pub(crate) mod settings;
pub(crate) mod text_sync;
pub(crate) mod workspace_diagnostics;
