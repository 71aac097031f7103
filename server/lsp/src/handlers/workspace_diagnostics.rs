//! What is wrong in the whole workspace.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use connect_policy_ide::catch_panic;
use connect_policy_project::{Origin, Source};
use tower_lsp::lsp_types::{
    FullDocumentDiagnosticReport, MessageType, PreviousResultId, ProgressToken, UnchangedDocumentDiagnosticReport, Url,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::request_context::RequestContext;
use crate::session::Session;
use crate::session::check_plan::CheckPlan;
use crate::session::uri::{Uri, key, path};
use crate::session::workspace_check::Turn;
use crate::session::workspace_files::{FileDiagnostics, FileGroup};
use crate::to_proto::diagnostics;
use crate::wire::progress::{WorkDone, send_part};

/// How long files are checked before what was found is sent, and before a cancellation is noticed.
const BATCH: Duration = Duration::from_millis(50);

/// `workspace/diagnostic`
pub(crate) async fn workspace_diagnostic(session: &Arc<Session>, params: WorkspaceDiagnosticParams) -> WorkspaceDiagnosticReportResult {
    let partial = params.partial_result_params.partial_result_token;
    let previous = params.previous_result_ids.into_iter().map(|known| (place(&key(&known.uri)), known)).collect();
    let mut request = WorkspaceRequest { session, partial, previous, is_cancelled: Cancelled::default() };
    let title = "Checking policies";
    let progress = params.work_done_progress_params.work_done_token.filter(|_| session.checks_workspace());
    let mut progress = progress.map(|token| WorkDone::begin(session.outbox.clone(), token, title));
    let turn = session.check.begin();
    let mut is_first = true;
    loop {
        let mark = session.check.mark();
        if !session.checks_workspace() {
            return request.cleared();
        }
        let mut answer = request.answer(&turn, is_first, progress.as_ref()).await;
        if turn.has_ended() {
            // The newer request contains what is known already.
            answer.unchanged.clear();
        }
        if answer.is_news || request.partial.is_none() || !session.check.has_answered() || turn.has_ended() {
            return request.finish(answer);
        }
        (progress, is_first) = (None, false);
        turn.wait(mark, session.check_pause()).await;
        if turn.has_ended() {
            return report(Vec::new());
        }
    }
}

/// What a document is known by: its path, or else its URI.
fn place(uri: &str) -> PathBuf {
    path(uri).unwrap_or_else(|| PathBuf::from(uri))
}

fn report(items: Vec<WorkspaceDocumentDiagnosticReport>) -> WorkspaceDiagnosticReportResult {
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
}

/// Marks the request as cancelled when it goes out of scope.
#[derive(Default)]
struct Cancelled(Arc<AtomicBool>);

impl Drop for Cancelled {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// A request for the findings of the workspace.
struct WorkspaceRequest<'s> {
    session: &'s Arc<Session>,
    /// Where parts of the answer go.
    partial: Option<ProgressToken>,
    /// What the client has.
    previous: HashMap<PathBuf, PreviousResultId>,
    is_cancelled: Cancelled,
}

/// What was found in one document.
struct DocumentReport {
    place: PathBuf,
    url: Url,
    version: Option<i64>,
    found: Arc<FileDiagnostics>,
}

/// An answer as far as it was not sent.
#[derive(Default)]
struct Answer {
    full: Vec<WorkspaceDocumentDiagnosticReport>,
    unchanged: Vec<WorkspaceDocumentDiagnosticReport>,
    /// Whether something is in it that the client does not have.
    is_news: bool,
    seen: HashSet<PathBuf>,
    /// The documents that were closed before.
    closed: HashSet<Uri>,
    closed_places: HashSet<PathBuf>,
    is_complete: bool,
}

impl WorkspaceRequest<'_> {
    /// Checks what has changed, and reports what the client does not have.
    async fn answer(&mut self, turn: &Turn<'_>, is_first: bool, progress: Option<&WorkDone>) -> Answer {
        let closed = self.session.check.closed();
        let closed_places = closed.iter().map(|uri| place(uri)).collect();
        let mut answer = Answer { closed, closed_places, ..Answer::default() };
        let cancelled = Arc::clone(&self.is_cancelled.0);
        let plan = move |session: &Session| session.plan_check(is_first, || cancelled.load(Ordering::Acquire));
        let Some(plan) = self.session.run_blocking("looking for files to check", plan).await.flatten() else { return answer };
        let plan = Arc::new(plan);
        let count = plan.groups.iter().map(|group| group.files.len()).sum();
        let (mut next, mut done) = (0, 0);
        while next < plan.groups.len() {
            if turn.has_ended() {
                return answer;
            }
            let (of_batch, cancelled) = (Arc::clone(&plan), Arc::clone(&self.is_cancelled.0));
            let batch = move |session: &Session| batch(session, &of_batch, next, &cancelled);
            let Some((end, reports)) = self.session.run_blocking("checking the workspace", batch).await else { return answer };
            done += plan.groups[next..end].iter().map(|group| group.files.len()).sum::<usize>();
            next = end;
            reports.into_iter().for_each(|report| self.add(&mut answer, report));
            self.send(&mut answer.full);
            if let Some(progress) = progress {
                progress.report(done, count, "files");
            }
        }
        self.add_others(&mut answer, &plan).await;
        answer.is_complete = true;
        answer
    }

    /// Adds what was found in a document, unless the client has it.
    fn add(&self, answer: &mut Answer, report: DocumentReport) {
        let DocumentReport { place, url: uri, version, found } = report;
        let previous = self.previous.get(&place);
        let result_id = found.result_id.clone();
        if previous.is_some_and(|previous| previous.value == result_id) {
            let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
            let report = WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report };
            answer.unchanged.push(report.into());
        } else if previous.is_some() || !found.items.is_empty() || answer.closed_places.contains(&place) {
            let items = found.items.clone();
            let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
            answer.full.push(WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }.into());
            answer.is_news = true;
        }
        answer.seen.insert(place);
    }

    /// Adds the documents that the client has something of and that are not among the files: open ones as they are, and of the
    /// others that there is nothing.
    async fn add_others(&self, answer: &mut Answer, plan: &CheckPlan) {
        let known = self.previous.values().map(|known| known.uri.clone());
        let closed = answer.closed.iter().filter_map(|uri| Url::parse(uri).ok());
        for url in known.chain(closed).collect::<Vec<_>>() {
            let (uri, place) = (key(&url), place(&key(&url)));
            if !answer.seen.insert(place.clone()) {
                continue;
            }
            if plan.open.contains_key(&place) || self.session.documents.is_open(&uri) {
                // A client that knows only files does not need others.
                if self.previous.contains_key(&place) {
                    let of_document = move |session: &Session| open_report(session, &uri, place);
                    let open = self.session.run_blocking("checking an open document", of_document).await.flatten();
                    open.into_iter().for_each(|report| self.add(answer, report));
                }
                continue;
            }
            answer.full.push(nothing(url));
            answer.is_news = true;
        }
    }

    /// Sends what there is, if the client takes parts of an answer.
    fn send(&self, items: &mut Vec<WorkspaceDocumentDiagnosticReport>) {
        if let Some(token) = &self.partial
            && !items.is_empty()
        {
            send_part(&self.session.outbox, token, &WorkspaceDiagnosticReport { items: std::mem::take(items) });
        }
    }

    /// The end of an answer; what a client takes in parts is not in it.
    fn finish(&self, answer: Answer) -> WorkspaceDiagnosticReportResult {
        if answer.is_complete {
            self.session.check.answered(&answer.closed);
        }
        let mut items = answer.full;
        items.extend(answer.unchanged);
        self.send(&mut items);
        report(items)
    }

    /// The answer while nothing is checked: what the client has is gone.
    fn cleared(&self) -> WorkspaceDiagnosticReportResult {
        let known = self.previous.values().filter(|known| !self.session.documents.is_open(&key(&known.uri)));
        let mut items = known.map(|known| nothing(known.uri.clone())).collect();
        self.send(&mut items);
        report(items)
    }
}

