//! Messages on their way in and out: frames, their order and their limits, and what tower-lsp has to be spared.

pub(crate) mod framing;
pub(crate) mod inbox;
pub(crate) mod middleware;
pub(crate) mod outbox;
pub(crate) mod parent_process;
pub(crate) mod progress;
pub(crate) mod raw_json;
pub(crate) mod validate;
