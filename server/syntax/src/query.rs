//! Questions about a document: what stands at a cursor, what a reference means, which comments it has.

pub(crate) mod comments;
pub(crate) mod locate;
pub(crate) mod references;
