//! One document within its module: what every feature and every rule reads.
//!
//! This file is at the bottom of the crate, so that features need not import [`Analysis`](crate::Analysis), which calls
//! them.

use std::ops::Range;

use connect_policy_catalog::Catalog;
use connect_policy_model::{DocumentModel, Module};
use connect_policy_syntax::{Document, NodeId};

/// A document, what it means, and what it is read with. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) document: &'a Document,
    pub(crate) meaning: &'a DocumentModel,
    pub(crate) catalog: &'a Catalog,
    /// The documents that are read together.
    pub(crate) module: &'a Module,
    /// The document's index in the module.
    pub(crate) index: usize,
}

impl<'a> Context<'a> {
    /// A document of a module; `None` if the module has no document of this index.
    pub(crate) fn new(module: &'a Module, index: usize, catalog: &'a Catalog) -> Option<Context<'a>> {
        let (document, meaning) = module.document(index)?;
        Some(Context { document, meaning, catalog, module, index })
    }

    /// Another document of the same module.
    pub(crate) fn of(&self, index: usize) -> Option<Context<'a>> {
        Context::new(self.module, index, self.catalog)
    }

    /// The documents of the module.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &'a Document> + use<'a> {
        let module = self.module;
        (0..).map_while(|index| module.document(index)).map(|(document, _)| document)
    }

    /// The first line of a node, in bytes, without its line break.
    pub(crate) fn first_line(&self, node: NodeId) -> Range<usize> {
        let range = self.document.range(node);
        let text = &self.document.text()[range.clone()];
        range.start..range.start + text.find(['\n', '\r']).unwrap_or(text.len())
    }
}
