//! What must hold whatever comes in. Each function here panics where it does not; the targets feed them.

mod features;
#[allow(dead_code, reason = "the server's own file, of which edits need a part")]
#[path = "../../../server/src/lines.rs"]
mod lines;
mod lsp;
mod trees;

pub use features::{Case, Repetition, answers_are_sound, growth_is_linear};
pub use lsp::{Script, edits_follow_the_specification, only_sound_messages_pass};
pub use trees::tree_is_sound;
