//! Conditions, whatever the carrier calls their parts: `{"Operator": {"key": value}}`, or blocks of operator, key and values.

use connect_policy_syntax::{Document, NodeId, NodeKind, ScalarStyle};

use crate::carriers::carrier::ConditionBlock;
use crate::carriers::key_tables;
use crate::carriers::terraform::CONDITION_BLOCK;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::policy::statement::Statement;
use crate::values::functions;
use crate::values::list_items::{ListItem, list_items};

/// One comparison of a condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// The operator's node, a key or a string.
    pub operator: NodeId,
    /// The condition key's node, a key or a string.
    pub key: NodeId,
    /// What the key is compared with.
    pub values: NodeId,
}

/// The conditions of a statement.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Conditions {
    /// What is compared, in order.
    pub comparisons: Vec<Comparison>,
    /// Whether a part is not known here.
    pub has_unknown: bool,
    /// Whether there is a condition at all, known or not.
    pub is_present: bool,
}

impl Comparison {
    /// The values that the key is compared with, references among them.
    pub fn value_nodes(&self, document: &Document) -> Vec<NodeId> {
        let node = |item| match item {
            ListItem::Text(node) | ListItem::Unknown(node) => Some(node),
            // `true` and `false` stand without quotes too.
            ListItem::Other(node) => Some(node).filter(|&node| document.kind(node) == NodeKind::Scalar),
            _ => None,
        };
        list_items(document, self.values).into_iter().filter_map(node).collect()
    }
}

impl Statement {
    /// Its conditions.
    pub fn conditions(&self, document: &Document) -> Conditions {
        let mut conditions = Conditions::default();
        for &(_, _, value) in self.elements.iter().filter(|(element, ..)| *element == Element::Condition) {
            if document.kind(value) == NodeKind::Missing {
                continue;
            }
            // `{}` compares nothing.
            let is_empty = document.kind(value) == NodeKind::Map && document.pairs(value).next().is_none();
            if is_empty {
                continue;
            }
            conditions.is_present = true;
            match self.vocabulary {
                Vocabulary::Iam => conditions.add_operators(document, value),
                Vocabulary::TerraformDocument | Vocabulary::Loose => conditions.add_blocks(document, value),
            }
        }
        // Blocks that are made by a loop: `dynamic "condition"`.
        let loops = document.pairs(self.node).filter(|pair| document.value(pair.key) == functions::DYNAMIC_BLOCK);
        if loops.into_iter().any(|pair| document.get(pair.value, CONDITION_BLOCK.block).is_some()) {
            conditions.is_present = true;
            conditions.has_unknown = true;
        }
        conditions
    }
}

impl Conditions {
    /// `{"StringEquals": {"aws:SourceAccount": "…"}}`
    fn add_operators(&mut self, document: &Document, condition: NodeId) {
        if !matches!(document.kind(condition), NodeKind::Map | NodeKind::Block) {
            self.has_unknown = true;
            return;
        }
        for operator in document.pairs(condition) {
            let is_operator = is_text(document, operator.key) && !is_condition_key(&document.value(operator.key));
            if !is_operator || document.kind(operator.value) != NodeKind::Map {
                self.has_unknown = true;
                continue;
            }
            for pair in document.pairs(operator.value) {
                if is_text(document, pair.key) {
                    self.comparisons.push(Comparison { operator: operator.key, key: pair.key, values: pair.value });
                } else {
                    self.has_unknown = true;
                }
            }
        }
    }

    /// `condition { test = …, variable = …, values = […] }`, one or a list of them.
    fn add_blocks(&mut self, document: &Document, value: NodeId) {
        match document.kind(value) {
            NodeKind::Seq => document.items(value).for_each(|item| self.add_block(document, item)),
            _ => self.add_block(document, value),
        }
    }

    fn add_block(&mut self, document: &Document, block: NodeId) {
        let part =
            |name: &str| document.get(block, name).filter(|&part| document.kind(part) == NodeKind::Scalar && is_text(document, part));
        let ConditionBlock { operator, key, values, .. } = CONDITION_BLOCK;
        match (part(operator), part(key)) {
            (Some(operator), Some(key)) => {
                let values = document.get(block, values).unwrap_or(key);
                self.comparisons.push(Comparison { operator, key, values });
            }
            _ => self.has_unknown = true,
        }
    }
}

/// Whether a word in an operator's place is a condition key: `aws:SourceAccount`, not `ForAnyValue:StringEquals`.
pub(crate) fn is_condition_key(text: &str) -> bool {
    // What is before a known operator is a set operator with a typo.
    text.split_once(':').is_some_and(|(prefix, name)| !SETS.iter().any(|set| set.eq_ignore_ascii_case(prefix)) && !is_operator(name))
}

/// Whether a text is an operator of conditions, with or without what it may begin and end with. Letter case is ignored.
pub(crate) fn is_operator(text: &str) -> bool {
    let bare = text.split_once(':').map_or(text, |(_, bare)| bare);
    let end = bare.len().saturating_sub("IfExists".len());
    let bare = bare.get(end..).filter(|end| end.eq_ignore_ascii_case("IfExists")).and_then(|_| bare.get(..end)).unwrap_or(bare);
    key_tables::OPERATOR_NAMES.iter().any(|name| name.eq_ignore_ascii_case(bare))
}

/// What an operator on a set of values begins with.
const SETS: [&str; 2] = ["ForAllValues", "ForAnyValue"];

/// Whether a key or string is wholly known: no expression, no hole, no function (`Fn::If`), no merge key.
pub(crate) fn is_text(document: &Document, node: NodeId) -> bool {
    let text = document.value(node);
    document.tree().node(node).style() != ScalarStyle::Expression
        && !document.has_interpolation(node)
        && !functions::merges_keys(&text)
        && !text.is_empty()
}
