//! Rewrites: a policy written in another way, on request. Most grant exactly the same as before; those that narrow say so in
//! their title. Every rewrite looks first whether it has anything to do at the cursor at all, which costs nothing.

use std::ops::Range;

use crate::context::Context;
use crate::statement_edits::parting;

mod editable_run;
mod expand;
mod labels;
mod service_role;
mod sort;
mod split;
mod wildcards;

pub use editable_run::Rewrite;

/// The rewrites of the lists and statements that a range of bytes touches.
pub(crate) fn at(context: &Context<'_>, range: &Range<usize>) -> Vec<Rewrite> {
    let mut rewrites = Vec::new();
    for run in editable_run::editable_runs(context, range) {
        rewrites.extend(expand::rewrites(context, &run));
        rewrites.extend(wildcards::rewrite(context, &run));
        rewrites.extend(labels::rewrite(context, &run));
        rewrites.extend(sort::rewrite(context, &run));
    }
    for (policy, statement) in parting::touched(context, range) {
        rewrites.extend(split::rewrite(context, policy, statement));
        rewrites.extend(service_role::rewrite(context, policy, statement));
    }
    rewrites
}

#[cfg(test)]
mod tests;
