//! The items of a list, however it is put together: branches, calls that pass their strings on, one string alone.

use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind, ScalarStyle};

use crate::values::functions::{self, CfnFunction};

/// One item of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ListItem {
    /// A string, or what is written of one.
    Text(NodeId),
    /// `- connect:` in YAML: a map with a key and no value, on its way to an action.
    Partial(NodeId),
    /// A place where an entry may be written.
    Empty(NodeId),
    /// Something whose value is not known here.
    Unknown(NodeId),
    /// A literal that can be no entry: a number, a map.
    Other(NodeId),
}

/// The items of a value, in order. Works without recursion.
pub(crate) fn list_items(document: &Document, value: NodeId) -> Vec<ListItem> {
    let mut items = Vec::new();
    let mut open = vec![value];
    while let Some(node) = open.pop() {
        match inside(document, node) {
            Some(children) => open.extend(children.into_iter().rev()),
            None => items.push(item_of(document, node)),
        }
    }
    items
}

/// The parts of a value that stand in its place: items, branches, arguments. `None` for what is an item of its own.
pub(crate) fn inside(document: &Document, node: NodeId) -> Option<Vec<NodeId>> {
    match document.kind(node) {
        NodeKind::Seq | NodeKind::Choice => Some(document.tree().children(node).collect()),
        NodeKind::Call => {
            let name = document.value(node);
            if functions::terraform(&name).is_some_and(|function| function.passes_entries) {
                return Some(document.tree().children(node).collect());
            }
            let argument = document.tree().children(node).next()?;
            parts_of_call(document, functions::of_tag(&name)?, argument)
        }
        NodeKind::Map => {
            let mut pairs = document.pairs(node);
            let only = pairs.next().filter(|_| pairs.next().is_none())?;
            parts_of_call(document, functions::of_prefixed_key(&document.value(only.key))?, only.value)
        }
        _ => None,
    }
}

/// What of the argument of CloudFormation's function stands in the call's place.
fn parts_of_call(document: &Document, function: CfnFunction, argument: NodeId) -> Option<Vec<NodeId>> {
    match function {
        CfnFunction::If => Some(branches(document, argument)),
        CfnFunction::Sub => Some(vec![substituted(document, argument)]),
        _ => None,
    }
}

/// A function of CloudFormation's and its argument: `!Ref X`, `{"Ref": "X"}`, `{"Fn::FindInMap": […]}`.
pub(crate) fn cfn_function(document: &Document, node: NodeId) -> Option<(CfnFunction, NodeId)> {
    if document.kind(node) == NodeKind::Call {
        let function = functions::of_tag(&document.value(node))?;
        return Some((function, document.tree().children(node).next()?));
    }
    let mut pairs = document.pairs(node);
    let only = pairs.next().filter(|_| pairs.next().is_none())?;
    Some((functions::of_key(&document.value(only.key))?, only.value))
}

/// The second and third item of CloudFormation's `Fn::If`; the first is the condition's name.
fn branches(document: &Document, list: NodeId) -> Vec<NodeId> {
    document.items(list).skip(1).take(2).collect()
}

/// The text of `Fn::Sub`, which may come with a map of variables.
fn substituted(document: &Document, value: NodeId) -> NodeId {
    document.items(value).next().unwrap_or(value)
}

/// Whether a node is a text with variables in a template: the argument of `!Sub`, the value under `Fn::Sub`.
pub fn is_substitution(document: &Document, node: NodeId) -> bool {
    match document.kind(node) {
        NodeKind::Call => functions::of_tag(&document.value(node)) == Some(CfnFunction::Sub),
        _ => document.key_of(node).is_some_and(|key| functions::of_prefixed_key(&document.value(key)) == Some(CfnFunction::Sub)),
    }
}

/// Whether a sequence holds entries and nothing else: no arguments of `!If` or `Fn::Sub`.
pub fn is_written_list(document: &Document, seq: NodeId) -> bool {
    let is_call = document
        .tree()
        .parent(seq)
        .is_some_and(|above| document.kind(above) == NodeKind::Call && functions::of_tag(&document.value(above)).is_some());
    let is_function = document.key_of(seq).is_some_and(|key| functions::of_prefixed_key(&document.value(key)).is_some());
    document.kind(seq) == NodeKind::Seq && !is_call && !is_function
}

