//! Reads YAML.

use crate::{Builder, Tree};

/// Reads a text into a tree.
pub(crate) fn read(text: &str) -> Tree {
    Builder::new(text.len()).finish(text.len())
}
