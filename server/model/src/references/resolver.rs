//! From a reference to the literals behind it: `local.actions`, `*actions`, `!Ref Actions`, `Fn::FindInMap`.
//!
//! What is not literal stays unknown, and what leads back to itself ends there.

use std::cell::OnceCell;
use std::collections::HashSet;

use connect_policy_syntax::{Document, Flags, Kind, NodeId, PathStep, Style, Traversal};

use crate::definitions::{At, Definitions};
use crate::entries::{Leaf, function, is_branch, leaves};

/// How many references lead to one another at the most.
const MOST_DEEP: usize = 16;

/// How many nodes are looked at for one module; no folder that people write needs a tenth.
const MOST_STEPS: usize = 1_000_000;

/// A list, or a string alone, that stands behind a reference.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Source {
    /// The literal.
    pub(crate) at: At,
    /// Whether the reference means it whatever happens: not the default of a variable, not one of several.
    pub(crate) is_certain: bool,
    /// Whether it is one text with several entries, parted by commas.
    pub(crate) is_split: bool,
}

/// The literals behind a reference.
#[derive(Debug, Default)]
pub(crate) struct Followed {
    /// In the order in which the reference names them.
    pub(crate) sources: Vec<Source>,
    /// Whether something of it is not known.
    pub(crate) is_open: bool,
}

/// Follows the references of a module.
pub(crate) struct Follower<'m> {
    documents: Vec<&'m Document>,
    definitions: OnceCell<Definitions>,
    steps: usize,
}

/// A value on the way, and how sure it is.
#[derive(Clone, Copy)]
struct Reached {
    at: At,
    is_certain: bool,
    is_split: bool,
}

impl Reached {
    fn sure(at: At) -> Reached {
        Reached { at, is_certain: true, is_split: false }
    }

    fn perhaps(at: At) -> Reached {
        Reached { at, is_certain: false, is_split: false }
    }
}

