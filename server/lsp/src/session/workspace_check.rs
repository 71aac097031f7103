//! The check of the whole workspace between requests for it: what is known, and who waits for news.
//!
//! A client that takes an answer in parts is not answered while there is nothing new to tell: its request stays open, and asking
//! every two seconds, as some do, costs nothing. Only the newest request goes on; those before it end with what they have.

use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use connect_policy_project::Project;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tower_lsp::lsp_types::MessageType;

use crate::session::Session;
use crate::session::open_files::{OpenFiles, OverlaidFiles};
use crate::session::uri::Uri;
use crate::session::workspace_files::{CheckedFiles, FileDiagnostics, FileGroup, Inputs, MAX_FILES, find};

/// How long nothing may change before changes are looked at: a checkout changes many files, and typing a document many times.
const SETTLE: Duration = Duration::from_millis(250);
/// So many changes are waited for, should they never end.
const MAX_SETTLING: usize = 8;

/// How often files are looked at while a request waits: where the client watches them, for what it does not see, as the files of
/// a folder that is moved.
const WATCHED_PAUSE: Duration = Duration::from_secs(60);
const UNWATCHED_PAUSE: Duration = Duration::from_secs(5);
/// Looking takes at most this part of the time.
const MAX_SHARE: u32 = 100;

/// The check of the whole workspace between requests for it.
#[derive(Debug)]
pub(crate) struct WorkspaceCheck {
    state: Mutex<State>,
    /// Counts what may change the answer.
    changes: watch::Sender<u64>,
    /// Counts requests.
    turns: watch::Sender<u64>,
    /// Whether files may have changed since they were looked at.
    is_stale: AtomicBool,
    /// Whether a request was ever answered to its end.
    has_answered: AtomicBool,
    waiting: AtomicUsize,
    /// Whether the client was told at its start that it can ask.
    is_declared: AtomicBool,
}

#[derive(Debug)]
struct State {
    /// Counts the changes of settings.
    epoch: u64,
    groups: Arc<[FileGroup]>,
    checked: CheckedFiles,
    /// Documents that were closed since the last answer: what the client shows of them may be of a text that is gone.
    closed: HashSet<Uri>,
    is_cut: bool,
    /// How long the last look at all files took.
    cost: Duration,
}

/// What one answer is made of.
#[derive(Debug)]
pub(crate) struct CheckPlan {
    pub(crate) project: Project,
    pub(crate) open: OpenFiles,
    pub(crate) groups: Arc<[FileGroup]>,
    epoch: u64,
}

impl CheckPlan {
    /// What the findings of a group are made of.
    pub(crate) fn inputs(&self, group: &FileGroup) -> Arc<Inputs> {
        Arc::new(Inputs::new(group, &self.open, self.epoch))
    }
}

impl Default for WorkspaceCheck {
    fn default() -> WorkspaceCheck {
        let state = State {
            epoch: 0,
            groups: Arc::default(),
            checked: CheckedFiles::default(),
            closed: HashSet::new(),
            is_cut: false,
            cost: Duration::ZERO,
        };
        WorkspaceCheck {
            state: Mutex::new(state),
            changes: watch::Sender::new(0),
            turns: watch::Sender::new(0),
            is_stale: AtomicBool::new(true),
            has_answered: AtomicBool::new(false),
            waiting: AtomicUsize::new(0),
            is_declared: AtomicBool::new(false),
        }
    }
}

impl WorkspaceCheck {
    /// Keeps whether the client was told at its start that it can ask.
    pub(crate) fn set_declared(&self, is_declared: bool) {
        self.is_declared.store(is_declared, Ordering::Relaxed);
    }

    /// Whether the client was told at its start that it can ask.
    pub(crate) fn is_declared(&self) -> bool {
        self.is_declared.load(Ordering::Relaxed)
    }

    /// Has whoever waits look again: a document has changed.
    pub(crate) fn wake(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Notes that files may have changed.
    pub(crate) fn mark_stale(&self) {
        self.is_stale.store(true, Ordering::Release);
        self.wake();
    }

    /// Notes that a file has changed, even if its stamp has not.
    pub(crate) fn forget_file(&self, path: &Path) {
        if let Some(folder) = path.parent() {
            self.lock().checked.forget_folder(folder);
        }
        self.mark_stale();
    }

    /// Notes that settings have changed, on which all findings rest.
    pub(crate) fn forget(&self) {
        self.lock().epoch += 1;
        self.mark_stale();
    }

    /// Notes that a document was closed.
    pub(crate) fn close(&self, uri: &Uri) {
        self.lock().closed.insert(Uri::clone(uri));
    }

    /// The documents that were closed since the last answer.
    pub(crate) fn closed(&self) -> HashSet<Uri> {
        self.lock().closed.clone()
    }

    /// Notes that a request was answered to its end, with these documents that had been closed.
    pub(crate) fn answered(&self, closed: &HashSet<Uri>) {
        self.lock().closed.retain(|uri| !closed.contains(uri));
        self.has_answered.store(true, Ordering::Release);
    }

    /// Whether a request was ever answered to its end.
    pub(crate) fn has_answered(&self) -> bool {
        self.has_answered.load(Ordering::Acquire)
    }

    /// What tells whether something has changed since now.
    pub(crate) fn mark(&self) -> u64 {
        *self.changes.borrow()
    }

    /// Whether a request waits for news.
    pub(crate) fn is_waited_for(&self) -> bool {
        self.waiting.load(Ordering::Acquire) > 0
    }

    /// Begins a request, which ends those before it.
    pub(crate) fn begin(&self) -> Turn<'_> {
        let mut number = 0;
        self.turns.send_modify(|count| {
            *count += 1;
            number = *count;
        });
        Turn { check: self, number }
    }

