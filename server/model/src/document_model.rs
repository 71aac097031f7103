//! What one document contains: policies, permission lists, and lists of actions that belong to no statement.

use std::collections::BTreeMap;

use connect_policy_catalog::Catalog;
use connect_policy_syntax::{Document, NodeId, NodeKind};

use crate::carriers::attachment::{Attachment, attachments};
use crate::carriers::by_content::{Signs, count_known_names};
use crate::carriers::classify::{self, PermissionContext};
use crate::carriers::markers;
use crate::carriers::own_output::is_own_output;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::names::classifier::Classifier;
use crate::policy::entry_list::{EntryList, Role};
use crate::policy::kind::policy_kind;
use crate::policy::lambda_permission::open_invoke_principals;
use crate::policy::scope::{self, Scope};
use crate::policy::statement::{Policy, Statement};
use crate::profile::PermissionList;

/// What a document contains.
#[derive(Clone, Debug, Default)]
pub struct DocumentModel {
    /// Its policies in document order.
    pub policies: Vec<Policy>,
    /// Its permission lists in document order.
    pub permission_lists: Vec<PermissionList>,
    /// Lists of actions that belong to no statement, known by their content.
    pub action_lists: Vec<EntryList>,
    /// The AWS managed policies that it attaches.
    pub attachments: Vec<Attachment>,
}

impl DocumentModel {
    /// Reads a document. Never fails. Linear in the document, what its wrong names cost aside.
    pub fn read(document: &Document, catalog: &Catalog, scope: Scope) -> DocumentModel {
        if !markers::may_contain_policy(document.text()) || is_own_output(document) {
            return DocumentModel::default();
        }
        Reader { document, catalog, scope, classifier: Classifier::new(catalog), claimed: Claimed::default(), signs: Signs::default() }
            .read()
    }

    /// All lists of actions, each with whether its policy is about Amazon Connect.
    pub fn action_lists(&self) -> impl Iterator<Item = (&EntryList, bool)> {
        let in_policies = self.policies.iter().flat_map(|policy| {
            let lists = policy.statements.iter().flat_map(|statement| &statement.lists);
            lists.filter(|list| list.role.is_action()).map(|list| (list, policy.is_in_scope))
        });
        in_policies.chain(self.action_lists.iter().map(|list| (list, true)))
    }

    /// The principals of permissions that let Amazon Connect call a function for any account.
    pub fn invoke_permissions(&self, document: &Document) -> Vec<NodeId> {
        open_invoke_principals(document)
    }
}

/// Statements inside this many others are left out. None should be inside another at all, and rules go through all of a policy.
const MAX_NESTED: usize = 8;

struct Reader<'d> {
    document: &'d Document,
    catalog: &'d Catalog,
    scope: Scope,
    classifier: Classifier<'d>,
    /// What belongs to a list already.
    claimed: Claimed,
    /// Whether the document shows that it has to do with Amazon Connect.
    signs: Signs,
}

/// Subtrees of which none lies in another, by their first node, with the node behind their last. Lists may lie in lists,
/// however deep, so their nodes cannot be gone through each time.
#[derive(Default)]
struct Claimed(BTreeMap<usize, usize>);

impl Claimed {
    fn add(&mut self, document: &Document, value: NodeId) {
        if !self.holds(value) {
            let end = document.tree().subtree_end(value);
            self.0.insert(value.index(), end);
        }
    }

    fn holds(&self, node: NodeId) -> bool {
        self.0.range(..=node.index()).next_back().is_some_and(|(_, &end)| node.index() < end)
    }
}

