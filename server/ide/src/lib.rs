//! Meaning → features: what an editor or a terminal shows about a document.
//!
//! Everything here is a pure function of an [`Analysis`]: no IO, no clock, no failure. Positions are byte offsets of the
//! document; the server turns them into what its client speaks.
//!
//! ```
//! use std::sync::Arc;
//! use connect_policy_catalog::Catalog;
//! use connect_policy_ide::Analysis;
//! use connect_policy_syntax::{Document, Format};
//!
//! let text = r#"{"Effect": "Allow", "Action": "connect:DescribeUsr", "Resource": "*"}"#;
//! let analysis = Analysis::new(Document::read(text, Format::Json), Arc::new(Catalog::builtin()));
//! let findings = analysis.diagnostics();
//! assert_eq!(findings[0].rule, "unknown-action");
//! assert_eq!(&text[findings[0].range.clone()], "connect:DescribeUsr");
//! ```

mod analysis;
mod assists;
mod completion;
mod coverage;
mod describe;
mod diagnostics;
mod explain;
mod failure;
mod finding;
mod glance;
mod hover;
mod ignores;
pub mod markdown;
mod naming;
mod references;
pub mod report;
mod rewrites;

pub use analysis::Analysis;
pub use completion::{Completion, CompletionKind, Completions};
pub use connect_policy_model::{Module, Part, Scope};
pub use diagnostics::{Rule, rules};
pub use explain::{Explanation, explain};
pub use failure::{Failure, Outcome, caught};
pub use finding::{Finding, Fix, Related, Severity, TextEdit};
pub use glance::{Hint, Lens, Link, Symbol, SymbolKind};
pub use hover::Hover;
pub use references::Location;
pub use rewrites::Rewrite;
