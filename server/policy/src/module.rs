//! The unit of analysis: the documents of one folder, read together. What a list refers to counts in it, wherever in the
//! module it is written.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId};

use crate::borrow::{Borrowed, Lender};
use crate::definitions::At;
use crate::entries::{Leaf, leaves};
use crate::follow::{Followed, Follower};
use crate::judge::Judge;
use crate::{EntryList, Meaning, PermissionCarrier, PermissionList, Role, Scope, scope};

/// How many entries one module's lists borrow together.
const MOST_BORROWED: usize = 50_000;

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

/// Where a list stands in a meaning.
#[derive(Clone, Copy)]
enum Spot {
    Statement { policy: usize, statement: usize, list: usize },
    Permissions(usize),
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

    /// The places where a literal of a document is used, by the literal's node.
    pub fn uses(&self, document: usize, literal: NodeId) -> &[Use] {
        self.uses.get(&At { document, node: literal }).map_or(&[], Vec::as_slice)
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
        let borrow = self.parts.iter().enumerate().filter(|(index, part)| !spots(*index, &part.meaning).is_empty());
        let lend = self.uses.iter().filter(|(at, uses)| uses.iter().any(|one| one.document != at.document));
        borrow.map(|(index, _)| index).chain(lend.map(|(at, _)| at.document)).collect()
    }

    fn link(&mut self, catalog: &Catalog, scope: Scope) {
        let spots: Vec<(usize, Spot)> = self.parts.iter().enumerate().flat_map(|(index, part)| spots(index, &part.meaning)).collect();
        if spots.is_empty() {
            return;
        }
        let loans = self.loans(&spots, catalog);
        for loan in loans.iter().filter(|loan| !loan.lenders.is_empty()) {
            loan.settle(Arc::make_mut(&mut self.parts[loan.spot.0].meaning));
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
            let (index, Spot::Statement { policy, .. }) = loan.spot else { continue };
            let part = &mut self.parts[index];
            let of_part = &part.meaning.policies[policy];
            if !of_part.is_in_scope && scope::is_about_connect(&part.document, catalog, &of_part.statements) {
                Arc::make_mut(&mut part.meaning).policies[policy].is_in_scope = true;
            }
        }
    }

    /// What the lists with references borrow.
    fn loans(&self, spots: &[(usize, Spot)], catalog: &Catalog) -> Vec<Loan> {
        let mut follower = Follower::new(self.parts.iter().map(|part| &part.document).collect());
        let mut judges: HashMap<usize, Judge<'_>> = HashMap::new();
        let mut left = MOST_BORROWED;
        let mut loans = Vec::new();
        for &(index, spot) in spots {
            let document = &self.parts[index].document;
            let list = spot.list(&self.parts[index].meaning);
            let mut loan =
                Loan { spot: (index, spot), role: list.role, is_open: false, lenders: Vec::new(), borrowed: Vec::new(), is_profile: false };
            for leaf in leaves(document, list.value) {
                let Leaf::Unknown(reference) = leaf else { continue };
                let Followed { sources, is_open } = follower.follow(At { document: index, node: reference }, list.value);
                loan.is_open |= is_open;
                for source in sources {
                    let lending = &self.parts[source.at.document].document;
                    let judge = judges.entry(source.at.document).or_insert_with(|| Judge::new(catalog));
                    let key = lending.key_of(source.at.node);
                    let judge = &mut |text: &str| judge.verdict(list.role, text);
                    let mut read = EntryList::read(lending, key, source.at.node, list.role, judge);
                    if source.is_split {
                        read.split(lending, judge);
                    }
                    let entries = Borrowed::entries(lending, loan.lenders.len(), source.is_certain, &read);
                    let known = loan.borrowed.len();
                    loan.borrowed.extend(entries.take(left));
                    left -= loan.borrowed.len() - known;
                    loan.is_open |= read.entries.len() > loan.borrowed.len() - known;
                    // One of several lists that are the whole of a profile is a profile of its own.
                    loan.is_profile |= !source.is_certain && reference == list.value && list.role == Role::Permission;
                    let at = source.at;
                    loan.lenders.push((
                        Lender { reference, document: at.document, value: at.node, is_certain: source.is_certain, is_shared: false },
                        read,
                    ));
                }
            }
            loans.push(loan);
        }
        // A literal to which several references lead cannot be changed for one of them alone.
        let mut count: HashMap<(usize, NodeId), usize> = HashMap::new();
        for (lender, _) in loans.iter().flat_map(|loan| &loan.lenders) {
            *count.entry((lender.document, lender.value)).or_default() += 1;
        }
        for (lender, _) in loans.iter_mut().flat_map(|loan| &mut loan.lenders) {
            lender.is_shared = count[&(lender.document, lender.value)] > 1;
        }
        loans
    }