/// Whether all keys of a map are seen in it, unless it is an argument of a call that may add keys: `merge({…}, local.base)`.
pub fn is_whole_map(document: &Document, map: NodeId) -> bool {
    let around =
        document.tree().ancestors(map).take_while(|&node| matches!(document.kind(node), NodeKind::Call | NodeKind::Choice | NodeKind::Seq));
    around.filter(|&node| document.kind(node) == NodeKind::Call).all(|call| functions::keeps_maps(&document.value(call)))
}

fn item_of(document: &Document, node: NodeId) -> ListItem {
    match document.kind(node) {
        NodeKind::Missing => ListItem::Empty(node),
        NodeKind::Scalar => match document.tree().node(node).style() {
            ScalarStyle::Expression => ListItem::Unknown(node),
            ScalarStyle::Bare if !document.raw(node).contains(':') && !document.raw(node).contains('.') => ListItem::Other(node),
            _ if document.embedded(node).is_some() => ListItem::Other(node),
            _ => ListItem::Text(node),
        },
        NodeKind::Map => {
            let mut pairs = document.pairs(node);
            match (pairs.next(), pairs.next()) {
                (Some(pair), None)
                    if document.kind(pair.value) == NodeKind::Missing && !document.tree().node(node).flags().has(NodeFlags::FLOW) =>
                {
                    ListItem::Partial(node)
                }
                (Some(_), _) => ListItem::Unknown(node),
                (None, _) => ListItem::Other(node),
            }
        }
        _ => ListItem::Unknown(node),
    }
}

/// Whether a node lies in another branch of the same choice than another node, so that never both hold.
pub(crate) fn are_exclusive(document: &Document, one: NodeId, other: NodeId) -> bool {
    let tree = document.tree();
    let Some(around) = tree.ancestors(one).find(|&above| tree.contains(above, other)) else { return false };
    match document.kind(around) {
        _ if is_choice(document, around) => true,
        // The items of `Fn::If` and `!If`.
        NodeKind::Seq => tree.parent(around).is_some_and(|above| match document.kind(above) {
            NodeKind::Call => functions::of_tag(&document.value(above)) == Some(CfnFunction::If),
            NodeKind::Map => {
                document.key_of(around).is_some_and(|key| functions::of_prefixed_key(&document.value(key)) == Some(CfnFunction::If))
            }
            _ => false,
        }),
        _ => false,
    }
}

/// Whether one node holds whenever another does: no branch lies around it that does not lie around the other too.
pub(crate) fn applies_with(document: &Document, one: NodeId, other: NodeId) -> bool {
    let tree = document.tree();
    let mut around = tree.ancestors(one).take_while(|&above| !tree.contains(above, other));
    !around.any(|above| is_branch(document, above)) && !are_exclusive(document, one, other)
}

/// Whether one of the nodes directly below a node stands in its place: a choice, the first argument that can be had, the
/// first that is not empty.
fn is_choice(document: &Document, node: NodeId) -> bool {
    match document.kind(node) {
        NodeKind::Choice => true,
        NodeKind::Call => functions::terraform(&document.value(node)).is_some_and(|function| function.chooses),
        _ => false,
    }
}

/// Whether a node is a choice between the nodes below it.
pub(crate) fn is_branch(document: &Document, node: NodeId) -> bool {
    match document.kind(node) {
        _ if is_choice(document, node) => true,
        NodeKind::Call => functions::of_tag(&document.value(node)) == Some(CfnFunction::If),
        NodeKind::Key => false,
        _ => document.key_of(node).is_some_and(|key| is_branch_key(&document.value(key))),
    }
}

/// Whether what is under a key is there only if a condition holds, or several times over.
fn is_branch_key(key: &str) -> bool {
    key == functions::DYNAMIC_BLOCK || functions::of_prefixed_key(key) == Some(CfnFunction::If)
}

/// Whether a node lies in a branch below another.
pub(crate) fn is_in_branch(document: &Document, node: NodeId, below: NodeId) -> bool {
    let around = std::iter::once(node).chain(document.tree().ancestors(node));
    around.take_while(|&above| above >= below).any(|above| is_branch(document, above))
}
