//! From a reference to the literals behind it: `local.actions`, `*actions`, `!Ref Actions`, `Fn::FindInMap`.
//!
//! What is not literal stays unknown, and a reference that leads back to itself ends there.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use connect_policy_syntax::{Document, NodeFlags, NodeId, NodeKind, PathStep, ScalarStyle, Traversal};

use crate::carriers::{cloudformation, terraform};
use crate::references::definitions::Definitions;
use crate::references::link_cache::LinkInput;
use crate::references::node_ref::NodeRef;
use crate::values::functions::{self, CfnFunction};
use crate::values::list_items::{ListItem, cfn_function, is_in_branch, list_items};

/// How many references lead to one another at the most.
const MAX_DEEP: usize = 16;

/// How many nodes are looked at for one module; no folder that people write needs a tenth.
const MAX_STEPS: usize = 1_000_000;

/// A list, or a string alone, behind a reference.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Literal {
    /// The literal.
    pub(crate) at: NodeRef,
    /// Whether the reference means it whatever happens: not the default of a variable, not one of several.
    pub(crate) is_unconditional: bool,
    /// Whether it is one text with several entries between commas.
    pub(crate) is_comma_list: bool,
}

/// The literals behind a reference.
#[derive(Debug, Default)]
pub(crate) struct Resolution {
    /// In the order in which the reference names them.
    pub(crate) literals: Vec<Literal>,
    /// Whether something of it is not known.
    pub(crate) is_incomplete: bool,
}

/// Resolves the references of a module.
pub(crate) struct Resolver<'m> {
    documents: Vec<LinkInput<'m>>,
    definitions: OnceCell<Definitions<'m>>,
    /// What plain references by name lead to, as many lists name the same one, and how many steps that took.
    by_name: HashMap<PlainName<'m>, (Rc<Resolution>, usize)>,
    steps: usize,
}

/// A reference that means the same wherever it is: `local.actions`, `var.actions`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct PlainName<'m> {
    root: &'m str,
    name: &'m str,
    /// Whether the list is nothing but the reference: then one node fewer is on its trail, which is bounded.
    is_whole_list: bool,
}

/// The values on the way from a reference, to notice one that leads back to itself. Never more than [`MAX_DEEP`] and a few, so
/// going through them is cheaper than hashing.
struct Trail {
    nodes: Vec<NodeRef>,
    /// How many of the first nodes are where the way began: the list and the reference.
    start: usize,
    /// Whether the way came back to where it began.
    has_met_start: bool,
}

impl Trail {
    /// A trail that begins with nodes, of which equal ones count once.
    fn from(nodes: &[NodeRef]) -> Trail {
        let mut trail = Trail { nodes: Vec::new(), start: 0, has_met_start: false };
        for &node in nodes {
            trail.insert(node);
        }
        trail.start = trail.nodes.len();
        trail
    }

    /// Adds a node unless it is on the trail.
    fn insert(&mut self, node: NodeRef) -> bool {
        if let Some(at) = self.nodes.iter().position(|known| *known == node) {
            self.has_met_start |= at < self.start;
            return false;
        }
        self.nodes.push(node);
        true
    }

    /// Takes a node that was added last off the trail.
    fn remove(&mut self, node: NodeRef) {
        if let Some(at) = self.nodes.iter().rposition(|known| *known == node) {
            self.nodes.remove(at);
        }
    }

    fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// A value on the way, and how sure it is.
#[derive(Clone, Copy)]
struct Candidate {
    at: NodeRef,
    is_unconditional: bool,
    is_comma_list: bool,
}

impl Candidate {
    fn sure(at: NodeRef) -> Candidate {
        Candidate { at, is_unconditional: true, is_comma_list: false }
    }

