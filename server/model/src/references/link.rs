//! What the lists of a module borrow: the entries behind their references.

use std::collections::HashMap;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::NodeId;

use super::Part;
use crate::borrow::{Borrowed, Lender};
use crate::definitions::At;
use crate::entries::{Leaf, leaves};
use crate::follow::{Follower, Source};
use crate::judge::Judge;
use crate::{EntryList, Meaning, Role};

/// How many entries one module's lists borrow together.
const MOST_BORROWED: usize = 50_000;

/// Where a list stands in a meaning.
#[derive(Clone, Copy)]
pub(super) enum Spot {
    Statement { policy: usize, statement: usize, list: usize },
    Permissions(usize),
}

/// What a list borrows.
pub(super) struct Loan {
    /// The list's document, by its place in the module.
    pub(super) document: usize,
    /// Where the list stands there.
    pub(super) spot: Spot,
    pub(super) role: Role,
    /// Each with its literal, read.
    pub(super) lenders: Vec<(Lender, EntryList)>,
    pub(super) borrowed: Vec<Borrowed>,
    /// Whether each of its lenders that is not certain is a whole profile's list.
    pub(super) is_profile: bool,
    is_open: bool,
}

/// What the lists with references borrow, by document.
pub(super) fn gather(parts: &[Part], spots: &[(usize, Vec<Spot>)], catalog: &Catalog) -> Vec<Loan> {
    let mut reader = Reader {
        parts,
        follower: Follower::new(parts.iter().map(|part| &part.document).collect()),
        judges: HashMap::new(),
        catalog,
        left: MOST_BORROWED,
    };
    let spots = spots.iter().flat_map(|(document, spots)| spots.iter().map(move |spot| (*document, *spot)));
    let mut loans: Vec<Loan> = spots.map(|(document, spot)| reader.loan(document, spot)).collect();
    mark_shared(&mut loans);
    loans
}

/// A literal to which several references lead cannot be changed for one of them alone.
fn mark_shared(loans: &mut [Loan]) {
    let mut count: HashMap<(usize, NodeId), usize> = HashMap::new();
    for (lender, _) in loans.iter().flat_map(|loan| &loan.lenders) {
        *count.entry((lender.document, lender.value)).or_default() += 1;
    }
    for (lender, _) in loans.iter_mut().flat_map(|loan| &mut loan.lenders) {
        lender.is_shared = count[&(lender.document, lender.value)] > 1;
    }
}

struct Reader<'m> {
    parts: &'m [Part],
    follower: Follower<'m>,
    /// By document: each makes its names' verdicts once.
    judges: HashMap<usize, Judge<'m>>,
    catalog: &'m Catalog,
    /// How many entries may still be borrowed.
    left: usize,
}

impl Reader<'_> {
    fn loan(&mut self, document: usize, spot: Spot) -> Loan {
        let part = &self.parts[document];
        let list = spot.list(&part.meaning);
        let mut loan =
            Loan { document, spot, role: list.role, lenders: Vec::new(), borrowed: Vec::new(), is_profile: false, is_open: false };
        for leaf in leaves(&part.document, list.value) {
            let Leaf::Unknown(reference) = leaf else { continue };
            let followed = self.follower.follow(At { document, node: reference }, list.value);
            loan.is_open |= followed.is_open;
            for source in followed.sources {
                // One of several lists that are the whole of a profile is a profile of its own.
                loan.is_profile |= !source.is_certain && reference == list.value && list.role == Role::Permission;
                self.borrow(&mut loan, reference, &source);
            }
        }
        loan
    }

    fn borrow(&mut self, loan: &mut Loan, reference: NodeId, source: &Source) {
        let At { document, node: value } = source.at;
        let lending = &self.parts[document].document;
        let judge = self.judges.entry(document).or_insert_with(|| Judge::new(self.catalog));
        let judge = &mut |text: &str| judge.verdict(loan.role, text);
        let mut list = EntryList::read(lending, lending.key_of(value), value, loan.role, judge);
        if source.is_split {
            list.split(lending, judge);
        }
        let before = loan.borrowed.len();
        loan.borrowed.extend(Borrowed::entries(lending, loan.lenders.len(), source.is_certain, &list).take(self.left));
        let taken = loan.borrowed.len() - before;
        self.left -= taken;
        loan.is_open |= taken < list.entries.len();
        loan.lenders.push((Lender { reference, document, value, is_certain: source.is_certain, is_shared: false }, list));
    }
}

impl Loan {
    /// Writes into the borrower's list what it borrows.
    pub(super) fn settle(&self, meaning: &mut Meaning) {
        let list = self.spot.list_mut(meaning);
        list.is_open = self.is_open;
        list.lenders = self.lenders.iter().map(|(lender, _)| lender.clone()).collect();
        list.borrowed.clone_from(&self.borrowed);
    }
}

/// The lists of a meaning that have references.
pub(super) fn spots(meaning: &Meaning) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (policy, of_policy) in meaning.policies.iter().enumerate() {
        for (statement, of_statement) in of_policy.statements.iter().enumerate() {
            let with_references = of_statement.lists.iter().enumerate().filter(|(_, list)| list.has_unknown);
            spots.extend(with_references.map(|(list, _)| Spot::Statement { policy, statement, list }));
        }
    }
    let with_references = meaning.permission_lists.iter().enumerate().filter(|(_, known)| known.list.has_unknown);
    spots.extend(with_references.map(|(list, _)| Spot::Permissions(list)));
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
