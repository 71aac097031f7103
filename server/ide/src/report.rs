//! Who can do what: policies as console tasks and risks, security profiles as a matrix of permissions, and what a change of
//! both grants and removes. Plain values; the program decides how to print them.

mod access;
mod change;
mod gather;
mod matrix;
mod overview;
mod recognized;
#[cfg(test)]
mod tests;

pub use access::{PolicyReport, ProfileReport, Report, Risk, TaskReport, Ungranted};
pub use change::{Change, Changed};
pub(crate) use gather::gather;
pub use matrix::{Mark, Matrix, Row, Section};
pub use overview::{Holder, Overview, OverviewRow};
pub use recognized::Recognized;
pub(crate) use recognized::recognized;
