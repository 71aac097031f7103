//! YAML: sound text against a strict parser, and broken text against nothing but our own promises.

mod agreement;
mod documents;
mod robust;
