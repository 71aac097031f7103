//! The findings of all documents of a module. To be replaced by `ModuleFindings` of the ide crate, which has the same functions
//! and runs every rule once for each document; this one is built on the analysis of single documents.

use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Finding, Module, Outcome, Rule};

/// What the rules find in all documents of a module.
#[derive(Debug)]
pub(crate) struct ModuleFindings {
    documents: Vec<(Outcome, Vec<Finding>)>,
}

impl ModuleFindings {
    /// Runs all rules over every document of the module. `before` is called ahead of each rule and may panic.
    pub(crate) fn compute(module: &Arc<Module>, catalog: &Arc<Catalog>, before: &dyn Fn(usize, &Rule)) -> ModuleFindings {
        let analysis = |index| Analysis::within(Arc::clone(module), index, Arc::clone(catalog));
        let found = |(index, analysis): (usize, Analysis)| {
            (analysis.guarded_diagnostics(|rule| before(index, rule)), analysis.diagnostics_at_references())
        };
        ModuleFindings { documents: (0..).map_while(analysis).enumerate().map(found).collect() }
    }

    /// The findings to show in a document, and the rules that panicked there.
    pub(crate) fn outcome(&self, document: usize) -> &Outcome {
        &self.documents[document].0
    }

    /// Findings about literals of other documents, placed at this document's references.
    pub(crate) fn at_references(&self, document: usize) -> &[Finding] {
        &self.documents[document].1
    }
}
