//! The server's own files: as a library it shows one function only.
#![allow(dead_code, reason = "the targets look at a part of each file")]

#[path = "../../../server/lsp/src/session/edits.rs"]
mod edits;
#[path = "../../../server/lsp/src/wire/framing.rs"]
mod framing;
#[path = "../../../server/lsp/src/session/documents/model.rs"]
mod model;
mod script;
mod stream;
#[path = "../../../server/lsp/src/wire/validate.rs"]
mod validate;

pub use script::{Script, edits_follow_the_specification};
pub use stream::only_sound_messages_pass;
