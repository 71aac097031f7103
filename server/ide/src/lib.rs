//! DocumentModel → features: what an editor or a terminal shows about a document.
//!
//! Everything here is a pure function of an [`Analysis`]: no IO, no clock, no failure. Positions are byte offsets of the
//! document; the server converts them to what its client expects.
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
//! The crate is the whole checker without its command line: a program passes the text in and shows the results. It needs the
//! catalogue and the readers beside it, all of the same revision:
//!
//! ```toml
//! [dependencies]
//! connect-policy-catalog = { git = "https://github.com/connect-policy/connect-policy" }
//! connect-policy-ide = { git = "https://github.com/connect-policy/connect-policy" }
//! connect-policy-syntax = { git = "https://github.com/connect-policy/connect-policy" }
//! ```
//!
//! - Findings and their fixes: [`Analysis::diagnostics`]; [`rules`] lists all rules. An embedder that must not fail if a rule
//!   panics uses [`Analysis::guarded_diagnostics`].
//! - Who may do what: [`Analysis::report`], and [`report::Report::since`] for what a change grants.
//! - At a cursor: [`Analysis::completions`], [`Analysis::hover`], [`Analysis::quick_fixes`], [`Analysis::rewrites`].
//! - About a name without a document: [`explain`].
//! - Several files that refer to one another (Terraform's locals): a [`AnalyzedDocument`] of each, put together by [`Module::link`], and
//!   [`Analysis::within`] for each of them, or [`ModuleFindings::compute`] for the findings of all.
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
//! let mut fixed = text.to_owned();
//! fixed.replace_range(edit.range.clone(), &edit.new_text);
//! assert_eq!(fixed, text.replace("DescribeUsr", "DescribeUser"));
//!
//! let offered = analysis.completions(text.find("Usr").expect("the typo")).items;
//! assert!(offered.iter().any(|item| item.label == "connect:DescribeUser"));
//! ```
//!
//! `examples/embedded.rs` is a checker of forty lines on it.

mod analysis;
mod assists;
mod code_lens;
mod completion;
mod context;
mod describe;
mod diagnostics;
mod display_name;
mod explain;
mod finding;
mod hover;
mod inlay_hints;
pub mod markdown;
mod navigation;
mod panic_guard;
pub mod report;
mod resources;
mod rewrites;
pub mod search;
pub mod skeletons;
mod statement_edits;
mod symbols;
mod task_coverage;
pub mod writing;

pub use analysis::Analysis;
pub use code_lens::CodeLens;
pub use completion::{Completion, CompletionKind, CompletionTrigger, Completions, FilePurpose};
pub use connect_policy_model::{AnalyzedDocument, Module, Scope};
pub use diagnostics::meta::{FixAvailability, RuleGroup, RuleMeta, RuleUnit};
pub use diagnostics::registry::rules;
pub use diagnostics::runner::ModuleFindings;
pub use explain::{Explanation, explain};
pub use finding::{Applicability, Finding, Fix, Related, Severity, TextEdit};
pub use hover::Hover;
pub use inlay_hints::InlayHint;
pub use navigation::Location;
pub use panic_guard::{CheckOutcome, RulePanic, catch_panic};
pub use rewrites::Rewrite;
pub use symbols::{DocumentSymbol, SymbolKind};