/// Reports that a document has no findings, and that it is complete.
fn nothing(uri: Url) -> WorkspaceDocumentDiagnosticReport {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport::default();
    WorkspaceFullDocumentDiagnosticReport { uri, version: None, full_document_diagnostic_report }.into()
}

/// Checks groups of files from one on, for a moment, and returns the next one.
fn batch(session: &Session, plan: &CheckPlan, first: usize, cancelled: &AtomicBool) -> (usize, Vec<DocumentReport>) {
    let start = Instant::now();
    let mut reports = Vec::new();
    let mut next = first;
    while next < plan.groups.len() && (next == first || start.elapsed() < BATCH) && !cancelled.load(Ordering::Acquire) {
        reports.extend(check_group(session, plan, &plan.groups[next]));
        next += 1;
    }
    (next, reports)
}

/// The findings of files that are read together, each in its text: that of the editor, or that of the disk.
fn check_group(session: &Session, plan: &CheckPlan, group: &FileGroup) -> Vec<DocumentReport> {
    let (open, closed): (Vec<&PathBuf>, Vec<&PathBuf>) = group.files.iter().partition(|file| plan.open.contains_key(*file));
    let inputs = plan.inputs(group);
    let found = session.check.known(&closed, &inputs).unwrap_or_else(|| {
        let sources: Vec<Source> = closed.iter().map(|&file| Source { path: file.clone(), origin: Origin::Found }).collect();
        let read = plan.project.read_together(&sources.iter().collect::<Vec<_>>());
        let check = |(index, file): (usize, &&PathBuf)| {
            let found = Arc::new(read.check(index).map_or_else(
                |_| FileDiagnostics::default(),
                |checked| {
                    for failure in &checked.failures {
                        session.report(MessageType::ERROR, format!("{}: {failure}", checked.path));
                    }
                    file_diagnostics(diagnostics::of_file(&checked, session.features()))
                },
            ));
            session.check.keep(file, &inputs, &found);
            found
        };
        closed.iter().enumerate().map(check).collect()
    });
    let on_disk = closed.into_iter().zip(found).filter_map(|(file, found)| {
        Some(DocumentReport { place: file.clone(), url: Url::from_file_path(file).ok()?, version: None, found })
    });
    let in_editor = open.into_iter().filter_map(|file| open_report(session, plan.open.get(file)?.uri(), file.clone()));
    on_disk.chain(in_editor).collect()
}

fn file_diagnostics(items: Vec<tower_lsp::lsp_types::Diagnostic>) -> FileDiagnostics {
    FileDiagnostics { result_id: diagnostics::result_id(&items), items }
}

/// The findings of an open document; `None` if its URI cannot be sent as it is.
fn open_report(session: &Session, uri: &Uri, place: PathBuf) -> Option<DocumentReport> {
    let url = Url::parse(uri).ok().filter(|url| url.as_str() == &**uri)?;
    let snapshot = session.documents.snapshot(uri)?;
    let items = catch_panic(|| {
        let context = RequestContext::new(url.clone(), session, &snapshot);
        session.faults.at(context.text());
        context.diagnostics().0
    });
    // What failed is logged when the client asks about the document itself.
    let found = Arc::new(file_diagnostics(items.unwrap_or_default()));
    Some(DocumentReport { place, url, version: Some(i64::from(snapshot.version())), found })
}
