//! The language server: documents of an editor, and what it is shown about them, over LSP.
//!
//! Everything that knows the protocol is here, and only here: messages on the wire (`wire`), what is open and how the client is to
//! be answered (`session`), a handler for each method (`handlers`), and the conversion of places and answers (`from_proto`,
//! `to_proto`, `positions`). What is said about a document comes from `connect-policy-project` and the crates below it.

mod from_proto;
mod handlers;
mod log;
mod options;
mod positions;
mod publisher;
mod request_context;
mod serve;
mod server;
mod session;
mod shutdown;
mod to_proto;
mod wire;

pub use options::Options;
pub use serve::run;
pub use wire::framing::{Frame, Frames};