    /// Has the documents with the literals know what these are, so that names in them are judged whatever they look like.
    fn claim(&mut self, loans: &[Loan]) {
        let mut claims: BTreeMap<usize, Vec<(&EntryList, PermissionCarrier)>> = BTreeMap::new();
        for loan in loans.iter().filter(|loan| loan.role == Role::Permission || loan.role.is_action()) {
            let (index, spot) = loan.spot;
            let own = match spot {
                Spot::Statement { policy, .. } if !self.parts[index].meaning.policies[policy].is_in_scope => continue,
                Spot::Statement { .. } => PermissionCarrier::List,
                Spot::Permissions(list) => self.parts[index].meaning.permission_lists[list].carrier,
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
                self.uses.entry(at).or_default().push(Use { document: loan.spot.0, reference: lender.reference });
            }
        }
        for uses in self.uses.values_mut() {
            uses.sort_unstable();
            uses.dedup();
        }
    }
}

/// What a list borrows.
struct Loan {
    spot: (usize, Spot),
    role: Role,
    is_open: bool,
    /// Each with its literal, read.
    lenders: Vec<(Lender, EntryList)>,
    borrowed: Vec<Borrowed>,
    /// Whether each of its lenders that is not certain is a whole profile's list.
    is_profile: bool,
}

impl Loan {
    /// Writes into the borrower's list what it borrows.
    fn settle(&self, meaning: &mut Meaning) {
        let list = self.spot.1.list_mut(meaning);
        list.is_open = self.is_open;
        list.lenders = self.lenders.iter().map(|(lender, _)| lender.clone()).collect();
        list.borrowed.clone_from(&self.borrowed);
    }
}

/// The lists of a meaning that have references.
fn spots(index: usize, meaning: &Meaning) -> Vec<(usize, Spot)> {
    let mut spots = Vec::new();
    for (policy, of_policy) in meaning.policies.iter().enumerate() {
        for (statement, of_statement) in of_policy.statements.iter().enumerate() {
            let with_references = of_statement.lists.iter().enumerate().filter(|(_, list)| list.has_unknown);
            spots.extend(with_references.map(|(list, _)| (index, Spot::Statement { policy, statement, list })));
        }
    }
    let with_references = meaning.permission_lists.iter().enumerate().filter(|(_, known)| known.list.has_unknown);
    spots.extend(with_references.map(|(list, _)| (index, Spot::Permissions(list))));
    spots
}

impl Spot {
    fn list(self, meaning: &Meaning) -> &EntryList {
        match self {
            Spot::Statement { policy, statement, list } => &meaning.policies[policy].statements[statement].lists[list],
            Spot::Permissions(list) => &meaning.permission_lists[list].list,
        }
    }

    fn list_mut(self, meaning: &mut Meaning) -> &mut EntryList {
        match self {
            Spot::Statement { policy, statement, list } => &mut meaning.policies[policy].statements[statement].lists[list],
            Spot::Permissions(list) => &mut meaning.permission_lists[list].list,
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
