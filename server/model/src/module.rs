//! The unit of analysis: the documents of one folder, linked. What a list refers to counts in it, wherever in the module it is
//! written.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId};

use crate::analyzed_document::AnalyzedDocument;
use crate::carriers::policy_kind::PolicyKind;
use crate::document_model::DocumentModel;
use crate::policy::ceilings::Ceilings;
use crate::policy::scope::{self, Scope};
use crate::references::link::{ResolvedList, classify_targets, resolve_all, targets_by_document};
use crate::references::link_cache::LinkInput;
use crate::references::list_path::ListPath;
use crate::references::node_ref::{NodeHash, NodeRef};

/// The documents of one folder. One document alone is a module of one.
#[derive(Clone, Debug)]
pub struct Module {
    documents: Vec<AnalyzedDocument>,
    /// The models of the documents, linked.
    models: Vec<Arc<DocumentModel>>,
    /// Which references lead to a literal.
    references: BTreeMap<NodeRef, Vec<ReferenceSite>>,
}

/// A reference that leads to a literal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ReferenceSite {
    /// The document, by its place in the module.
    pub document: usize,
    /// The reference.
    pub reference: NodeId,
}

impl Module {
    /// Analyzes documents and links them.
    pub fn read(documents: Vec<Document>, catalog: &Catalog, scope: Scope) -> Module {
        Module::link(documents.into_iter().map(|document| AnalyzedDocument::read(document, catalog, scope)).collect(), catalog, scope)
    }

    /// Links documents that were analyzed on their own, with the same catalog and scope. Linear in what they contain and in the
    /// pairs of a reference and a literal behind it. What depends on one document alone is kept in the [`AnalyzedDocument`], so
    /// linking again after a change of one document costs little more than the references.
    pub fn link(documents: Vec<AnalyzedDocument>, catalog: &Catalog, scope: Scope) -> Module {
        let models = documents.iter().map(|document| Arc::clone(document.model())).collect();
        let mut module = Module { documents, models, references: BTreeMap::new() };
        let inputs: Vec<LinkInput<'_>> = module.documents.iter().map(AnalyzedDocument::link_input).collect();
        let lists = resolve_all(&inputs, catalog);
        module.find_ceilings();
        if lists.is_empty() {
            return module;
        }
        for list in lists.iter().filter(|list| !list.targets.is_empty()) {
            list.write(Arc::make_mut(&mut module.models[list.document]));
        }
        if scope == Scope::Connect {
            module.widen_scope(&lists, catalog);
        }
        module.classify_targets(&lists);
        module.count_references(&lists);
        module
    }

    /// A document of the module, by its place in the list that was given, and its linked model.
    pub fn document(&self, index: usize) -> Option<(&Document, &DocumentModel)> {
        Some((self.documents.get(index)?.document(), self.models.get(index)?))
    }

    /// How many documents the module has.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether the module has no document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The literals of a document to which references lead, with those references.
    pub fn used(&self, document: usize) -> impl Iterator<Item = (NodeId, &[ReferenceSite])> {
        let used = self.references.range(NodeRef { document, node: NodeId::STREAM }..).take_while(move |(at, _)| at.document == document);
        used.map(|(at, references)| (at.node, references.as_slice()))
    }

    /// The documents in which something of a document counts, and the document itself, in their order.
    pub fn dependents(&self, document: usize) -> BTreeSet<usize> {
        self.used(document).flat_map(|(_, references)| references.iter().map(|one| one.document)).chain([document]).collect()
    }

    /// The documents that have references or whose literals count in others, in their order: a change of one may matter to
    /// the rest.
    pub fn linked_documents(&self) -> BTreeSet<usize> {
        // A literal that is known as a list by its references may have references too.
        let with_references = self.models.iter().enumerate().filter(|(_, model)| !ListPath::with_references(model).is_empty());
        let is_used_elsewhere =
            |(at, references): &(&NodeRef, &Vec<ReferenceSite>)| references.iter().any(|one| one.document != at.document);
        let used = self.references.iter().filter(is_used_elsewhere);
        with_references.map(|(index, _)| index).chain(used.map(|(at, _)| at.document)).collect()
    }

    /// A policy may be a limit by what refers to it.
    fn find_ceilings(&mut self) {
        let Some(ceilings) = Ceilings::read(self.documents.iter().map(AnalyzedDocument::document)) else { return };
        for (index, document) in self.documents.iter().enumerate() {
            let policies = self.models[index].policies.iter().enumerate();
            let may_be = policies.filter(|(_, policy)| matches!(policy.kind, PolicyKind::Identity | PolicyKind::Unknown));
            let found: Vec<usize> =
                may_be.filter(|(_, policy)| ceilings.has(index, document.document(), policy)).map(|(policy, _)| policy).collect();
            for policy in found {
                Arc::make_mut(&mut self.models[index]).policies[policy].kind = PolicyKind::Ceiling;
            }
        }
    }

    /// A policy may be about Amazon Connect by what it refers to.
    fn widen_scope(&mut self, lists: &[ResolvedList], catalog: &Catalog) {
        let of_policies = lists.iter().filter(|list| list.targets.iter().any(|target| target.count > 0));
        let policies: BTreeSet<(usize, usize)> = of_policies
            .filter_map(|list| if let ListPath::Statement { policy, .. } = list.path { Some((list.document, policy)) } else { None })
            .collect();
        for (index, policy) in policies {
            let document = self.documents[index].document();
            let of_model = &self.models[index].policies[policy];
            if !of_model.is_in_scope && scope::is_about_connect(document, catalog, &of_model.statements) {
                Arc::make_mut(&mut self.models[index]).policies[policy].is_in_scope = true;
            }
        }
    }

    /// Tells the documents with the literals what these are.
    fn classify_targets(&mut self, lists: &[ResolvedList]) {
        for (index, targets) in targets_by_document(lists, &self.models) {
            classify_targets(Arc::make_mut(&mut self.models[index]), &targets);
        }
    }

    fn count_references(&mut self, lists: &[ResolvedList]) {
        let mut references: HashMap<NodeRef, Vec<ReferenceSite>, NodeHash> = HashMap::default();
        for list in lists {
            for target in &list.targets {
                let at = NodeRef { document: target.document, node: target.value };
                references.entry(at).or_default().push(ReferenceSite { document: list.document, reference: target.reference });
            }
        }
        self.references = references.into_iter().collect();
        for references in self.references.values_mut() {
            references.sort_unstable();
            references.dedup();
        }
    }
}
