//! Keeps a panic, which is always a bug of ours, to the answer that it happened in.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::finding::Finding;

/// What the rules found, and which of them panicked.
#[derive(Clone, Debug, Default)]
pub struct CheckOutcome {
    /// The findings of the rules that did not panic, ordered by place, then rule.
    pub findings: Vec<Finding>,
    /// The rules that panicked.
    pub failures: Vec<RulePanic>,
}

/// A rule that panicked. Findings that it reported before are dropped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RulePanic {
    /// The rule's id.
    pub rule: &'static str,
    /// The message of the panic.
    pub cause: String,
}

/// Runs a piece of work and returns its result. The work must not leave anything half changed that is used later.
///
/// # Errors
///
/// The message of the panic, if the work panics.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause| message(&*cause))
}

fn message(cause: &(dyn Any + Send)) -> String {
    let literal = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    literal.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".to_owned())
}
