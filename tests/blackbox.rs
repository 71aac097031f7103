//! Black-box tests over the real binary: what an editor and a shell get from it.
//!
//! They wait for messages and for the end of processes, never for time to pass. `findings` needs rules that report something;
//! all others hold for a server without rules. `CONNECT_POLICY_TEST_PROGRAM=PATH` tests another build of the program, for
//! instance the one that a release ships.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the right answer, in its helpers too")]

mod support;

mod cli {
    mod catalog;
    mod check;
    mod config;
    mod explain;
    mod habits;
    mod new;
    mod report;
    mod schemas;
    mod tour;
}
mod faults;
mod findings {
    mod baseline;
    mod check;
    mod fix;
    mod lsp;
    mod output;
}
mod golden;
mod lsp {
    mod agents;
    mod clients;
    mod diagnostics;
    mod documents;
    mod lifecycle;
    mod modules;
    mod order;
    mod requests;
    mod rewrites;
    mod soak;
    mod triggers;
    mod typing;
    mod workspace;
}
mod repository {
    mod generated;
    mod plain_english;
    mod supply;
}
mod systems {
    mod file_uris;
    mod line_ends;
    mod paths;
}
