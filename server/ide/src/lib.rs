//! Meaning → features: what an editor or a terminal shows about a document.
//!
//! Everything here is a pure function of an [`Analysis`]: no IO, no clock, no failure. Positions are byte offsets of the
//! document; the server turns them into what its client speaks.

mod analysis;
mod completion;
mod diagnostics;
mod explain;
mod finding;
mod hover;
pub mod markdown;

pub use analysis::Analysis;
pub use completion::{Completion, CompletionKind, Completions};
pub use diagnostics::{Rule, rules};
pub use explain::{Explanation, explain};
pub use finding::{Finding, Fix, Severity, TextEdit};
pub use hover::Hover;
