//! Black-box tests over the real binary: what an editor and a shell get from it.
//!
//! They wait for messages and for the end of processes, never for time to pass. Those whose names begin with `findings`
//! need rules that find something; all others hold for a server that knows none.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the right answer, in its helpers too")]

mod support;

mod catalog;
mod check;
mod cli_new;
mod clients;
mod config;
mod diagnostics;
mod documents;
mod explain;
mod faults;
mod findings_baseline;
mod findings_check;
mod findings_fix;
mod findings_lsp;
mod findings_output;
mod framing;
mod generated;
mod golden;
mod hostile;
mod lifecycle;
mod modules;
mod order;
mod panics;
mod report;
mod requests;
mod rewrites;
mod soak;
mod supply;
mod tour;
mod unusual_files;
