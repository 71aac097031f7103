//! The unit of analysis: the documents of one folder, read together.

use connect_policy_catalog::Catalog;
use connect_policy_syntax::Document;

use crate::{Meaning, Scope};

/// The documents of one folder. One document alone is a module of one.
#[derive(Clone, Debug)]
pub struct Module {
    documents: Vec<(Document, Meaning)>,
}

impl Module {
    /// Understands documents together.
    pub fn read(documents: Vec<Document>, catalog: &Catalog, scope: Scope) -> Module {
        let documents = documents
            .into_iter()
            .map(|document| {
                let meaning = Meaning::read(&document, catalog, scope);
                (document, meaning)
            })
            .collect();
        Module { documents }
    }

    /// A document of the module, by its place in the list that was given, and what it means.
    pub fn document(&self, index: usize) -> Option<(&Document, &Meaning)> {
        self.documents.get(index).map(|(document, meaning)| (document, meaning))
    }
}
