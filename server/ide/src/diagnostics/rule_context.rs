//! What a rule reads: a document in its module, and what several rules want to know of it, computed once.

use std::cell::OnceCell;

use connect_policy_catalog::Catalog;
use connect_policy_model::{
    ActionVerdict, DocumentModel, Entry, EntryList, Grants, PermissionContext, PermissionVerdict, Policy, Role, Statement, Verdict,
};
use connect_policy_syntax::Document;

use super::meta::RuleUnit;
use super::support::held::HeldNames;
use super::support::risks::{self, Risky};
use crate::context::Context;
use crate::resources::ArnTypes;

/// An action entry as rules on names see it.
#[derive(Clone, Copy)]
pub(super) struct ActionEntry<'a> {
    pub(super) entry: &'a Entry,
    pub(super) verdict: &'a ActionVerdict,
    /// `None` in a list that belongs to no statement.
    pub(super) place: Option<ActionPlace<'a>>,
    /// Whether its policy is about Amazon Connect.
    pub(super) is_in_scope: bool,
}

/// The place of an action entry in its policy.
#[derive(Clone, Copy)]
pub(super) struct ActionPlace<'a> {
    /// The policy's index in the document.
    pub(super) policy: usize,
    pub(super) statement: &'a Statement,
    pub(super) role: Role,
}

/// A document as rules see it.
pub(super) struct RuleContext<'a> {
    context: Context<'a>,
    /// What each policy grants, once a rule asks.
    grants: Vec<OnceCell<Grants>>,
    /// What is risky, once a rule asks.
    risks: OnceCell<Vec<Risky<'a>>>,
    /// What the lists hold, once a rule asks.
    held: OnceCell<HeldNames<'a>>,
    /// What Connect's ARNs look like, once a rule asks.
    arn_types: OnceCell<ArnTypes>,
}

impl<'a> RuleContext<'a> {
    pub(super) fn new(context: Context<'a>) -> RuleContext<'a> {
        let grants = context.meaning.policies.iter().map(|_| OnceCell::new()).collect();
        RuleContext { context, grants, risks: OnceCell::new(), held: OnceCell::new(), arn_types: OnceCell::new() }
    }

    pub(super) fn context(&self) -> &Context<'a> {
        &self.context
    }

    pub(super) fn document(&self) -> &'a Document {
        self.context.document
    }

    pub(super) fn meaning(&self) -> &'a DocumentModel {
        self.context.meaning
    }

    pub(super) fn catalog(&self) -> &'a Catalog {
        self.context.catalog
    }

    /// Whether the document has anything of a kind. Most documents of a folder hold no policy, and rules need not run there.
    pub(super) fn has(&self, unit: RuleUnit) -> bool {
        let meaning = self.context.meaning;
        match unit {
            RuleUnit::Document => true,
            RuleUnit::Policy => self.policies().next().is_some(),
            RuleUnit::Statement => self.policies().any(|(_, policy)| !policy.statements.is_empty()),
            RuleUnit::Profile => meaning.permission_lists.iter().any(|known| known.context == PermissionContext::Profile),
            RuleUnit::List | RuleUnit::Entry => {
                let in_policies = || meaning.policies.iter().flat_map(|policy| &policy.statements).any(|one| !one.lists.is_empty());
                !meaning.permission_lists.is_empty() || !meaning.action_lists.is_empty() || in_policies()
            }
        }
    }

    /// Every action entry with its verdict and its place.
    pub(super) fn action_entries(&self) -> impl Iterator<Item = ActionEntry<'a>> + use<'a> {
        let meaning = self.context.meaning;
        let in_policies = meaning.policies.iter().enumerate().flat_map(|(policy, one)| {
            let lists = one.statements.iter().flat_map(|statement| statement.lists.iter().map(move |list| (statement, list)));
            lists.filter(|(_, list)| list.role.is_action()).map(move |(statement, list)| {
                let place = ActionPlace { policy, statement, role: list.role };
                (list, Some(place), one.is_in_scope)
            })
        });
        let lists = in_policies.chain(meaning.action_lists.iter().map(|list| (list, None, true)));
        lists.flat_map(|(list, place, is_in_scope)| {
            list.entries.iter().filter_map(move |entry| match &entry.verdict {
                Verdict::Action(verdict) => Some(ActionEntry { entry, verdict, place, is_in_scope }),
                _ => None,
            })
        })
    }

    /// Every permission entry with its verdict.
    pub(super) fn permission_entries(
        &self,
    ) -> impl Iterator<Item = (&'a Entry, &'a PermissionVerdict, PermissionContext, &'a EntryList)> + use<'a> {
        let lists = self.context.meaning.permission_lists.iter();
        lists.flat_map(|known| known.list.entries.iter().map(move |entry| (entry, known))).filter_map(|(entry, known)| {
            match &entry.verdict {
                Verdict::Permission(verdict) => Some((entry, verdict, known.context, &known.list)),
                _ => None,
            }
        })
    }

    /// The policies about Amazon Connect, each with its index in the document.
    pub(super) fn policies(&self) -> impl Iterator<Item = (usize, &'a Policy)> + use<'a> {
        self.context.meaning.policies.iter().enumerate().filter(|(_, policy)| policy.is_in_scope)
    }

    /// What a policy grants and denies, by its index in the document.
    pub(super) fn grants(&self, index: usize) -> &Grants {
        self.grants[index].get_or_init(|| Grants::of(self.context.document, &self.context.meaning.policies[index]))
    }

    /// The entries that are risky, in the order of the document.
    pub(super) fn risks(&self) -> &[Risky<'a>] {
        self.risks.get_or_init(|| risks::find(&self.context, |index| self.grants(index)))
    }

    /// What the lists hold already.
    pub(super) fn held(&self) -> &HeldNames<'a> {
        self.held.get_or_init(|| HeldNames::read(&self.context))
    }

    /// What Connect's ARNs look like.
    pub(super) fn arn_types(&self) -> &ArnTypes {
        self.arn_types.get_or_init(|| ArnTypes::read(self.context.catalog))
    }
}