    fn perhaps(at: NodeRef) -> Candidate {
        Candidate { at, is_unconditional: false, is_comma_list: false }
    }
}

impl<'m> Resolver<'m> {
    pub(crate) fn new(documents: Vec<LinkInput<'m>>) -> Resolver<'m> {
        Resolver { documents, definitions: OnceCell::new(), by_name: HashMap::new(), steps: 0 }
    }

    /// The literals behind a reference of a list.
    pub(crate) fn resolve(&mut self, reference: NodeRef, list: NodeId) -> Rc<Resolution> {
        let name = self.plain_name(reference, list);
        // The steps count again, so that the bound on them does not depend on the order of the lists.
        let known = name.and_then(|name| self.by_name.get(&name)).filter(|(_, steps)| self.steps + steps < MAX_STEPS);
        if let Some((known, steps)) = known {
            self.steps += steps;
            return Rc::clone(known);
        }
        let before = self.steps;
        let mut resolution = Resolution::default();
        let mut trail = Trail::from(&[NodeRef { node: list, ..reference }, reference]);
        self.collect(reference, true, &mut trail, &mut resolution);
        let resolution = Rc::new(resolution);
        // A way that came back to where it began means this only for this list.
        if let Some(name) = name.filter(|_| !trail.has_met_start) {
            self.by_name.insert(name, (Rc::clone(&resolution), self.steps - before));
        }
        resolution
    }

    fn plain_name(&self, reference: NodeRef, list: NodeId) -> Option<PlainName<'m>> {
        let traversal = self.document(reference).traversal(reference.node)?;
        let keys = terraform::REFERENCES;
        let root = Some(traversal.root).filter(|root| *root == keys.local || *root == keys.var)?;
        let mut steps = traversal.steps.into_iter();
        let (Some(PathStep::Key(Cow::Borrowed(name))), None) = (steps.next(), steps.next()) else { return None };
        Some(PlainName { root, name, is_whole_list: list == reference.node })
    }

    fn document(&self, at: NodeRef) -> &'m Document {
        self.documents[at.document].document
    }

    fn collect(&mut self, reference: NodeRef, is_unconditional: bool, trail: &mut Trail, resolution: &mut Resolution) {
        let reached = self.reach(reference, trail);
        if reached.is_empty() {
            resolution.is_incomplete = true;
        }
        for target in reached {
            let is_unconditional = is_unconditional && target.is_unconditional;
            resolution.is_incomplete |= !is_unconditional;
            if trail.len() > MAX_DEEP || !trail.insert(target.at) {
                resolution.is_incomplete = true;
                continue;
            }
            let document = self.document(target.at);
            let mut has_text = false;
            for leaf in list_items(document, target.at.node) {
                self.steps += 1;
                match leaf {
                    ListItem::Text(_) | ListItem::Empty(_) => has_text = true,
                    ListItem::Unknown(node) if self.steps < MAX_STEPS => {
                        let next = NodeRef { document: target.at.document, node };
                        let is_unconditional = is_unconditional && !is_in_branch(document, node, target.at.node);
                        // A value that is nothing but a reference is on the trail already.
                        let is_new = trail.insert(next);
                        if is_new || next == target.at {
                            self.collect(next, is_unconditional, trail, resolution);
                        } else {
                            resolution.is_incomplete = true;
                        }
                        if is_new {
                            trail.remove(next);
                        }
                    }
                    ListItem::Unknown(_) | ListItem::Partial(_) => resolution.is_incomplete = true,
                    ListItem::Other(_) => {}
                }
            }
            // A reference alone holds nothing of its own.
            if has_text {
                resolution.literals.push(Literal { at: target.at, is_unconditional, is_comma_list: target.is_comma_list });
            }
            trail.remove(target.at);
        }
    }

    /// The values that a reference means, each of which may hold further references.
    fn reach(&mut self, reference: NodeRef, trail: &mut Trail) -> Vec<Candidate> {
        let document = self.document(reference);
        self.steps += 1;
        if self.steps >= MAX_STEPS {
            return Vec::new();
        }
        match document.kind(reference.node) {
            NodeKind::Alias => {
                let node = self.documents[reference.document].definitions().anchored(document, reference.node);
                node.map(|node| Candidate::sure(NodeRef { node, ..reference })).into_iter().collect()
            }
            NodeKind::Scalar => self.reach_by_path(document, reference, trail),
            NodeKind::Call | NodeKind::Map => self.reach_by_function(document, reference),
            _ => Vec::new(),
        }
    }