    /// What was found in files by the same inputs, if that is known of all of them.
    pub(crate) fn known(&self, files: &[&std::path::PathBuf], inputs: &Inputs) -> Option<Vec<Arc<FileDiagnostics>>> {
        self.lock().checked.known(files, inputs)
    }

    /// Keeps what was found in a file.
    pub(crate) fn keep(&self, file: &Path, inputs: &Arc<Inputs>, found: &Arc<FileDiagnostics>) {
        self.lock().checked.keep(file, inputs, Arc::clone(found));
    }

    /// The state stays whole when a holder panics: what is missing in it is made again.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub(crate) struct Turn<'c> {
    check: &'c WorkspaceCheck,
    number: u64,
}

impl Turn<'_> {
    /// Whether a newer request has taken its place.
    pub(crate) fn has_ended(&self) -> bool {
        *self.check.turns.borrow() != self.number
    }

    /// Waits until something may have changed since `mark`, or until this is not the newest request any more.
    pub(crate) async fn wait(&self, mark: u64, pause: Duration) {
        let _waiting = Waiting::new(&self.check.waiting);
        let (mut changes, mut turns) = (self.check.changes.subscribe(), self.check.turns.subscribe());
        let has_changed = async { changes.wait_for(|count| *count != mark).await.is_ok() };
        let has_ended = async { turns.wait_for(|number| *number != self.number).await.is_ok() };
        tokio::select! {
            _ = has_ended => return,
            _ = has_changed => {}
            () = sleep(pause) => return self.check.is_stale.store(true, Ordering::Release),
        }
        for _ in 0..MAX_SETTLING {
            if self.has_ended() || timeout(SETTLE, changes.changed()).await.is_err() {
                return;
            }
        }
    }
}

/// One who waits.
struct Waiting<'c>(&'c AtomicUsize);

impl Waiting<'_> {
    fn new(count: &AtomicUsize) -> Waiting<'_> {
        count.fetch_add(1, Ordering::AcqRel);
        Waiting(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Session {
    /// Whether files are checked that nobody has open.
    pub(crate) fn checks_workspace(&self) -> bool {
        self.features().pulls && self.settings().check_workspace
    }

    /// How long a request waits before files are looked at again though no change was told.
    pub(crate) fn check_pause(&self) -> Duration {
        let pause = if self.features().watches { WATCHED_PAUSE } else { UNWATCHED_PAUSE };
        pause.max(self.check.lock().cost * MAX_SHARE)
    }

    /// What an answer is to be made of; `None` if that was cancelled. Files are looked at if they may have changed: where nobody
    /// watches them, with each request.
    pub(crate) fn plan_check(&self, is_first: bool, is_cancelled: impl Fn() -> bool) -> Option<CheckPlan> {
        let check = &self.check;
        let looks = check.is_stale.swap(false, Ordering::AcqRel) || (is_first && !self.features().watches);
        if looks {
            self.workspace.mark_stale();
            self.reload_if_stale();
        }
        // Before the settings, so that what is found by old ones is never taken for what is found by new ones.
        let epoch = check.lock().epoch;
        let open: OpenFiles = Arc::new(self.documents.open_files());
        let project = Project {
            files: Arc::new(OverlaidFiles { disk: Arc::clone(&self.files), open: Arc::clone(&open) }),
            configs: Arc::clone(&self.workspace.configs),
            builtin: Arc::clone(self.catalog()),
            settings: (*self.settings()).clone(),
            faults: self.faults.clone(),
        };
        if looks {
            let start = Instant::now();
            let Some(found) = find(&*self.files, &self.workspace.folders(), &project, is_cancelled) else {
                check.is_stale.store(true, Ordering::Release);
                return None;
            };
            let mut state = check.lock();
            state.cost = start.elapsed();
            state.checked.keep_only(&found.groups);
            state.groups = found.groups;
            if found.is_cut && !std::mem::replace(&mut state.is_cut, true) {
                let line = format!(
                    "the workspace has too many files to check them all: of those that may contain policies the first {MAX_FILES} \
                     are checked, the others when they are opened; leave folders out by .gitignore or by files.exclude in connect-policy.toml"
                );
                self.report(MessageType::WARNING, line);
            }
        }
        self.report_new_configs();
        Some(CheckPlan { project, open, groups: Arc::clone(&check.lock().groups), epoch })
    }
}
