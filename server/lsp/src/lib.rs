//! The language server: everything that knows the protocol.

mod answers;
mod capabilities;
mod convert;
mod documents;
mod edits;
mod folders;
pub(crate) mod framing;
mod front;
mod glance;
mod inbox;
mod lifecycle;
mod message;
mod outbox;
mod parent;
mod positions;
mod publisher;
mod server;
mod terms;
mod verbatim;
mod watch;

pub(crate) use lifecycle::run;

use crate::sabotage::Sabotage;

/// How the server was started.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Whether to end when the process that the client named is gone.
    pub(crate) watch_parent: bool,
    /// Where to fail on purpose.
    pub(crate) sabotage: Sabotage,
}
