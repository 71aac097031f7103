//! A document with its own model, before it is linked with the other documents of its module.

use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::Document;

use crate::document_model::DocumentModel;
use crate::policy::scope::Scope;
use crate::references::link_cache::{LinkCache, LinkInput};

/// A document with its own model. Cheap to clone; clones share what linking finds out about the document, so keep it and link
/// clones of it when another document of the module changes.
#[derive(Clone, Debug)]
pub struct AnalyzedDocument {
    document: Document,
    model: Arc<DocumentModel>,
    cache: Arc<LinkCache>,
}

impl AnalyzedDocument {
    /// Analyzes a document on its own. It is to be linked with the same catalog and scope.
    pub fn read(document: Document, catalog: &Catalog, scope: Scope) -> AnalyzedDocument {
        let model = Arc::new(DocumentModel::read(&document, catalog, scope));
        AnalyzedDocument { document, model, cache: Arc::default() }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Its own model, references unresolved.
    pub(crate) fn model(&self) -> &Arc<DocumentModel> {
        &self.model
    }

    /// What linking needs of it.
    pub(crate) fn link_input(&self) -> LinkInput<'_> {
        LinkInput { document: &self.document, model: &self.model, cache: &self.cache }
    }
}