impl<'d> Reader<'d> {
    fn read(mut self) -> DocumentModel {
        let document = self.document;
        let mut statements: BTreeMap<NodeId, Vec<Statement>> = BTreeMap::new();
        let mut permission_lists = Vec::new();
        let mut attached = Vec::new();
        // Where the statements around a node end.
        let mut around: Vec<usize> = Vec::new();
        for node in document.tree().subtree(NodeId::STREAM) {
            match document.kind(node) {
                NodeKind::Map | NodeKind::Block => {
                    while around.pop_if(|end| *end <= node.index()).is_some() {}
                    if around.len() >= MAX_NESTED {
                        continue;
                    }
                    if let Some(vocabulary) = classify::statement_vocabulary(document, self.catalog, node) {
                        around.push(document.tree().subtree_end(node));
                        let statement = self.statement(node, vocabulary);
                        statements.entry(classify::policy_node(document, node)).or_default().push(statement);
                    }
                }
                NodeKind::Key => {
                    permission_lists.extend(self.permission_list(node));
                    attached.extend(self.attached(node));
                }
                _ => {}
            }
        }
        let policies = statements.into_iter().map(|(node, statements)| self.policy(node, statements)).collect();
        let mut model = DocumentModel { policies, permission_lists, action_lists: Vec::new(), attachments: attached };
        self.lists_by_content(&mut model);
        model.permission_lists.sort_by_key(|list| list.list.value);
        model
    }

    fn policy(&self, node: NodeId, statements: Vec<Statement>) -> Policy {
        let is_in_scope = self.scope == Scope::All || scope::is_about_connect(self.document, self.catalog, &statements);
        Policy { node, kind: policy_kind(self.document, node, &statements), statements, is_in_scope }
    }

    fn statement(&mut self, node: NodeId, vocabulary: Vocabulary) -> Statement {
        let document = self.document;
        let mut statement = Statement { node, vocabulary, elements: Vec::new(), lists: Vec::new() };
        for pair in document.pairs(node) {
            if !classify::is_named_key(document, pair.key) {
                continue;
            }
            let Some(element) = vocabulary.near_element(&document.value(pair.key)) else { continue };
            statement.elements.push((element, pair.key, pair.value));
            let role = match element {
                Element::Action => Role::Action,
                Element::NotAction => Role::NotAction,
                Element::Resource => Role::Resource,
                Element::NotResource => Role::NotResource,
                _ => continue,
            };
            statement.lists.push(self.list(Some(pair.key), pair.value, role));
        }
        statement
    }

    fn attached(&self, key: NodeId) -> Vec<Attachment> {
        self.document.value_of_key(key).map_or(Vec::new(), |value| attachments(self.document, self.catalog, key, value))
    }

    fn permission_list(&mut self, key: NodeId) -> Option<PermissionList> {
        let document = self.document;
        let value = document.value_of_key(key)?;
        let context = classify::permission_context(document, self.catalog, &self.signs, key, value)?;
        Some(PermissionList { context, list: self.list(Some(key), value, Role::Permission) })
    }

    /// Lists that nothing around them names: at least two of their strings, and at least half, are catalogued names. Permissions
    /// that other programs have too need a sign that the document has to do with Amazon Connect.
    fn lists_by_content(&mut self, model: &mut DocumentModel) {
        let document = self.document;
        for node in document.tree().subtree(NodeId::STREAM) {
            if document.kind(node) != NodeKind::Seq || self.claimed.holds(node) {
                continue;
            }
            // Items of another kind make it a structure of its own (a test's expression, say), not a list of names.
            let is_string =
                |item: NodeId| matches!(document.kind(item), NodeKind::Scalar | NodeKind::Missing) && document.embedded(item).is_none();
            let mut strings = document.items(node).filter(|&item| document.kind(item) == NodeKind::Scalar);
            if strings.nth(1).is_none() || !document.items(node).all(is_string) || classify::is_excluded(document, node) {
                continue;
            }
            let known = count_known_names(document, self.catalog, node);
            let key = document.key_of(node);
            if known.actions >= 2 && known.actions * 2 >= known.strings {
                let list = self.list(key, node, Role::Action);
                let is_ours = list.entries.iter().any(|entry| scope::names_family(self.catalog, &entry.text(document)));
                model.action_lists.extend(is_ours.then_some(list));
            } else if known.permissions >= 2 && known.permissions * 2 >= known.strings && self.signs.confirm(document, known) {
                let list = self.list(key, node, Role::Permission);
                model.permission_lists.push(PermissionList { context: PermissionContext::List, list });
            }
        }
    }

    fn list(&mut self, key: Option<NodeId>, value: NodeId, role: Role) -> EntryList {
        self.claimed.add(self.document, value);
        EntryList::read(self.document, key, value, role, &mut self.classifier)
    }
}
