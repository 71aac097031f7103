//! What comes in and what must hold then. Each function here panics where it does not; the targets feed them.

mod cases;
mod lsp;
#[allow(dead_code, reason = "the server's own file, of which edits need a part")]
#[path = "../../../server/lsp/src/positions.rs"]
mod positions;
#[path = "../../../server/ide/tests/properties/answers.rs"]
mod properties;

pub use cases::{Case, Repetition, growth_is_linear};
pub use lsp::{Script, edits_follow_the_specification, only_sound_messages_pass};
pub use properties::tree_is_sound;
