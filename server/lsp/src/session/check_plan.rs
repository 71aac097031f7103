//! What one check of the whole workspace is made of.

use std::sync::Arc;
use std::time::{Duration, Instant};

use connect_policy_project::Project;
use tower_lsp::lsp_types::MessageType;

use crate::session::Session;
use crate::session::open_files::{OpenFiles, OverlaidFiles};
use crate::session::workspace_files::{FileGroup, Inputs, MAX_FILES, find};

/// How often files are looked at while a request waits: where the client watches them, for what it does not see, as the files of
/// a folder that is moved.
const WATCHED_PAUSE: Duration = Duration::from_secs(60);
const UNWATCHED_PAUSE: Duration = Duration::from_secs(5);
/// Looking takes at most this part of the time.
const MAX_SHARE: u32 = 100;

/// What one check of the whole workspace is made of.
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

impl Session {
    /// Whether closed files are checked.
    pub(crate) fn checks_workspace(&self) -> bool {
        self.features().pulls && self.settings().check_workspace
    }

    /// How long a request waits before files are looked at again without a reported change.
    pub(crate) fn check_pause(&self) -> Duration {
        let pause = if self.features().watches { WATCHED_PAUSE } else { UNWATCHED_PAUSE };
        pause.max(self.check.cost() * MAX_SHARE)
    }

    /// What an answer is to be made of; `None` if that was cancelled. Files are looked at if they may have changed: where nobody
    /// watches them, with each request.
    pub(crate) fn plan_check(&self, is_first: bool, is_cancelled: impl Fn() -> bool) -> Option<CheckPlan> {
        let looks = self.check.take_stale() || (is_first && !self.features().watches);
        if looks {
            self.workspace.mark_stale();
            self.reload_if_stale();
        }
        // Before the settings, so that what is found by old ones is never taken for what is found by new ones.
        let epoch = self.check.epoch();
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
            let Some(found) = find(&*self.files, &self.workspace.folders(), &project, MAX_FILES, is_cancelled) else {
                self.check.mark_stale();
                return None;
            };
            let count: usize = found.groups.iter().map(|group| group.files.len()).sum();
            if self.check.set_found(found, start.elapsed()) {
                let line = format!(
                    "the workspace is too large to check all of it: {count} files that may contain policies are checked, the others when \
                     they are opened; exclude folders by .gitignore, or by files.exclude in connect-policy.toml"
                );
                self.report(MessageType::WARNING, line);
            }
        }
        self.report_new_configs();
        Some(CheckPlan { project, open, groups: self.check.groups(), epoch })
    }
}
