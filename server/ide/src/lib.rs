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
//!
//! # Inside another program
//!
//! The crate is the whole checker without its command line: a program brings the text, and shows what comes. It needs the
//! catalogue and the readers beside it, all of the same revision:
//!
//! ```toml
//! [dependencies]
//! connect-policy-catalog = { git = "https://github.com/connect-policy/connect-policy" }
//! connect-policy-ide = { git = "https://github.com/connect-policy/connect-policy" }
//! connect-policy-syntax = { git = "https://github.com/connect-policy/connect-policy" }
//! ```
//!
//! - What is wrong, and what mends it: [`Analysis::diagnostics`]; [`rules`] lists what may be found. An embedder that must not
//!   fall with a rule takes [`Analysis::guarded_diagnostics`].
//! - Who may do what: [`Analysis::report`], and [`report::Report::since`] for what a change gives.
//! - At a cursor: [`Analysis::completions`], [`Analysis::hover`], [`Analysis::quick_fixes`], [`Analysis::rewrites`].
//! - Of a name alone: [`explain`].
//! - Several files that refer to one another (Terraform's locals): a [`Part`] of each, put together by [`Module::of`], and
//!   [`Analysis::within`] for each of them.
//!
//! ```
//! # use std::sync::Arc;
//! # use connect_policy_catalog::Catalog;
//! # use connect_policy_ide::Analysis;
//! # use connect_policy_syntax::{Document, Format};
//! let text = r#"{"Effect": "Allow", "Action": "connect:DescribeUsr", "Resource": "*"}"#;
//! let analysis = Analysis::new(Document::read(text, Format::Json), Arc::new(Catalog::builtin()));
//!
//! let edit = &analysis.diagnostics()[0].fixes[0].edits[0];
//! let mut mended = text.to_owned();
//! mended.replace_range(edit.range.clone(), &edit.new_text);
//! assert_eq!(mended, text.replace("DescribeUsr", "DescribeUser"));
//!
//! let offered = analysis.completions(text.find("Usr").expect("the typo")).items;
//! assert!(offered.iter().any(|item| item.label == "connect:DescribeUser"));
//! ```
//!
//! `examples/embedded.rs` is a checker of forty lines on it.

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
pub mod skeletons;
pub mod writing;

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
