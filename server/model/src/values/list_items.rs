//! The entries of a list, however it is put together: branches, calls that pass their strings on, one string alone.

use std::borrow::Cow;

use connect_policy_syntax::{Document, Flags, Kind, NodeId, Style};

/// Functions whose arguments are entries of the list around them.
const TRANSPARENT: &[&str] =
    &["concat", "flatten", "distinct", "compact", "sort", "reverse", "setunion", "tolist", "toset", "try", "coalescelist", "jsonencode"];

/// One place of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Leaf {
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

/// The leaves below a value, in order. Works without recursion.
pub(crate) fn leaves(document: &Document, value: NodeId) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut open = vec![value];
    while let Some(node) = open.pop() {
        match inside(document, node) {
            Some(children) => open.extend(children.into_iter().rev()),
            None => leaves.push(leaf(document, node)),
        }
    }
    leaves
}

/// The parts of a value that stand in its place: items, branches, arguments. `None` for what is a leaf.
pub(crate) fn inside(document: &Document, node: NodeId) -> Option<Vec<NodeId>> {
    match document.kind(node) {
        Kind::Seq | Kind::Choice => Some(document.tree().children(node).collect()),
        Kind::Call => {
            let name = document.value(node);
            if TRANSPARENT.contains(&&*name) {
                return Some(document.tree().children(node).collect());
            }
            match &*name {
                "!If" => document.tree().children(node).next().map(|list| branches(document, list)),
                "!Sub" => document.tree().children(node).next().map(|text| vec![substituted(document, text)]),
                _ => None,
            }
        }
        Kind::Map => {
            let mut pairs = document.pairs(node);
            let only = pairs.next().filter(|_| pairs.next().is_none())?;
            match &*document.value(only.key) {
                "Fn::If" => Some(branches(document, only.value)),
                "Fn::Sub" => Some(vec![substituted(document, only.value)]),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A function of CloudFormation's and its argument: `!Ref X`, `{"Ref": "X"}`, `{"Fn::FindInMap": […]}`.
pub(crate) fn function(document: &Document, node: NodeId) -> Option<(Cow<'_, str>, NodeId)> {
    if document.kind(node) == Kind::Call {
        let name = document.value(node);
        let name = name.strip_prefix('!')?.to_owned();
        return Some((Cow::Owned(name), document.tree().children(node).next()?));
    }
    let mut pairs = document.pairs(node);
    let only = pairs.next().filter(|_| pairs.next().is_none())?;
    let name = document.value(only.key);
    let name = if name == "Ref" { name.into_owned() } else { name.strip_prefix("Fn::")?.to_owned() };
    Some((Cow::Owned(name), only.value))
}

/// The second and third item of CloudFormation's `Fn::If`; the first is the condition's name.
fn branches(document: &Document, list: NodeId) -> Vec<NodeId> {
    document.items(list).skip(1).take(2).collect()
}

/// The text of `Fn::Sub`, which may come with a map of variables.
fn substituted(document: &Document, value: NodeId) -> NodeId {
    document.items(value).next().unwrap_or(value)
}

/// Whether a sequence holds entries and nothing else: no arguments of `!If` or `Fn::Sub`.
pub(crate) fn is_written_list(document: &Document, seq: NodeId) -> bool {
    let is_call =
        document.tree().parent(seq).is_some_and(|above| document.kind(above) == Kind::Call && document.value(above).starts_with('!'));
    let is_function = document.key_of(seq).is_some_and(|key| document.value(key).starts_with("Fn::"));
    document.kind(seq) == Kind::Seq && !is_call && !is_function
}

fn leaf(document: &Document, node: NodeId) -> Leaf {
    match document.kind(node) {
        Kind::Missing => Leaf::Empty(node),
        Kind::Scalar => match document.tree().node(node).style() {
            Style::Expression => Leaf::Unknown(node),
            Style::Bare if !document.raw(node).contains(':') && !document.raw(node).contains('.') => Leaf::Other(node),
            _ if document.nested(node).is_some() => Leaf::Other(node),
            _ => Leaf::Text(node),
        },
        Kind::Map => {
            let mut pairs = document.pairs(node);
            match (pairs.next(), pairs.next()) {
                (Some(pair), None)
                    if document.kind(pair.value) == Kind::Missing && !document.tree().node(node).flags().has(Flags::FLOW) =>
                {
                    Leaf::Partial(node)
                }
                (Some(_), _) => Leaf::Unknown(node),
                (None, _) => Leaf::Other(node),
            }
        }
        _ => Leaf::Unknown(node),
    }
}

/// Whether a node lies in another branch of the same choice than another node, so that never both hold.
pub(crate) fn are_alternatives(document: &Document, one: NodeId, other: NodeId) -> bool {
    let tree = document.tree();
    let Some(around) = tree.ancestors(one).find(|&above| tree.contains(above, other)) else { return false };
    match document.kind(around) {
        _ if takes_one(document, around) => true,
        // The items of `Fn::If` and `!If`.
        Kind::Seq => tree.parent(around).is_some_and(|above| match document.kind(above) {
            Kind::Call => document.value(above) == "!If",
            Kind::Map => document.key_of(around).is_some_and(|key| document.value(key) == "Fn::If"),
            _ => false,
        }),
        _ => false,
    }
}

/// Whether one node holds whenever another does: no branch lies around it that does not lie around the other too.
pub(crate) fn holds_with(document: &Document, one: NodeId, other: NodeId) -> bool {
    let tree = document.tree();
    let mut around = tree.ancestors(one).take_while(|&above| !tree.contains(above, other));
    !around.any(|above| is_branch(document, above)) && !are_alternatives(document, one, other)
}

/// Whether one of the nodes directly below a node stands in its place: a choice, the first argument that can be had, the
/// first that is not empty.
fn takes_one(document: &Document, node: NodeId) -> bool {
    match document.kind(node) {
        Kind::Choice => true,
        Kind::Call => matches!(&*document.value(node), "try" | "coalescelist"),
        _ => false,
    }
}

/// Whether a node is a choice between the nodes below it.
pub(crate) fn is_branch(document: &Document, node: NodeId) -> bool {
    match document.kind(node) {
        _ if takes_one(document, node) => true,
        Kind::Call => document.value(node) == "!If",
        Kind::Key => false,
        _ => document.key_of(node).is_some_and(|key| matches!(&*document.value(key), "Fn::If" | "dynamic")),
    }
}
