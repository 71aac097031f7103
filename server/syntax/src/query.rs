//! Queries of a document: the path to a cursor, references, comments, whether a place is in one.

pub(crate) mod comments;
pub(crate) mod in_comment;
pub(crate) mod locate;
pub(crate) mod references;
