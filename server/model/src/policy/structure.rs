//! What IAM refuses of a policy whatever its names are: keys in the wrong place, conditions without an operator, lists in lists.

use connect_policy_syntax::{Document, Format, NodeFlags, NodeId, NodeKind, ScalarStyle};

use crate::carriers::carrier::{Attribute, ConditionBlock, SizeLimit};
use crate::carriers::classify::keys_above;
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::terraform::CONDITION_BLOCK;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::carriers::{iam, keys, serverless, terraform};
use crate::names::nearest;
use crate::policy::condition::{is_condition_key, is_operator, is_text};
use crate::policy::entry_list::Role;
use crate::policy::size::is_document;
use crate::policy::statement::{Policy, Statement};
use crate::values::functions::{self, CfnFunction};
use crate::values::list_items::{ListItem, cfn_function, is_written_list, list_items};
use crate::values::nested_lists::nested_lists;

/// A part of a policy that IAM refuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StructureFault {
    /// What is wrong.
    pub kind: StructureFaultKind,
    /// Where: a key, or a list.
    pub node: NodeId,
}

/// What is wrong with the structure of a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StructureFaultKind {
    /// A key of the policy that does not exist.
    UnknownKey {
        /// The key that it resembles.
        near: Option<&'static str>,
        /// Whether the policy is certainly passed to IAM as it is, rather than a file that a script reads.
        is_certain: bool,
    },
    /// A statement's element outside a statement.
    OutsideStatement,
    /// `Conditions` beside the statements, which IAM ignores.
    IgnoredConditions,
    /// An operator with its condition keys among the elements of a statement.
    OperatorOutsideCondition,
    /// A condition key where an operator belongs.
    MissingOperator,
    /// `Condition` with a string or list in place of its operators.
    WithoutOperators(Found),
    /// An operator with a string or list in place of its condition keys.
    WithoutKeys(Found),
    /// A condition key that is compared with an object.
    ObjectValue,
    /// A condition block without some of its attributes.
    IncompleteBlock(Vec<&'static str>),
    /// Resources in a trust policy, whose resource is the role.
    ResourceInTrust,
    /// A principal in a policy of an identity, which is the principal.
    PrincipalInIdentity,
    /// An element beside its opposite, of which a statement has one: `NotAction` beside `Action`.
    BesideOpposite(String),
    /// A list inside a list.
    NestedList,
    /// A whole policy in place of a statement.
    PolicyAsStatement,
}

/// What is found in place of an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// A string, number or Boolean value.
    Scalar,
    /// A list.
    List,
}

impl Policy {
    /// What is wrong with its structure, in no certain order. Nothing that is written by an expression, a function or a template
    /// counts, nor what is half typed.
    pub fn structure_faults(&self, document: &Document) -> Vec<StructureFault> {
        let mut found = Finder { document, faults: Vec::new() };
        let are_all = |vocabulary: Vocabulary| self.statements.iter().all(|statement| statement.vocabulary == vocabulary);
        if are_all(Vocabulary::Iam) {
            found.policy(self);
        } else if are_all(Vocabulary::TerraformDocument) {
            found.data_source(self);
        } else {
            return Vec::new();
        }
        let range = document.range(self.node);
        // Around a syntax error, what is read may not be what is meant. A condition outside its statement is often the error.
        let is_broken = document.tree().errors().iter().any(|error| error.range.start < range.end && range.start < error.range.end);
        if is_broken {
            found.faults.retain(|fault| fault.kind == StructureFaultKind::OutsideStatement);
            return found.faults;
        }
        for statement in &self.statements {
            found.conditions(statement);
            found.elements_by_kind(self, statement);
            found.opposites(statement);
            found.operators_outside_conditions(statement);
            for list in &statement.lists {
                found.nested_lists(list.value);
            }
        }
        found.faults
    }

