//! Policies and their statements.

use connect_policy_syntax::{Document, NodeId};

use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::carriers::{iam, terraform};
use crate::policy::entry_list::{EntryList, Role};
use crate::values::list_items::applies_with;

/// A policy: statements that are read together.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The map or block that holds the statements; the statement itself where it stands alone.
    pub node: NodeId,
    /// What it is attached to.
    pub kind: PolicyKind,
    /// Its statements in order.
    pub statements: Vec<Statement>,
    /// Whether rules look at it: it is about Amazon Connect, or all policies are wanted.
    pub is_in_scope: bool,
}

/// A statement of a policy.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The statement's map or block.
    pub node: NodeId,
    /// The words that it uses.
    pub vocabulary: Vocabulary,
    /// The elements that are written: which, their key, their value. Near misses (`Actions`) among them.
    pub elements: Vec<(Element, NodeId, NodeId)>,
    /// Its lists of actions and resources.
    pub lists: Vec<EntryList>,
}

/// What a statement does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
    /// It is not known here.
    Unknown,
}

impl Policy {
    /// The key of its statements: `Statement`, in any letter case; `None` for statements in blocks or without such a key.
    pub fn statements_key(&self, document: &Document) -> Option<NodeId> {
        document.pairs(self.node).find(|pair| document.value(pair.key).eq_ignore_ascii_case(iam::STATEMENT)).map(|pair| pair.key)
    }

    /// Whether it is a map whose statements are under IAM's own key, spelled exactly.
    pub fn has_statement_key(&self, document: &Document) -> bool {
        document.get(self.node, iam::STATEMENT).is_some()
    }
}

impl Statement {
    /// The value of an element.
    pub fn element(&self, element: Element) -> Option<NodeId> {
        self.elements.iter().find(|(named, ..)| *named == element).map(|(_, _, value)| *value)
    }

    /// The lists of a role.
    pub fn lists(&self, role: Role) -> impl Iterator<Item = &EntryList> {
        self.lists.iter().filter(move |list| list.role == role)
    }

    /// What it does. Terraform's data source allows by default; elsewhere a missing effect is unknown.
    pub fn effect(&self, document: &Document) -> Effect {
        match self.element(Element::Effect) {
            Some(value) if !document.has_interpolation(value) => match &*document.value(value) {
                "Allow" => Effect::Allow,
                "Deny" => Effect::Deny,
                _ => Effect::Unknown,
            },
            Some(_) => Effect::Unknown,
            None if self.vocabulary == Vocabulary::TerraformDocument => Effect::Allow,
            None => Effect::Unknown,
        }
    }

    /// Whether a key is that of a statement alone, as its carrier writes it: a block of `aws_iam_policy_document` that is not
    /// repeated, or IAM's own key.
    pub fn is_statement_key(&self, key: &str) -> bool {
        match self.vocabulary {
            Vocabulary::TerraformDocument => key == terraform::POLICY_BLOCKS.statement,
            Vocabulary::Iam | Vocabulary::Loose => key == iam::STATEMENT,
        }
    }

    /// Whether it allows.
    pub fn is_allow(&self, document: &Document) -> bool {
        self.effect(document) == Effect::Allow
    }

    /// Whether it holds whenever another statement does: it lies in no branch in which the other does not lie.
    pub fn applies_with(&self, document: &Document, other: &Statement) -> bool {
        applies_with(document, self.node, other.node)
    }
}
