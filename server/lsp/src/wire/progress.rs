//! `$/progress`: parts of an answer, and how far it has come.
//!
//! These messages go to the outbox and not through tower-lsp: there, the answer to a request may overtake what was sent before
//! it, and a client that has its answer listens to nothing more of that request.

use serde::Serialize;
use tower_lsp::lsp_types::{
    ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport, WorkspaceDiagnosticReport,
};

use crate::wire::outbox::Outbox;

#[derive(Serialize)]
struct Message<'m, T> {
    jsonrpc: &'static str,
    method: &'static str,
    params: Params<'m, T>,
}

#[derive(Serialize)]
struct Params<'m, T> {
    token: &'m ProgressToken,
    value: &'m T,
}

fn send(outbox: &Outbox, token: &ProgressToken, value: &impl Serialize) {
    let message = Message { jsonrpc: "2.0", method: "$/progress", params: Params { token, value } };
    if let Ok(body) = serde_json::to_vec(&message) {
        outbox.send(&body);
    }
}

/// Sends a part of an answer.
pub(crate) fn send_part(outbox: &Outbox, token: &ProgressToken, part: &WorkspaceDiagnosticReport) {
    send(outbox, token, part);
}

/// Work that a client shows the progress of. It has ended when this goes out of scope, finished or not.
#[derive(Debug)]
pub(crate) struct WorkDone {
    outbox: Outbox,
    token: ProgressToken,
}

impl WorkDone {
    /// Begins.
    pub(crate) fn begin(outbox: Outbox, token: ProgressToken, title: &str) -> WorkDone {
        let begin = WorkDoneProgressBegin { title: title.to_owned(), percentage: Some(0), ..WorkDoneProgressBegin::default() };
        send(&outbox, &token, &WorkDoneProgress::Begin(begin));
        WorkDone { outbox, token }
    }

    /// Tells how many of the steps are done.
    pub(crate) fn report(&self, done: usize, steps: usize, unit: &str) {
        let percentage = u32::try_from(done * 100 / steps.max(1)).ok();
        let message = Some(format!("{done} of {steps} {unit}"));
        let report = WorkDoneProgressReport { message, percentage, ..WorkDoneProgressReport::default() };
        send(&self.outbox, &self.token, &WorkDoneProgress::Report(report));
    }
}

impl Drop for WorkDone {
    fn drop(&mut self) {
        send(&self.outbox, &self.token, &WorkDoneProgress::End(WorkDoneProgressEnd::default()));
    }
}
