//! Policies and their statements.

use connect_policy_syntax::{Document, NodeId};

use crate::entries::holds_with;
use crate::{Element, EntryList, PolicyKind, Role, Vocabulary};

/// A policy: statements that are read together.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The map or block that holds the statements; the statement itself where it stands alone.
    pub node: NodeId,
    /// What it is attached to.
    pub kind: PolicyKind,
    /// Its statements in order.
    pub statements: Vec<Statement>,
    /// Whether rules speak of it: it is about Amazon Connect, or all policies are wanted.
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

impl Statement {
    /// The value of an element.
    pub fn element(&self, element: Element) -> Option<NodeId> {
        self.elements.iter().find(|(named, ..)| *named == element).map(|(_, _, value)| *value)
    }

    /// The lists of a role.
    pub fn lists(&self, role: Role) -> impl Iterator<Item = &EntryList> {
        self.lists.iter().filter(move |list| list.role == role)
    }

    /// What it does. `aws_iam_policy_document` allows where nothing is said; elsewhere nothing said is unknown.
    pub fn effect(&self, document: &Document) -> Effect {
        match self.element(Element::Effect) {
            Some(value) if !document.has_holes(value) => match &*document.value(value) {
                "Allow" => Effect::Allow,
                "Deny" => Effect::Deny,
                _ => Effect::Unknown,
            },
            Some(_) => Effect::Unknown,
            None if self.vocabulary == Vocabulary::TerraformDocument => Effect::Allow,
            None => Effect::Unknown,
        }
    }

    /// Whether it allows.
    pub fn is_allow(&self, document: &Document) -> bool {
        self.effect(document) == Effect::Allow
    }

    /// Whether it holds whenever another statement does: it lies in no branch in which the other does not lie.
    pub fn holds_with(&self, document: &Document, other: &Statement) -> bool {
        holds_with(document, self.node, other.node)
    }
}
