//! Entries that are written elsewhere: they count where they are used, and what is found of them is told where they stand.

mod features;
mod findings;

use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Module, Scope};
use connect_policy_syntax::{Document, Format};

/// A folder's files, each behind a line `== name`, as analyses.
fn folder(text: &str) -> Vec<(String, Analysis)> {
    let catalog = Arc::new(Catalog::builtin());
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.trim_start().split_inclusive('\n') {
        match (line.strip_prefix("== "), files.last_mut()) {
            (Some(name), _) => files.push((name.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => panic!("a file's name comes first: {line}"),
        }
    }
    let documents =
        files.iter().map(|(name, text)| Document::read(text.as_str(), Format::from_path(Path::new(name)).expect("a format"))).collect();
    let module = Arc::new(Module::read(documents, &catalog, Scope::Connect));
    let analysis = |index| Analysis::within(Arc::clone(&module), index, Arc::clone(&catalog)).expect("a document");
    files.into_iter().enumerate().map(|(index, (name, _))| (name, analysis(index))).collect()
}
