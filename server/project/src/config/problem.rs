//! What is wrong in a configuration.

use std::ops::Range;

/// Something in the toml that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigProblem {
    /// Where in the toml, in bytes; never empty unless the file is.
    pub range: Range<usize>,
    /// What is wrong there.
    pub message: String,
    /// What was most likely meant, as it is written in place of the range.
    pub instead: Option<String>,
}
