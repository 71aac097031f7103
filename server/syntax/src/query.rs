//! Queries of a document: the path to a cursor, references, comments.

pub(crate) mod comments;
pub(crate) mod locate;
pub(crate) mod references;
