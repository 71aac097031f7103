//! The rules, and what runs them.
//!
//! From the bottom up: [`meta`] says what a rule is, [`rule_context`] what it reads, [`acc`] takes its findings, [`rule`]
//! puts declaration and function together, [`registry`] lists all rules, [`suppressions`] applies ignore comments, and
//! [`runner`] runs the rules over documents. Each rule is one file in the folder of its group; what several of them share is
//! in `support`.

mod acc;
pub(crate) mod caused_by;
mod meaning;
pub(crate) mod meta;
mod names;
mod own;
pub(crate) mod registry;
mod risk;
mod rule;
mod rule_context;
pub(crate) mod runner;
mod shape;
mod support;
mod suppressions;

#[cfg(test)]
mod tests;
