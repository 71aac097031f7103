//! Changes to a document that keep its own way of writing.
