//! One document with all that is known of it, ready to answer.

use std::ops::Range;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::Document;

use crate::{Completions, Finding, Fix, Hover};

/// A document that was read and understood. Cheap to clone; answers are computed from it alone.
#[derive(Clone, Debug)]
pub struct Analysis {
    document: Document,
    catalog: Arc<Catalog>,
}

impl Analysis {
    /// Understands a document.
    pub fn new(document: Document, catalog: Arc<Catalog>) -> Analysis {
        Analysis { document, catalog }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What exists.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// All findings, ordered by place, then rule.
    pub fn diagnostics(&self) -> Vec<Finding> {
        Vec::new()
    }

    /// The findings and their fixes that touch a range of bytes, for a menu of quick fixes.
    pub fn quick_fixes(&self, _range: Range<usize>) -> Vec<(Finding, Fix)> {
        Vec::new()
    }

    /// What may be written at a byte offset.
    pub fn completions(&self, _offset: usize) -> Completions {
        Completions::default()
    }

    /// What stands at a byte offset, explained.
    pub fn hover(&self, _offset: usize) -> Option<Hover> {
        None
    }
}
