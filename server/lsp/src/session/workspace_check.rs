//! The check of the whole workspace between requests for it: what is known, and who waits for news.
//!
//! A client that takes an answer in parts is not answered while there is nothing new: its request stays open, and asking
//! every two seconds, as some do, costs nothing. Only the newest request goes on; those before it end with what they have.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::session::uri::Uri;
use crate::session::workspace_files::{CheckedFiles, FileDiagnostics, FileGroup, FoundFiles, Inputs};

/// How long nothing may change before changes are looked at: a checkout changes many files, and typing a document many times.
const SETTLE: Duration = Duration::from_millis(250);
/// So many changes are waited for, should they never end.
const MAX_SETTLING: usize = 8;

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
    /// Whether the client was offered workspace diagnostics at its start.
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
    /// Keeps whether the client was offered workspace diagnostics at its start.
    pub(crate) fn set_declared(&self, is_declared: bool) {
        self.is_declared.store(is_declared, Ordering::Relaxed);
    }

    /// Whether the client was offered workspace diagnostics at its start.
    pub(crate) fn is_declared(&self) -> bool {
        self.is_declared.load(Ordering::Relaxed)
    }

    /// Wakes the waiting requests: a document has changed.
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

    /// The state to compare with, to notice later changes.
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
    pub(crate) fn known(&self, files: &[&PathBuf], inputs: &Inputs) -> Option<Vec<Arc<FileDiagnostics>>> {
        self.lock().checked.known(files, inputs)
    }

    /// Keeps what was found in a file.
    pub(crate) fn keep(&self, file: &Path, inputs: &Arc<Inputs>, found: &Arc<FileDiagnostics>) {
        self.lock().checked.keep(file, inputs, Arc::clone(found));
    }

    /// Whether files may have changed since this was asked last.
    pub(crate) fn take_stale(&self) -> bool {
        self.is_stale.swap(false, Ordering::AcqRel)
    }

    /// Counts the changes of settings.
    pub(crate) fn epoch(&self) -> u64 {
        self.lock().epoch
    }

    /// The files that are checked.
    pub(crate) fn groups(&self) -> Arc<[FileGroup]> {
        Arc::clone(&self.lock().groups)
    }

    /// How long it took to find the files.
    pub(crate) fn cost(&self) -> Duration {
        self.lock().cost
    }

    /// Keeps the files that are checked, which took so long to find. Tells whether there are too many for the first time.
    pub(crate) fn set_found(&self, found: FoundFiles, cost: Duration) -> bool {
        let mut state = self.lock();
        state.cost = cost;
        state.checked.keep_only(&found.groups);
        state.groups = found.groups;
        found.is_cut && !std::mem::replace(&mut state.is_cut, true)
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
