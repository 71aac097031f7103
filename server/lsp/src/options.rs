//! How the server is started.

use connect_policy_project::FaultInjection;

/// How the server is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether to end when the process that the client named is gone.
    pub watch_parent: bool,
    /// Where to fail on purpose.
    pub faults: FaultInjection,
}
