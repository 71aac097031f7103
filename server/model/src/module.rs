//! The unit of analysis: the documents of one folder, read together. What a list refers to counts in it, wherever in the
//! module it is written.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId};

use crate::definitions::At;
use crate::{EntryList, Meaning, PermissionCarrier, PermissionList, Role, Scope, scope};

mod loans;

use loans::{Loan, Spot};

/// A document, and what it means on its own. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Part {
    document: Document,
    meaning: Arc<Meaning>,
}

impl Part {
    /// Understands a document on its own.
    pub fn read(document: Document, catalog: &Catalog, scope: Scope) -> Part {
        let meaning = Arc::new(Meaning::read(&document, catalog, scope));
        Part { document, meaning }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }
}

/// The documents of one folder. One document alone is a module of one.
#[derive(Clone, Debug)]
pub struct Module {
    parts: Vec<Part>,
    /// Which references lead to a literal.
    uses: BTreeMap<At, Vec<Use>>,
}

/// A place where a literal is used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Use {
    /// The document, by its place in the module.
    pub document: usize,
    /// The reference.
    pub reference: NodeId,
}

impl Module {
    /// Understands documents together.
    pub fn read(documents: Vec<Document>, catalog: &Catalog, scope: Scope) -> Module {
        Module::of(documents.into_iter().map(|document| Part::read(document, catalog, scope)).collect(), catalog, scope)
    }

    /// Puts documents together that were understood on their own.
    pub fn of(parts: Vec<Part>, catalog: &Catalog, scope: Scope) -> Module {
        let mut module = Module { parts, uses: BTreeMap::new() };
        module.link(catalog, scope);
        module
    }

    /// A document of the module, by its place in the list that was given, and what it means.
    pub fn document(&self, index: usize) -> Option<(&Document, &Meaning)> {
        self.parts.get(index).map(|part| (&part.document, &*part.meaning))
    }

    /// The literals of a document that are used.
    pub fn used(&self, document: usize) -> impl Iterator<Item = (NodeId, &[Use])> {
        let used = self.uses.range(At { document, node: NodeId::STREAM }..).take_while(move |(at, _)| at.document == document);
        used.map(|(at, uses)| (at.node, uses.as_slice()))
    }

    /// The documents in which something of a document counts, and the document itself, in their order.
    pub fn borrowers(&self, document: usize) -> BTreeSet<usize> {
        self.used(document).flat_map(|(_, uses)| uses.iter().map(|one| one.document)).chain([document]).collect()
    }

    /// The documents that lend to others or refer to something, in their order: what one of them says may matter to the rest.
    pub fn involved(&self) -> BTreeSet<usize> {
        let borrow = self.parts.iter().enumerate().filter(|(_, part)| !loans::spots(&part.meaning).is_empty());
        let lend = self.uses.iter().filter(|(at, uses)| uses.iter().any(|one| one.document != at.document));
        borrow.map(|(index, _)| index).chain(lend.map(|(at, _)| at.document)).collect()
    }

    fn link(&mut self, catalog: &Catalog, scope: Scope) {
        let with_spots = self.parts.iter().enumerate().map(|(index, part)| (index, loans::spots(&part.meaning)));
        let spots: Vec<(usize, Vec<Spot>)> = with_spots.filter(|(_, spots)| !spots.is_empty()).collect();
        if spots.is_empty() {
            return;
        }
        let loans = loans::gather(&self.parts, &spots, catalog);
        for loan in loans.iter().filter(|loan| !loan.lenders.is_empty()) {
            loan.settle(Arc::make_mut(&mut self.parts[loan.document].meaning));
        }
        if scope == Scope::Connect {
            self.widen_scope(&loans, catalog);
        }
        self.claim(&loans);
        self.count_uses(&loans);
    }

    /// A policy may be about Amazon Connect by what it borrows.
    fn widen_scope(&mut self, loans: &[Loan], catalog: &Catalog) {
        for loan in loans.iter().filter(|loan| !loan.borrowed.is_empty()) {
            let Spot::Statement { policy, .. } = loan.spot else { continue };
            let part = &mut self.parts[loan.document];
            let of_part = &part.meaning.policies[policy];
            if !of_part.is_in_scope && scope::is_about_connect(&part.document, catalog, &of_part.statements) {
                Arc::make_mut(&mut part.meaning).policies[policy].is_in_scope = true;
            }
        }
    }

    /// Has the documents with the literals know what these are, so that names in them are judged whatever they look like.
    fn claim(&mut self, loans: &[Loan]) {
        let mut claims: BTreeMap<usize, Vec<(&EntryList, PermissionCarrier)>> = BTreeMap::new();
        for loan in loans.iter().filter(|loan| loan.role == Role::Permission || loan.role.is_action()) {
            let meaning = &self.parts[loan.document].meaning;
            let own = match loan.spot {
                Spot::Statement { policy, .. } if !meaning.policies[policy].is_in_scope => continue,
                Spot::Statement { .. } => PermissionCarrier::List,
                Spot::Permissions(list) => meaning.permission_lists[list].carrier,
            };
            for (lender, list) in &loan.lenders {
                let is_profile = loan.is_profile && !lender.is_certain;
                let carrier = if is_profile { own } else { PermissionCarrier::List };
                claims.entry(lender.document).or_default().push((list, carrier));
            }
        }
        for (index, claims) in claims {
            Arc::make_mut(&mut self.parts[index].meaning).claim(&claims);
        }
    }

    fn count_uses(&mut self, loans: &[Loan]) {
        for loan in loans {
            for (lender, _) in &loan.lenders {
                let at = At { document: lender.document, node: lender.value };
                self.uses.entry(at).or_default().push(Use { document: loan.document, reference: lender.reference });
            }
        }
        for uses in self.uses.values_mut() {
            uses.sort_unstable();
            uses.dedup();
        }
    }
}

impl Meaning {
    /// Adds lists that references lead to, unless they are known as what they are.
    fn claim(&mut self, claims: &[(&EntryList, PermissionCarrier)]) {
        let mut permissions: HashMap<NodeId, usize> =
            self.permission_lists.iter().enumerate().map(|(index, known)| (known.list.value, index)).collect();
        let mut actions: HashSet<NodeId> = self.action_lists().map(|(list, _)| list.value).collect();
        for &(list, carrier) in claims {
            if list.role == Role::Permission {
                let index = *permissions.entry(list.value).or_insert(self.permission_lists.len());
                match self.permission_lists.get_mut(index) {
                    Some(known) if known.carrier == PermissionCarrier::List => known.carrier = carrier,
                    Some(_) => {}
                    None => self.permission_lists.push(PermissionList { carrier, list: list.clone() }),
                }
            } else if actions.insert(list.value) {
                self.action_lists.push(list.clone());
            }
        }
        self.permission_lists.sort_by_key(|known| known.list.value);
        self.action_lists.sort_by_key(|list| list.value);
    }
}
