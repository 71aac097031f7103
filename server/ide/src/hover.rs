//! What stands at the cursor, explained.

use std::ops::Range;

/// An explanation of a piece of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// The text that is explained, in bytes.
    pub range: Range<usize>,
    /// The explanation.
    pub markdown: String,
}
