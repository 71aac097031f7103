//! What linking needs of a document and only depends on that document, found once for all versions of its module: a keystroke
//! in one file links the whole folder again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId};

use crate::document_model::DocumentModel;
use crate::names::classifier::Classifier;
use crate::policy::entry_list::{LiteralList, Role};
use crate::references::definitions::DocumentDefinitions;
use crate::references::list_path::ListPath;
use crate::references::node_ref::NodeHash;

/// The literals of a document that were read: by the node, as a list of which role, and whether as one text with several
/// entries between commas.
type Literals = HashMap<(NodeId, Role, bool), Arc<LiteralList>, NodeHash>;

/// What linking needs of a document.
#[derive(Debug, Default)]
pub(crate) struct LinkCache {
    definitions: OnceLock<DocumentDefinitions>,
    paths: OnceLock<Box<[ListPath]>>,
    literals: Mutex<Literals>,
}

/// A document of a module that is linked.
#[derive(Clone, Copy)]
pub(crate) struct LinkInput<'m> {
    pub(crate) document: &'m Document,
    /// The document's own model, not linked.
    pub(crate) model: &'m DocumentModel,
    pub(crate) cache: &'m LinkCache,
}

impl<'m> LinkInput<'m> {
    /// The names of the document.
    pub(crate) fn definitions(&self) -> &'m DocumentDefinitions {
        self.cache.definitions.get_or_init(|| DocumentDefinitions::of(self.document))
    }

    /// The lists of the document that have references.
    pub(crate) fn paths(&self) -> &'m [ListPath] {
        self.cache.paths.get_or_init(|| ListPath::with_references(self.model).into())
    }

    /// A literal of the document, read as a list of a role; `is_comma_list` if it is one text with several entries between
    /// commas. The classifier is the module's for this document.
    pub(crate) fn literal<'c>(
        &self,
        value: NodeId,
        role: Role,
        is_comma_list: bool,
        classifier: &mut Option<Classifier<'c>>,
        catalog: &'c Catalog,
    ) -> Arc<LiteralList> {
        let mut literals = self.cache.literals.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let classifier = classifier.get_or_insert_with(|| Classifier::new(catalog));
            Arc::new(LiteralList::read(self.document, value, role, is_comma_list, classifier))
        };
        Arc::clone(literals.entry((value, role, is_comma_list)).or_insert_with(read))
    }
}