impl<'m> Follower<'m> {
    pub(crate) fn new(documents: Vec<&'m Document>) -> Follower<'m> {
        Follower { documents, definitions: OnceCell::new(), steps: 0 }
    }

    /// The literals behind a reference of a list.
    pub(crate) fn follow(&mut self, reference: At, list: NodeId) -> Followed {
        let mut followed = Followed::default();
        let list = At { node: list, ..reference };
        self.collect(reference, true, &mut HashSet::from([list, reference]), &mut followed);
        followed
    }

    fn collect(&mut self, reference: At, is_certain: bool, trail: &mut HashSet<At>, followed: &mut Followed) {
        let reached = self.reach(reference, trail);
        if reached.is_empty() {
            followed.is_open = true;
        }
        for target in reached {
            let is_certain = is_certain && target.is_certain;
            followed.is_open |= !is_certain;
            if trail.len() > MOST_DEEP || !trail.insert(target.at) {
                followed.is_open = true;
                continue;
            }
            let document = self.documents[target.at.document];
            let mut has_text = false;
            for leaf in leaves(document, target.at.node) {
                self.steps += 1;
                match leaf {
                    Leaf::Text(_) | Leaf::Empty(_) => has_text = true,
                    Leaf::Unknown(node) if self.steps < MOST_STEPS => {
                        let next = At { document: target.at.document, node };
                        let is_certain = is_certain && !is_in_branch(document, node, target.at.node);
                        // A value that is nothing but a reference stands on the trail already.
                        let is_itself = next == target.at;
                        if is_itself || trail.insert(next) {
                            self.collect(next, is_certain, trail, followed);
                        } else {
                            followed.is_open = true;
                        }
                        if !is_itself {
                            trail.remove(&next);
                        }
                    }
                    Leaf::Unknown(_) | Leaf::Partial(_) => followed.is_open = true,
                    Leaf::Other(_) => {}
                }
            }
            // A reference alone holds nothing of its own.
            if has_text {
                followed.sources.push(Source { at: target.at, is_certain, is_split: target.is_split });
            }
            trail.remove(&target.at);
        }
    }

    /// The values that a reference means, each of which may hold further references.
    fn reach(&mut self, reference: At, trail: &mut HashSet<At>) -> Vec<Reached> {
        let document = self.documents[reference.document];
        self.steps += 1;
        if self.steps >= MOST_STEPS {
            return Vec::new();
        }
        match document.kind(reference.node) {
            Kind::Alias => {
                let node = self.definitions().anchored(document, reference);
                node.map(|node| Reached::sure(At { node, ..reference })).into_iter().collect()
            }
            Kind::Scalar => self.reach_by_path(document, reference, trail),
            Kind::Call | Kind::Map => self.reach_by_function(document, reference),
            _ => Vec::new(),
        }
    }

    fn definitions(&self) -> &Definitions {
        self.definitions.get_or_init(|| Definitions::of(self.documents.iter().copied()))
    }

    /// Terraform's references.
    fn reach_by_path(&mut self, document: &'m Document, reference: At, trail: &mut HashSet<At>) -> Vec<Reached> {
        let Some(traversal) = document.traversal(reference.node) else { return Vec::new() };
        self.reach_by_traversal(document, reference, &traversal, trail)
    }

    /// What a reference means that stands at a place.
    fn reach_by_traversal(
        &mut self,
        document: &'m Document,
        reference: At,
        traversal: &Traversal<'_>,
        trail: &mut HashSet<At>,
    ) -> Vec<Reached> {
        let (starts, steps): (Vec<Reached>, &[PathStep<'_>]) = match (traversal.root, &*traversal.steps) {
            ("local", [PathStep::Key(name), rest @ ..]) => {
                let values = self.definitions().local(name);
                (values.iter().map(|&at| Reached { at, is_certain: values.len() == 1, is_split: false }).collect(), rest)
            }
            ("var", [PathStep::Key(name), rest @ ..]) => {
                (self.definitions().variable(name).iter().map(|&at| Reached::perhaps(at)).collect(), rest)
            }
            (root, [PathStep::Key(part), rest @ ..])
                if (part == "value" || part == "key") && repeated_over(document, reference.node, root).is_some() =>
            {
                let Some(collection) = repeated_over(document, reference.node, root) else { return Vec::new() };
                let at = At { node: collection, ..reference };
                let over = if part == "key" { self.items(at, trail) } else { self.walk(Reached::sure(at), &[PathStep::Any], trail) };
                (over, rest)
            }
            (root, steps) => {
                let Some((around, source)) = loop_around(document, reference.node, root) else { return Vec::new() };
                let through = self.reach_by_traversal(document, At { node: around, ..reference }, &source, trail);
                (self.each(through, &[PathStep::Any], trail), steps)
            }
        };
        starts.into_iter().flat_map(|start| self.walk(start, steps, trail)).collect()
    }

    /// Where `each.key` is an entry: in a set, whose keys are its values.
    fn items(&mut self, collection: At, trail: &mut HashSet<At>) -> Vec<Reached> {
        let reached = self.walk(Reached::sure(collection), &[PathStep::Any], trail);
        let is_text = |reached: &Reached| {
            let document = self.documents[reached.at.document];
            document.kind(reached.at.node) == Kind::Scalar && document.key_of(reached.at.node).is_none()
        };
        reached.into_iter().filter(is_text).collect()
    }

    /// Goes on from a value by steps.
    fn walk(&mut self, from: Reached, steps: &[PathStep<'_>], trail: &mut HashSet<At>) -> Vec<Reached> {
        let document = self.documents[from.at.document];
        self.steps += 1;
        let Some((step, rest)) = steps.split_first() else { return vec![from] };
        if self.steps >= MOST_STEPS {
            return Vec::new();
        }
        let is_loop = document.tree().node(from.at.node).flags().has(Flags::FOR);
        let below = |node: NodeId, is_certain: bool| Reached {
            at: At { node, ..from.at },
            is_certain: from.is_certain && is_certain,
            is_split: false,
        };
        let next: Vec<Reached> = match (document.kind(from.at.node), step) {
            // The one pair or item of a loop stands for many.
            (Kind::Map | Kind::Seq, _) if is_loop => {
                document.tree().children(from.at.node).last().map(|node| below(node, false)).into_iter().collect()
            }
            (Kind::Map | Kind::Block, PathStep::Key(key)) => {
                self.get(document, from.at.node, key).map(|node| below(node, true)).into_iter().collect()
            }
            (Kind::Map | Kind::Block, PathStep::Any) => document.pairs(from.at.node).map(|pair| below(pair.value, false)).collect(),
            (Kind::Seq, PathStep::Index(index)) => {
                document.items(from.at.node).nth(*index).map(|node| below(node, true)).into_iter().collect()
            }
            (Kind::Seq, PathStep::Any) => document.items(from.at.node).map(|node| below(node, false)).collect(),
            // Arguments and branches are walked with the same step: which of them has it is not known here.
            (Kind::Choice, _) => return self.each(document.tree().children(from.at.node).map(|node| below(node, false)), steps, trail),
            (Kind::Call, _) if passes_on(&document.value(from.at.node)) => {
                let mut arguments = document.tree().children(from.at.node).map(|node| below(node, true)).collect::<Vec<_>>();
                let is_one = arguments.len() == 1;
                arguments.iter_mut().for_each(|argument| argument.is_certain &= is_one);
                return self.each(arguments, steps, trail);
            }
            (Kind::Scalar, _) if document.tree().node(from.at.node).style() == Style::Expression => {
                if trail.len() > MOST_DEEP || !trail.insert(from.at) {
                    return Vec::new();
                }
                let reached = self.reach(from.at, trail);
                let reached = reached.into_iter().map(|one| Reached { is_certain: one.is_certain && from.is_certain, ..one });
                let found = self.each(reached.collect::<Vec<_>>(), steps, trail);
                trail.remove(&from.at);
                return found;
            }
            _ => Vec::new(),
        };
        self.each(next, rest, trail)
    }

    fn each(&mut self, from: impl IntoIterator<Item = Reached>, steps: &[PathStep<'_>], trail: &mut HashSet<At>) -> Vec<Reached> {
        from.into_iter().flat_map(|from| self.walk(from, steps, trail)).collect()
    }

    /// The value under a key of a map, which may be large and asked often.
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
    fn reach_by_function(&mut self, document: &Document, reference: At) -> Vec<Reached> {
        let Some((name, argument)) = function(document, reference.node) else { return Vec::new() };
        let literal = |node: NodeId| {
            let is_literal = document.kind(node) == Kind::Scalar && !document.has_holes(node);
            is_literal.then(|| document.value(node))
        };
        match &*name {
            "Ref" => {
                let name = literal(argument);
                let Some(parameter) = name.and_then(|name| self.get_in_template(document, reference.node, &["Parameters", &name])) else {
                    return Vec::new();
                };
                let Some(node) = document.get(parameter, "Default") else { return Vec::new() };
                let kind = document.get(parameter, "Type").map(|node| document.value(node)).unwrap_or_default();
                let is_split = kind == "CommaDelimitedList" || kind.starts_with("List<");
                vec![Reached { at: At { node, ..reference }, is_certain: false, is_split }]
            }
            "FindInMap" => {
                let mut parts = document.items(argument);
                let (Some(map), Some(first), Some(second)) = (parts.next(), parts.next(), parts.next()) else { return Vec::new() };
                let name = literal(map);
                let Some(map) = name.and_then(|name| self.get_in_template(document, reference.node, &["Mappings", &name])) else {
                    return Vec::new();
                };
                let step = |key: NodeId| literal(key).map_or(PathStep::Any, PathStep::Key);
                self.walk(Reached::sure(At { node: map, ..reference }), &[step(first), step(second)], &mut HashSet::new())
            }
            _ => Vec::new(),
        }
    }
}

/// Functions whose value holds what their arguments hold, under the same keys.
fn passes_on(name: &str) -> bool {
    matches!(name, "merge" | "tomap" | "tolist" | "toset" | "concat" | "distinct" | "try" | "values" | "flatten" | "nonsensitive")
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
    let mut blocks = document.tree().ancestors(node).filter(|&above| document.kind(above) == Kind::Block);
    let is_named = |block: NodeId| {
        let Some(key) = document.key_of(block).filter(|&key| document.tree().node(key).flags().has(Flags::LABEL)) else { return false };
        let above = document.tree().parent(key).and_then(|labels| document.key_of(labels));
        let is_dynamic = above.is_some_and(|above| document.value(above) == "dynamic");
        is_dynamic && document.get(block, "iterator").map_or_else(|| document.value(key) == name, |iterator| document.raw(iterator) == name)
    };
    let is_labelled = |block: NodeId| document.key_of(block).is_some_and(|key| document.tree().node(key).flags().has(Flags::LABEL));
    let block = if name == "each" {
        // The resource, data source or module: the outermost block with labels.
        blocks.filter(|&block| is_labelled(block)).last()
    } else {
        blocks.find(|&block| is_named(block))
    };
    document.get(block?, "for_each")
}

/// The document of the file in which a node stands.
fn template(document: &Document, node: NodeId) -> Option<NodeId> {
    std::iter::once(node).chain(document.tree().ancestors(node)).take_while(|&above| above != NodeId::STREAM).last()
}

/// Whether a node lies in a branch below another.
pub(crate) fn is_in_branch(document: &Document, node: NodeId, below: NodeId) -> bool {
    let around = std::iter::once(node).chain(document.tree().ancestors(node));
    around.take_while(|&above| above >= below).any(|above| is_branch(document, above))
}
