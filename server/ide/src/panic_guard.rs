//! A panic is a bug of ours and must not cost more than the answer that it happened in.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Finding;

/// What the rules found, and which of them failed.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The findings of the rules that came to their end, ordered by place, then rule.
    pub findings: Vec<Finding>,
    /// The rules that did not.
    pub failures: Vec<Failure>,
}

/// A rule that panicked. What it had found until then is not told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The rule's id.
    pub rule: &'static str,
    /// What the panic said.
    pub cause: String,
}

/// Does some work; where it panics, what the panic said. The work must not leave anything half changed that is used later.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause| said(&*cause))
}

fn said(cause: &(dyn Any + Send)) -> String {
    let literal = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    literal.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".to_owned())
}
