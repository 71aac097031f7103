//! One document with all that is known of it, ready to answer.

use std::ops::Range;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_model::{DocumentModel, Module, Scope};
use connect_policy_syntax::Document;

use crate::assists;
use crate::code_lens::{self, CodeLens};
use crate::completion::{self, CompletionTrigger, Completions, FilePurpose};
use crate::context::Context;
use crate::diagnostics::caused_by;
use crate::diagnostics::meta::RuleMeta;
use crate::diagnostics::runner;
use crate::finding::{Finding, Fix};
use crate::hover::{self, Hover};
use crate::inlay_hints::{self, InlayHint};
use crate::navigation::{self, Location};
use crate::panic_guard::CheckOutcome;
use crate::report::{self, Recognized, Report};
use crate::rewrites::{self, Rewrite};
use crate::symbols::{self, DocumentSymbol};

/// A document that was read and understood, within its module. Cheap to clone; answers are computed from it alone.
#[derive(Clone, Debug)]
pub struct Analysis {
    module: Arc<Module>,
    index: usize,
    catalog: Arc<Catalog>,
}

impl Analysis {
    /// Analyzes one document on its own. Rules check policies about Amazon Connect.
    pub fn new(document: Document, catalog: Arc<Catalog>) -> Analysis {
        Analysis::in_scope(document, catalog, Scope::Connect)
    }

    /// Analyzes one document on its own; the scope says which policies rules check.
    pub fn in_scope(document: Document, catalog: Arc<Catalog>, scope: Scope) -> Analysis {
        let module = Module::read(vec![document], &catalog, scope);
        Analysis { module: Arc::new(module), index: 0, catalog }
    }

    /// A document of a module, by its index there; `None` if the module has no such document.
    pub fn within(module: Arc<Module>, index: usize, catalog: Arc<Catalog>) -> Option<Analysis> {
        module.document(index)?;
        Some(Analysis { module, index, catalog })
    }

    /// What is read together with the document.
    pub fn module(&self) -> &Module {
        &self.module
    }

    /// The document.
    pub fn document(&self) -> &Document {
        self.context().document
    }

    /// What the document holds.
    pub fn meaning(&self) -> &DocumentModel {
        self.context().meaning
    }

    /// What exists.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// All findings, ordered by place, then rule.
    pub fn diagnostics(&self) -> Vec<Finding> {
        runner::run(&self.context())
    }

    /// For each of these findings whether an entry causes it although it is elsewhere in the entry's statement or list.
    pub fn are_caused_by(&self, entry: &Range<usize>, findings: &[Finding]) -> Vec<bool> {
        caused_by::are_caused_by(&self.context(), entry, findings)
    }

    /// All findings, with a panic of a rule kept to that rule. `before` is called ahead of each and may panic too.
    pub fn guarded_diagnostics(&self, before: impl Fn(&RuleMeta)) -> CheckOutcome {
        runner::run_guarded(&self.context(), before)
    }

    /// The syntax errors of a JSON file that holds a policy. Apart from the other findings, because editors show them themselves.
    pub fn json_syntax(&self) -> Vec<Finding> {
        runner::json_syntax(&self.context())
    }

    /// Findings about literals of other documents, placed at this document's references to them. For reports, which show
    /// what a policy grants wherever that is written; an editor shows these findings where the literals are.
    pub fn diagnostics_at_references(&self) -> Vec<Finding> {
        runner::at_references(&self.context())
    }

    /// The findings and their fixes that touch a range of bytes, for a menu of quick fixes.
    pub fn quick_fixes(&self, range: Range<usize>) -> Vec<(Finding, Fix)> {
        let touches = |finding: &Finding| finding.range.start <= range.end && range.start <= finding.range.end;
        let findings = self.diagnostics().into_iter().filter(touches);
        findings.flat_map(|finding| finding.fixes.clone().into_iter().map(move |fix| (finding.clone(), fix))).collect()
    }

    /// Changes to offer although nothing is wrong, in the statements that a range of bytes touches.
    pub fn assists(&self, range: Range<usize>) -> Vec<Fix> {
        assists::at(&self.context(), &range)
    }

    /// Other ways to write the lists and statements that a range of bytes touches.
    pub fn rewrites(&self, range: Range<usize>) -> Vec<Rewrite> {
        rewrites::at(&self.context(), &range)
    }

    /// What the document's policies and profiles grant. Its risks are the given findings of rules on risk.
    pub fn report(&self, findings: &[Finding]) -> Report {
        report::gather(&self.context(), findings)
    }

    /// How many policies and profiles the document holds.
    pub fn recognized(&self) -> Recognized {
        report::recognized(self.meaning())
    }

    /// What may be written at a byte offset, asked for by hand.
    pub fn completions(&self, offset: usize) -> Completions {
        self.completions_after(offset, CompletionTrigger::Invoked, FilePurpose::Any)
    }

    /// What may be written at a byte offset; nothing if a list that opens by itself could make the next key write an entry that
    /// nobody chose. The purpose of the file decides what is offered while it is empty.
    pub fn completions_after(&self, offset: usize, trigger: CompletionTrigger, purpose: FilePurpose) -> Completions {
        completion::at(&self.context(), offset, trigger, purpose)
    }

    /// Explains the name or list at a byte offset.
    pub fn hover(&self, offset: usize) -> Option<Hover> {
        hover::at(&self.context(), offset)
    }

    /// The lists that the reference at a byte offset leads to.
    pub fn definitions(&self, offset: usize) -> Vec<Location> {
        navigation::definitions(&self.context(), offset)
    }

    /// The references that lead to the list around a byte offset.
    pub fn references(&self, offset: usize) -> Vec<Location> {
        navigation::references(&self.context(), offset)
    }

    /// Labels to show beside the entries of a range of bytes, ordered by place.
    pub fn hints(&self, range: Range<usize>) -> Vec<InlayHint> {
        inlay_hints::hints(&self.context(), &range)
    }

    /// Titles to show above statements and profiles, ordered by place.
    pub fn lenses(&self) -> Vec<CodeLens> {
        code_lens::lenses(&self.context())
    }

    /// The document's outline, ordered by place.
    pub fn symbols(&self) -> Vec<DocumentSymbol> {
        symbols::symbols(&self.context())
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context::new(&self.module, self.index, &self.catalog).expect("an analysis is of a document of its module")
    }
}
