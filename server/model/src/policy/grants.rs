//! What the statements of a policy grant and deny together, as IAM reads them: letter case does not matter, `*` and `?`
//! stand anywhere, a Deny wins, `NotAction` means all but.

use std::collections::{HashMap, HashSet};

use connect_policy_catalog::Pattern;
use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::carriers::keys;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::names::verdict::Verdict;
use crate::policy::effective_entries::EffectiveEntry;
use crate::policy::entry_list::{EntryList, Role};
use crate::policy::reach::Reach;
use crate::policy::statement::{Effect, Policy, Statement};
use crate::values::functions;
use crate::values::list_items::{ListItem, is_branch, list_items};

/// Actions and patterns, ready to look actions up.
#[derive(Clone, Debug, Default)]
struct Actions {
    exact: HashSet<String>,
    /// By text, so that a pattern of many statements is matched once.
    wild: HashMap<String, Pattern>,
    /// Each a list of which the opposite is meant.
    all_but: Vec<Actions>,
}

impl Actions {
    fn add<'c>(&mut self, entries: impl Iterator<Item = EffectiveEntry<'c>>) {
        for entry in entries.filter(|entry| !matches!(entry.verdict(), Verdict::Opaque)) {
            let text = entry.text.to_ascii_lowercase();
            if !Pattern::is_wild(&text) {
                self.exact.insert(text);
            } else if let Some(pattern) = Pattern::new(&text) {
                self.wild.entry(text).or_insert(pattern);
            }
        }
    }

    /// Whether an action, in lower case, is among them.
    fn hold(&self, action: &str) -> bool {
        self.exact.contains(action)
            || self.wild.values().any(|pattern| pattern.matches(action))
            || self.all_but.iter().any(|others| !others.hold(action))
    }
}

/// What a policy grants and denies.
#[derive(Clone, Debug, Default)]
pub struct Grants {
    allowed: Actions,
    denied: Actions,
    is_whole: bool,
}

impl Grants {
    /// Reads a policy's statements together.
    pub fn of(document: &Document, policy: &Policy) -> Grants {
        let mut grants = Grants { is_whole: !has_unknown_statements(document, policy), ..Grants::default() };
        for statement in &policy.statements {
            match statement.effect(document) {
                Effect::Allow => grants.add_allow(document, statement),
                Effect::Deny => grants.add_deny(document, policy, statement),
                Effect::Unknown => grants.is_whole = false,
            }
        }
        grants
    }

    fn add_allow(&mut self, document: &Document, statement: &Statement) {
        for list in &statement.lists {
            match list.role {
                Role::Action => self.allowed.add(list.effective_entries(document)),
                // What is named only perhaps is perhaps allowed.
                Role::NotAction => {
                    let mut others = Actions::default();
                    others.add(list.effective_entries(document).filter(EffectiveEntry::is_unconditional));
                    self.allowed.all_but.push(others);
                }
                _ => continue,
            }
            self.is_whole &= is_known(document, list);
        }
    }

    /// A Deny counts where it certainly holds: without a condition, on everything, in no branch.
    fn add_deny(&mut self, document: &Document, policy: &Policy, statement: &Statement) {
        let is_unconditional = statement.reach(document) == Reach::Everything
            && !statement.conditions(document).is_present
            && !is_in_branch(document, statement.node, policy.node);
        if !is_unconditional {
            return;
        }
        for list in statement.lists.iter().filter(|list| !has_branches(document, list.value)) {
            match list.role {
                Role::Action => self.denied.add(list.effective_entries(document).filter(EffectiveEntry::is_unconditional)),
                Role::NotAction if is_known(document, list) => {
                    let mut others = Actions::default();
                    others.add(list.effective_entries(document));
                    self.denied.all_but.push(others);
                }
                _ => {}
            }
        }
    }

    /// Whether some statement allows an action by its full name. Where the policy is not whole, another may too.
    pub fn allows(&self, action: &str) -> bool {
        self.allowed.hold(&action.to_ascii_lowercase())
    }

    /// Whether an action is certainly denied, whatever else allows it.
    pub fn denies(&self, action: &str) -> bool {
        self.denied.hold(&action.to_ascii_lowercase())
    }

    /// Whether everything that the policy allows is written here, so that what is not found is not granted by it.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }
}

/// Whether all that counts in a list is known.
fn is_known(document: &Document, list: &EntryList) -> bool {
    !list.is_incomplete && list.effective_entries(document).all(|entry| !matches!(entry.verdict(), Verdict::Opaque))
}

/// Whether a policy may have statements that are not read here: made by a loop, a call or a variable, or merged from
/// another document.
fn has_unknown_statements(document: &Document, policy: &Policy) -> bool {
    // Statements stand in document order.
    let is_read = |node: NodeId| policy.statements.binary_search_by_key(&node, |statement| statement.node).is_ok();
    let unknown = |value: NodeId| {
        list_items(document, value).into_iter().any(|leaf| match leaf {
            ListItem::Unknown(node) => !matches!(document.kind(node), NodeKind::Map | NodeKind::Block) || !is_read(node),
            _ => false,
        })
    };
    let is_merged = |key: &str| keys::is_merge_key(key) || key == functions::DYNAMIC_BLOCK || key == functions::MERGE_KEY;
    document.pairs(policy.node).any(|pair| {
        let key = document.value(pair.key);
        is_merged(&key) || (keys::is_policy_statements_key(&key) && unknown(pair.value))
    }) || (document.kind(policy.node) == NodeKind::Seq && unknown(policy.node))
        || policy.statements.iter().any(|statement| {
            statement.vocabulary == Vocabulary::Loose
                || statement.element(Element::Effect).is_some_and(|effect| document.has_interpolation(effect))
        })
}

/// Whether a node lies in a branch or a loop, below the node that holds the policy.
fn is_in_branch(document: &Document, node: NodeId, policy: NodeId) -> bool {
    document.tree().ancestors(node).take_while(|&above| above != policy).any(|above| is_branch(document, above))
}

fn has_branches(document: &Document, value: NodeId) -> bool {
    document.tree().subtree(value).any(|node| is_branch(document, node))
}