    fn definitions(&self) -> &Definitions<'m> {
        self.definitions.get_or_init(|| Definitions::of(self.documents.iter().map(LinkInput::definitions)))
    }

    /// Terraform's references.
    fn reach_by_path(&mut self, document: &'m Document, reference: NodeRef, trail: &mut Trail) -> Vec<Candidate> {
        let Some(traversal) = document.traversal(reference.node) else { return Vec::new() };
        self.reach_by_traversal(document, reference, &traversal, trail)
    }

    /// What a reference means that stands at a place.
    fn reach_by_traversal(
        &mut self,
        document: &'m Document,
        reference: NodeRef,
        traversal: &Traversal<'_>,
        trail: &mut Trail,
    ) -> Vec<Candidate> {
        let keys = terraform::REFERENCES;
        let (starts, steps): (Vec<Candidate>, &[PathStep<'_>]) = match (traversal.root, &*traversal.steps) {
            (root, [PathStep::Key(name), rest @ ..]) if root == keys.local => {
                let values = self.definitions().local(name);
                (values.iter().map(|&at| Candidate { at, is_unconditional: values.len() == 1, is_comma_list: false }).collect(), rest)
            }
            (root, [PathStep::Key(name), rest @ ..]) if root == keys.var => {
                (self.definitions().variable(name).iter().map(|&at| Candidate::perhaps(at)).collect(), rest)
            }
            (root, [PathStep::Key(part), rest @ ..])
                if (part == keys.item_value || part == keys.item_key) && repeated_over(document, reference.node, root).is_some() =>
            {
                let Some(collection) = repeated_over(document, reference.node, root) else { return Vec::new() };
                let at = NodeRef { node: collection, ..reference };
                let over =
                    if part == keys.item_key { self.items(at, trail) } else { self.walk(Candidate::sure(at), &[PathStep::Any], trail) };
                (over, rest)
            }
            (root, steps) => {
                let Some((around, source)) = loop_around(document, reference.node, root) else { return Vec::new() };
                let through = self.reach_by_traversal(document, NodeRef { node: around, ..reference }, &source, trail);
                (self.each(through, &[PathStep::Any], trail), steps)
            }
        };
        starts.into_iter().flat_map(|start| self.walk(start, steps, trail)).collect()
    }

    /// The items of a set: there `each.key` is an entry, because a set's keys are its values.
    fn items(&mut self, collection: NodeRef, trail: &mut Trail) -> Vec<Candidate> {
        let reached = self.walk(Candidate::sure(collection), &[PathStep::Any], trail);
        let is_text = |reached: &Candidate| {
            let document = self.document(reached.at);
            document.kind(reached.at.node) == NodeKind::Scalar && document.key_of(reached.at.node).is_none()
        };
        reached.into_iter().filter(is_text).collect()
    }

    /// Goes on from a value by steps.
    fn walk(&mut self, from: Candidate, steps: &[PathStep<'_>], trail: &mut Trail) -> Vec<Candidate> {
        let document = self.document(from.at);
        self.steps += 1;
        let Some((step, rest)) = steps.split_first() else { return vec![from] };
        if self.steps >= MAX_STEPS {
            return Vec::new();
        }
        let is_loop = document.tree().node(from.at.node).flags().has(NodeFlags::FOR);
        let below = |node: NodeId, is_unconditional: bool| Candidate {
            at: NodeRef { node, ..from.at },
            is_unconditional: from.is_unconditional && is_unconditional,
            is_comma_list: false,
        };
        let next: Vec<Candidate> = match (document.kind(from.at.node), step) {
            // The one pair or item of a loop stands for many.
            (NodeKind::Map | NodeKind::Seq, _) if is_loop => {
                document.tree().children(from.at.node).last().map(|node| below(node, false)).into_iter().collect()
            }
            (NodeKind::Map | NodeKind::Block, PathStep::Key(key)) => {
                self.get(document, from.at.node, key).map(|node| below(node, true)).into_iter().collect()
            }
            (NodeKind::Map | NodeKind::Block, PathStep::Any) => document.pairs(from.at.node).map(|pair| below(pair.value, false)).collect(),
            (NodeKind::Seq, PathStep::Index(index)) => {
                document.items(from.at.node).nth(*index).map(|node| below(node, true)).into_iter().collect()
            }
            (NodeKind::Seq, PathStep::Any) => document.items(from.at.node).map(|node| below(node, false)).collect(),
            // Arguments and branches are walked with the same step: which of them has it is not known here.
            (NodeKind::Choice, _) => return self.each(document.tree().children(from.at.node).map(|node| below(node, false)), steps, trail),
            (NodeKind::Call, _) if functions::terraform(&document.value(from.at.node)).is_some_and(|function| function.passes_keys) => {
                let mut arguments = document.tree().children(from.at.node).map(|node| below(node, true)).collect::<Vec<_>>();
                let is_one = arguments.len() == 1;
                arguments.iter_mut().for_each(|argument| argument.is_unconditional &= is_one);
                return self.each(arguments, steps, trail);
            }
            (NodeKind::Scalar, _) if document.tree().node(from.at.node).style() == ScalarStyle::Expression => {
                if trail.len() > MAX_DEEP || !trail.insert(from.at) {
                    return Vec::new();
                }
                let reached = self.reach(from.at, trail);
                let reached =
                    reached.into_iter().map(|one| Candidate { is_unconditional: one.is_unconditional && from.is_unconditional, ..one });
                let found = self.each(reached.collect::<Vec<_>>(), steps, trail);
                trail.remove(from.at);
                return found;
            }
            _ => Vec::new(),
        };
        self.each(next, rest, trail)
    }

    fn each(&mut self, from: impl IntoIterator<Item = Candidate>, steps: &[PathStep<'_>], trail: &mut Trail) -> Vec<Candidate> {
        from.into_iter().flat_map(|from| self.walk(from, steps, trail)).collect()
    }

    /// The value under a key of a map, which may be large and looked up often.
    fn get(&mut self, document: &Document, map: NodeId, key: &str) -> Option<NodeId> {
        let steps = &mut self.steps;
        let counted = document.pairs(map).inspect(|_| *steps += 1);
        counted.into_iter().find(|pair| document.value(pair.key) == key).map(|pair| pair.value)
    }

    /// The value at a path of keys from the template around a node on.
    fn get_in_template(&mut self, document: &Document, node: NodeId, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(template(document, node)?, |map, key| self.get(document, map, key))
    }

    /// CloudFormation's functions, in their short form and as maps.
    fn reach_by_function(&mut self, document: &Document, reference: NodeRef) -> Vec<Candidate> {
        let Some((function, argument)) = cfn_function(document, reference.node) else { return Vec::new() };
        let keys = cloudformation::REFERENCES;
        let literal = |node: NodeId| {
            let is_literal = document.kind(node) == NodeKind::Scalar && !document.has_interpolation(node);
            is_literal.then(|| document.value(node))
        };
        match function {
            CfnFunction::Ref => {
                let name = literal(argument);
                let Some(parameter) = name.and_then(|name| self.get_in_template(document, reference.node, &[keys.parameters, &name]))
                else {
                    return Vec::new();
                };
                let Some(node) = document.get(parameter, keys.default) else { return Vec::new() };
                let kind = document.get(parameter, keys.type_key).map(|node| document.value(node)).unwrap_or_default();
                let is_comma_list = kind == keys.comma_list || kind.starts_with(keys.list_prefix);
                vec![Candidate { at: NodeRef { node, ..reference }, is_unconditional: false, is_comma_list }]
            }
            CfnFunction::FindInMap => {
                let mut parts = document.items(argument);
                let (Some(map), Some(first), Some(second)) = (parts.next(), parts.next(), parts.next()) else { return Vec::new() };
                let name = literal(map);
                let Some(map) = name.and_then(|name| self.get_in_template(document, reference.node, &[keys.mappings, &name])) else {
                    return Vec::new();
                };
                let step = |key: NodeId| literal(key).map_or(PathStep::Any, PathStep::Key);
                let mut trail = Trail::from(&[]);
                self.walk(Candidate::sure(NodeRef { node: map, ..reference }), &[step(first), step(second)], &mut trail)
            }
            _ => Vec::new(),
        }
    }
}

/// What the loop around a node goes through that gives its values this name, and the loop.
fn loop_around<'d>(document: &'d Document, node: NodeId, name: &str) -> Option<(NodeId, Traversal<'d>)> {
    document.tree().ancestors(node).find_map(|above| {
        let (value, source) = document.loop_head(above)?;
        (value == name).then_some((above, source))
    })
}

/// The collection over which the block around a node is repeated: `each` in a resource, an iterator's name in a dynamic block.
fn repeated_over(document: &Document, node: NodeId, name: &str) -> Option<NodeId> {
    let keys = terraform::REFERENCES;
    let mut blocks = document.tree().ancestors(node).filter(|&above| document.kind(above) == NodeKind::Block);
    let is_named = |block: NodeId| {
        let Some(key) = document.key_of(block).filter(|&key| document.tree().node(key).flags().has(NodeFlags::LABEL)) else { return false };
        let above = document.tree().parent(key).and_then(|labels| document.key_of(labels));
        let is_dynamic = above.is_some_and(|above| document.value(above) == functions::DYNAMIC_BLOCK);
        is_dynamic
            && document.get(block, keys.iterator).map_or_else(|| document.value(key) == name, |iterator| document.raw(iterator) == name)
    };
    let is_labelled = |block: NodeId| document.key_of(block).is_some_and(|key| document.tree().node(key).flags().has(NodeFlags::LABEL));
    let block = if name == keys.each {
        // The resource, data source or module: the outermost block with labels.
        blocks.filter(|&block| is_labelled(block)).last()
    } else {
        blocks.find(|&block| is_named(block))
    };
    document.get(block?, keys.for_each)
}

/// The document of the file in which a node stands.
fn template(document: &Document, node: NodeId) -> Option<NodeId> {
    std::iter::once(node).chain(document.tree().ancestors(node)).take_while(|&above| above != NodeId::STREAM).last()
}
