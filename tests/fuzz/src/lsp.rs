//! The server's own files: it is a program, so they cannot be had as a library.
#![allow(dead_code, reason = "the targets look at a part of each file")]

#[path = "../../../server/src/lsp/edits.rs"]
mod edits;
#[path = "../../../server/src/lsp/framing.rs"]
mod framing;
#[path = "../../../server/src/lsp/message.rs"]
mod message;
#[path = "../../../server/src/lsp/documents/model.rs"]
mod model;
#[path = "../../../server/src/lsp/positions.rs"]
mod positions;
mod script;
mod stream;

use positions::Encoding;

pub use script::{Script, edits_follow_the_specification};
pub use stream::only_sound_messages_pass;
