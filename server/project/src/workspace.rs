//! Documents that are read together, and each of them within its module.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, AnalyzedDocument, CheckOutcome, Module, ModuleFindings};
use connect_policy_syntax::Document;

use crate::document_settings::DocumentSettings;
use crate::fault_injection::FaultInjection;
use crate::line_index::LineIndex;

/// A document that was understood on its own, to be read together with others. Cheap to clone.
#[derive(Clone, Debug)]
pub struct ModuleMember {
    name: Arc<str>,
    part: AnalyzedDocument,
    lines: Arc<OnceLock<LineIndex>>,
    /// Whether it is there for the others only, and nobody asks for its findings.
    is_beside: bool,
}

impl ModuleMember {
    /// Understands a document on its own. Its name, a path or a URI, is what its module knows it by.
    pub fn new(name: Arc<str>, document: Document, settings: &DocumentSettings) -> ModuleMember {
        let part = AnalyzedDocument::read(document, &settings.catalog, settings.settings.scope);
        ModuleMember { name, part, lines: Arc::default(), is_beside: false }
    }

    /// The same document, read for the sake of others only: nobody asks for its findings.
    #[must_use]
    pub fn read_beside(self) -> ModuleMember {
        ModuleMember { is_beside: true, ..self }
    }

    /// The name, a path or a URI.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The document.
    pub fn document(&self) -> &Document {
        self.part.document()
    }

    /// Where the document's lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.document().text()))
    }
}

/// Documents that are read together, with what was found in them: once for all of them, when somebody asks first.
#[derive(Debug)]
pub struct ModuleFiles {
    members: Vec<ModuleMember>,
    by_name: HashMap<Arc<str>, usize>,
    module: Arc<Module>,
    catalog: Arc<Catalog>,
    linked: OnceLock<Vec<usize>>,
    is_cheaper_together: OnceLock<bool>,
    findings: OnceLock<ModuleFindings>,
}

impl ModuleFiles {
    /// Puts documents together, which have different names.
    pub fn link(members: Vec<ModuleMember>, settings: &DocumentSettings) -> ModuleFiles {
        let parts = members.iter().map(|member| member.part.clone()).collect();
        let module = Arc::new(Module::link(parts, &settings.catalog, settings.settings.scope));
        let by_name = members.iter().enumerate().map(|(index, member)| (Arc::clone(&member.name), index)).collect();
        let catalog = Arc::clone(&settings.catalog);
        ModuleFiles {
            members,
            by_name,
            module,
            catalog,
            linked: OnceLock::new(),
            is_cheaper_together: OnceLock::new(),
            findings: OnceLock::new(),
        }
    }

    /// The same module with another document at a place, which is that of an old one or behind the last.
    #[must_use]
    pub fn with(&self, place: usize, member: ModuleMember, settings: &DocumentSettings) -> ModuleFiles {
        let mut members = self.members.clone();
        members.splice(place.min(members.len())..members.len().min(place + 1), [member]);
        ModuleFiles::link(members, settings)
    }

    /// The documents, by their places in the module.
    pub fn members(&self) -> &[ModuleMember] {
        &self.members
    }

    /// The place of a document in the module.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// A document within the module, by its place there.
    pub fn analysis(&self, document: usize) -> Option<Analysis> {
        Analysis::within(Arc::clone(&self.module), document, Arc::clone(&self.catalog))
    }

    /// The places of the documents that refer to something or hold what others refer to: a change of one of them may matter to
    /// the others.
    pub fn linked(&self) -> &[usize] {
        self.linked.get_or_init(|| self.module.linked_documents().into_iter().collect())
    }

    /// What the rules find in a document, by its place, and the rules that panicked there.
    pub fn outcome(&self, document: usize, faults: &FaultInjection) -> CheckOutcome {
        match self.analysis(document) {
            Some(_) if self.is_checked_together(document) => self.findings(faults).outcome(document).clone(),
            Some(analysis) => analysis.guarded_diagnostics(|rule| faults.before(rule)),
            None => CheckOutcome::default(),
        }
    }

    /// Whether the findings of a document are made with those of all others, once for all.
    ///
    /// A document alone costs a check of all that refer to it. If it has nothing to do with others, that is itself, and a change
    /// in it must not cost a check of the whole folder. If many are asked about that refer to one another, all of them at once cost less.
    fn is_checked_together(&self, document: usize) -> bool {
        self.linked().binary_search(&document).is_ok()
            && *self.is_cheaper_together.get_or_init(|| {
                let asked = self.linked().iter().filter(|&&index| !self.members[index].is_beside);
                asked.map(|&index| self.module.dependents(index).len()).sum::<usize>() >= self.members.len()
            })
    }

    /// What the rules find in all documents.
    pub(crate) fn findings(&self, faults: &FaultInjection) -> &ModuleFindings {
        self.findings.get_or_init(|| ModuleFindings::compute(&self.module, &self.catalog, &|_, rule| faults.before(rule)))
    }
}

/// A document within its module, under its own settings.
#[derive(Clone, Debug)]
pub struct DocumentAnalysis {
    analysis: Analysis,
    module: Arc<ModuleFiles>,
    index: usize,
    settings: DocumentSettings,
}

impl DocumentAnalysis {
    /// A document of a module, by its place there; `None` if the module does not have it.
    pub fn new(module: Arc<ModuleFiles>, index: usize, settings: DocumentSettings) -> Option<DocumentAnalysis> {
        let analysis = module.analysis(index)?;
        Some(DocumentAnalysis { analysis, module, index, settings })
    }

    /// The document, ready to answer.
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// The document's text.
    pub fn text(&self) -> &str {
        self.analysis.document().text()
    }

    /// Where the document's lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.module.members[self.index].lines()
    }

    /// What the rules find in the document, and the rules that panicked there.
    pub fn outcome(&self, faults: &FaultInjection) -> CheckOutcome {
        self.module.outcome(self.index, faults)
    }

    /// What it is read together with.
    pub fn module(&self) -> &ModuleFiles {
        &self.module
    }

    /// The document's place in the module.
    pub fn index(&self) -> usize {
        self.index
    }

    /// What holds for the document.
    pub fn settings(&self) -> &DocumentSettings {
        &self.settings
    }
}