    /// The map of its keys: its own node, or the map around its statements if the key of these is misspelled.
    fn keys(&self, document: &Document) -> Option<NodeId> {
        if self.has_statement_key(document) {
            return Some(self.node);
        }
        let has_version =
            |map: NodeId| document.get(map, iam::POLICY_KEYS[0]).is_some_and(|version| iam::VERSIONS.contains(&&*document.value(version)));
        if self.statements_key(document).is_some() {
            // In other letters' case, the key is that of other tools too.
            return Some(self.node).filter(|&map| has_version(map));
        }
        let key = document.key_of(self.node)?;
        let text = document.value(key);
        let map = document.tree().parent(key)?;
        let is_other_key = keys::is_statements_key(&text);
        let is_near = near_policy_key(&text) == Some(iam::STATEMENT);
        (is_near && (has_version(map) || (!is_other_key && is_document(document, map)))).then_some(map)
    }
}

struct Finder<'d> {
    document: &'d Document,
    faults: Vec<StructureFault>,
}

impl Finder<'_> {
    fn add(&mut self, node: NodeId, kind: StructureFaultKind) {
        self.faults.push(StructureFault { kind, node });
    }

    /// The keys of a policy, and what its statements are.
    fn policy(&mut self, policy: &Policy) {
        let document = self.document;
        let Some(map) = policy.keys(document) else { return };
        let version = document.pairs(map).find(|pair| document.value(pair.key).eq_ignore_ascii_case(iam::VERSION));
        let has_version = version.is_some_and(|pair| iam::VERSIONS.contains(&&*document.value(pair.value)));
        let is_whole = has_version && is_document(document, map);
        let is_certain = document.tree().parent(map) != Some(NodeId::STREAM);
        for pair in document.pairs(map) {
            let text = document.value(pair.key);
            if iam::POLICY_KEYS.contains(&&*text) || !is_text(document, pair.key) || functions::is_computed_key(&text) {
                continue;
            }
            // In YAML, what begins with `x-` is by convention a place for anchors.
            if document.format_at(map) == Format::Yaml && text.starts_with("x-") {
                continue;
            }
            let near = near_policy_key(&text);
            if text == iam::CONDITIONS {
                self.add(pair.key, StructureFaultKind::IgnoredConditions);
            } else if near.is_none() && Vocabulary::Iam.near_element(&text).is_some() {
                self.add(pair.key, StructureFaultKind::OutsideStatement);
            } else if near.is_some() || (is_whole && text.starts_with(|letter: char| letter.is_alphabetic())) {
                self.add(pair.key, StructureFaultKind::UnknownKey { near, is_certain: is_certain || near.is_some() });
            }
        }
        if policy.has_statement_key(document)
            && let Some(key) = policy.statements_key(document)
        {
            if is_list_of_statements(document, policy.node) {
                self.add(key, StructureFaultKind::PolicyAsStatement);
            }
            let Some(statements) = document.value_of_key(key) else { return };
            self.nested_lists(statements);
            self.lone_conditions(statements);
        }
    }

    /// Statements that consist of a condition: it belongs into the one before.
    fn lone_conditions(&mut self, statements: NodeId) {
        let document = self.document;
        for item in list_items(document, statements) {
            let (ListItem::Unknown(map) | ListItem::Partial(map)) = item else { continue };
            let is_condition = |key: NodeId| Vocabulary::Iam.near_element(&document.value(key)) == Some(Element::Condition);
            let mut pairs = document.pairs(map).peekable();
            let first = pairs.peek().map(|pair| pair.key);
            if let Some(first) = first.filter(|_| pairs.all(|pair| is_condition(pair.key))) {
                self.add(first, StructureFaultKind::OutsideStatement);
            }
        }
    }

    /// The blocks and attributes of a data source that writes a policy.
    fn data_source(&mut self, policy: &Policy) {
        let document = self.document;
        for pair in document.pairs(policy.node) {
            let text = document.value(pair.key);
            if Vocabulary::TerraformDocument.element(&text).is_some() {
                self.add(pair.key, StructureFaultKind::OutsideStatement);
            } else if text != terraform::POLICY_BLOCKS.statement && is_near(&text, terraform::POLICY_BLOCKS.statement) {
                let near = Some(terraform::POLICY_BLOCKS.statement);
                self.add(pair.key, StructureFaultKind::UnknownKey { near, is_certain: true });
            }
        }
    }

    fn conditions(&mut self, statement: &Statement) {
        let document = self.document;
        let conditions = statement.elements.iter().filter(|(element, ..)| *element == Element::Condition);
        for &(_, key, value) in conditions {
            if statement.vocabulary == Vocabulary::Iam {
                self.condition(key, value);
            } else {
                self.condition_blocks(key, value);
            }
        }
        for repeated in document.values(statement.node, functions::DYNAMIC_BLOCK).filter(|_| statement.vocabulary != Vocabulary::Iam) {
            let condition = document.get(repeated, CONDITION_BLOCK.block);
            let content =
                condition.and_then(|block| document.pairs(block).find(|pair| document.value(pair.key) == terraform::POLICY_BLOCKS.content));
            if let Some(content) = content {
                self.condition_blocks(content.key, content.value);
            }
        }
    }

    /// `Condition: {operator: {key: value}}`
    fn condition(&mut self, key: NodeId, value: NodeId) {
        let document = self.document;
        if let Some(found) = self.found_instead(value) {
            return self.add(key, StructureFaultKind::WithoutOperators(found));
        }
        for operator in self.literal_pairs(value) {
            if document.kind(operator.value) == NodeKind::Missing {
                continue;
            }
            if is_condition_key(&document.value(operator.key)) {
                self.add(operator.key, StructureFaultKind::MissingOperator);
            } else if let Some(found) = self.found_instead(operator.value) {
                self.add(operator.key, StructureFaultKind::WithoutKeys(found));
            } else {
                for pair in self.literal_pairs(operator.value) {
                    self.values(pair.key, pair.value);
                }
            }
        }
    }

    /// What a condition key is compared with.
    fn values(&mut self, key: NodeId, value: NodeId) {
        let document = self.document;
        let is_object = |&node: &NodeId| {
            let is_map = document.kind(node) == NodeKind::Map && cfn_function(document, node).is_none();
            let is_written = |key: NodeId| is_text(document, key) && !functions::is_computed_key(&document.value(key));
            is_map && document.pairs(node).all(|pair| document.kind(pair.value) != NodeKind::Missing && is_written(pair.key))
        };
        let is_list = document.kind(value) == NodeKind::Seq && is_written_list(document, value);
        if is_object(&value) || (is_list && document.items(value).any(|item| is_object(&item))) {
            self.add(key, StructureFaultKind::ObjectValue);
        }
        self.nested_lists(value);
    }

    /// `condition { test = …, variable = …, values = […] }`, one or a list of them.
    fn condition_blocks(&mut self, key: NodeId, value: NodeId) {
        let document = self.document;
        let blocks: Vec<NodeId> = if document.kind(value) == NodeKind::Seq { document.items(value).collect() } else { vec![value] };
        for block in blocks.into_iter().filter(|&block| matches!(document.kind(block), NodeKind::Block | NodeKind::Map)) {
            let ConditionBlock { operator, key: variable, values, .. } = CONDITION_BLOCK;
            let is_half_typed = document.pairs(block).any(|pair| document.kind(pair.value) == NodeKind::Missing);
            let parts = [operator, variable, values].into_iter();
            let missing: Vec<&str> = parts.filter(|part| document.get(block, part).is_none()).collect();
            if !missing.is_empty() && !is_half_typed {
                self.add(key, StructureFaultKind::IncompleteBlock(missing));
            }
            if let Some(values) = document.get(block, values) {
                self.nested_lists(values);
            }
        }
    }

    /// Elements that the kind of a policy does not have.
    fn elements_by_kind(&mut self, policy: &Policy, statement: &Statement) {
        let document = self.document;
        let of =
            |wanted: [Element; 2]| statement.elements.iter().filter(move |(element, ..)| wanted.contains(element)).map(|(_, key, _)| *key);
        if policy.kind == PolicyKind::Trust {
            let mut above = keys_above(document, policy.node);
            let is_attribute = above.any(|(_, text)| keys::kind_of_attribute(&text) == Some(PolicyKind::Trust));
            // Without a distinctive key, a policy of an endpoint can look like one of a role.
            let mut entries = statement.lists(Role::Action).flat_map(|list| &list.entries);
            if is_attribute || entries.all(|entry| entry.text(document).to_ascii_lowercase().starts_with("sts:")) {
                of([Element::Resource, Element::NotResource]).for_each(|key| self.add(key, StructureFaultKind::ResourceInTrust));
            }
            return;
        }
        let limit = policy.size_limit(document).filter(|_| policy.kind == PolicyKind::Identity);
        let is_attached_to_identity =
            matches!(limit, Some(SizeLimit::Managed | SizeLimit::InlineUser | SizeLimit::InlineGroup | SizeLimit::InlineRole));
        if is_attached_to_identity {
            of([Element::Principal, Element::NotPrincipal]).for_each(|key| self.add(key, StructureFaultKind::PrincipalInIdentity));
        }
    }

    /// `"StringEquals": {…}` beside `Action`.
    fn operators_outside_conditions(&mut self, statement: &Statement) {
        let document = self.document;
        for pair in document.pairs(statement.node).filter(|_| statement.vocabulary == Vocabulary::Iam) {
            if is_operator(&document.value(pair.key)) && document.kind(pair.value) == NodeKind::Map {
                self.add(pair.key, StructureFaultKind::OperatorOutsideCondition);
            }
        }
    }

    /// Elements of which a statement can have one or the other. What a function gives may be nothing.
    fn opposites(&mut self, statement: &Statement) {
        let document = self.document;
        let is_plain = |value: NodeId| matches!(document.kind(value), NodeKind::Scalar | NodeKind::Seq);
        let of = |wanted: Element| {
            let mut found = statement.elements.iter().filter(|(element, _, value)| *element == wanted && is_plain(*value));
            found.next().map(|(_, key, _)| *key)
        };
        for (one, other) in [(Element::Action, Element::NotAction), (Element::Resource, Element::NotResource)] {
            if let (Some(one), Some(other)) = (of(one), of(other)) {
                self.add(other, StructureFaultKind::BesideOpposite(document.value(one).into_owned()));
            }
        }
    }

    fn nested_lists(&mut self, value: NodeId) {
        let nested = nested_lists(self.document, value);
        self.faults.extend(nested.into_iter().map(|node| StructureFault { kind: StructureFaultKind::NestedList, node }));
    }

    /// What stands in an object's place; `None` for an object, and for what is not known here or being typed.
    fn found_instead(&self, value: NodeId) -> Option<Found> {
        let document = self.document;
        let node = document.tree().node(value);
        match document.kind(value) {
            NodeKind::Seq if is_written_list(document, value) => Some(Found::List),
            NodeKind::Scalar => {
                let text = document.value(value);
                let is_known = node.style() != ScalarStyle::Expression && !document.has_interpolation(value);
                let is_written = !text.trim().is_empty() && !node.flags().has(NodeFlags::OPEN);
                let is_null = !node.style().is_quoted() && matches!(&*text, "null" | "~");
                (is_known && is_written && !is_null).then_some(Found::Scalar)
            }
            _ => None,
        }
    }

    /// The pairs of an object whose keys are written out.
    fn literal_pairs(&self, map: NodeId) -> Vec<connect_policy_syntax::Pair> {
        let document = self.document;
        if cfn_function(document, map).is_some() {
            return Vec::new();
        }
        document.pairs(map).filter(|pair| is_text(document, pair.key)).collect()
    }
}

/// Whether a node is in the place of a statement: in the list under a key of statements.
fn is_list_of_statements(document: &Document, node: NodeId) -> bool {
    let mut above = keys_above(document, node).map(|(_, text)| text).filter(|text| functions::of_key(text) != Some(CfnFunction::If));
    let Some(nearest) = above.next() else { return false };
    let mut is_role = || above.next().is_some_and(|outer| [&*nearest, &*outer] == serverless::ROLE_STATEMENTS);
    nearest == iam::STATEMENT || keys::attributes(&nearest).any(|attribute| attribute == Attribute::Statements) || is_role()
}

/// The key of a policy that a misspelled one resembles.
fn near_policy_key(text: &str) -> Option<&'static str> {
    iam::POLICY_KEYS.into_iter().find(|key| is_near(text, key))
}

fn is_near(text: &str, key: &str) -> bool {
    let most = if key.len() > 7 { 2 } else { usize::from(key.len() > 4) };
    nearest::distance_within(&text.to_ascii_lowercase(), &key.to_ascii_lowercase(), most).is_some()
}
