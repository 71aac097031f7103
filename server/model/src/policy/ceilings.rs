//! Policies that are only used as a limit: a permissions boundary, or a policy of an organization. They grant nothing.

use std::collections::HashMap;

use connect_policy_syntax::{Document, NodeId, NodeKind, ScalarStyle};

use crate::carriers::carrier::SizeLimit;
use crate::carriers::classify::{keys_above, resource_type};
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::{cloudformation, iam, keys, terraform};
use crate::policy::statement::Policy;
use crate::values::functions::CfnFunction;
use crate::values::list_items::cfn_function;

/// A policy by which others refer to it: `aws_iam_policy.x`, or the document and the name of a resource in its template.
type Name = (Option<usize>, String);

/// Where a policy is used.
enum Use {
    /// As a limit.
    Ceiling,
    /// In another policy, which counts where that one is used.
    Through(Name),
    /// In any other way, which may grant it.
    Other,
}

/// How the policies of a module's documents are used.
pub(crate) struct Ceilings {
    uses: HashMap<Name, Vec<Use>>,
}

impl Ceilings {
    /// Reads the uses; `None` if no document uses a policy as a limit, which a search of the texts finds.
    pub(crate) fn read<'d>(documents: impl Iterator<Item = &'d Document> + Clone) -> Option<Ceilings> {
        let has_limit = |document: &Document| keys::CEILING_WORDS.iter().any(|word| document.text().contains(word));
        if !documents.clone().any(has_limit) {
            return None;
        }
        let mut ceilings = Ceilings { uses: HashMap::new() };
        for (index, document) in documents.enumerate() {
            for node in document.tree().subtree(NodeId::STREAM) {
                ceilings.read_node(index, document, node);
            }
        }
        Some(ceilings)
    }

    fn read_node(&mut self, index: usize, document: &Document, node: NodeId) {
        if let Some((CfnFunction::Ref | CfnFunction::GetAtt, argument)) = cfn_function(document, node) {
            let text = document.value(argument);
            let name = text.split('.').next().unwrap_or("").to_owned();
            self.add((Some(index), name), index, document, node);
        }
        let is_expression = document.kind(node) == NodeKind::Scalar
            && (document.tree().node(node).style() == ScalarStyle::Expression || document.has_interpolation(node));
        let Some(text) = document.text().get(document.range(node)).filter(|_| is_expression) else { return };
        for path in text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_-.".contains(letter)) {
            let mut parts = path.split('.');
            let Some(first) = parts.next() else { continue };
            let is_data = first == terraform::DATA;
            let kind = if is_data { parts.next() } else { Some(first) };
            let (Some(kind), Some(name)) = (kind, parts.next()) else { continue };
            if let Some(name) = terraform_name(kind, name) {
                self.add(name, index, document, node);
            }
        }
    }

    fn add(&mut self, name: Name, index: usize, document: &Document, node: NodeId) {
        if let Some(found) = use_of(index, document, node) {
            self.uses.entry(name).or_default().push(found);
        }
    }

    /// Whether a policy is used as a limit and in no other way.
    pub(crate) fn has(&self, index: usize, document: &Document, policy: &Policy) -> bool {
        name_of(index, document, policy.node).is_some_and(|name| self.is_ceiling(&name, MAX_STEPS))
    }

    fn is_ceiling(&self, name: &Name, steps: usize) -> bool {
        self.uses.get(name).is_some_and(|uses| {
            uses.iter().all(|one| match one {
                Use::Ceiling => true,
                Use::Through(other) => steps > 0 && self.is_ceiling(other, steps - 1),
                Use::Other => false,
            })
        })
    }
}

/// From a data source through others to a managed policy.
const MAX_STEPS: usize = 4;

/// The name of a data source or managed policy of Terraform's; `None` for other types.
fn terraform_name(kind: &str, name: &str) -> Option<Name> {
    let is_policy = kind == terraform::POLICY_BLOCKS.data_source || keys::size_limit(kind) == Some(SizeLimit::Managed);
    is_policy.then(|| (None, format!("{kind}.{name}")))
}

/// The name of the policy around a node.
fn name_of(index: usize, document: &Document, node: NodeId) -> Option<Name> {
    let mut below: Option<String> = None;
    for (key, text) in keys_above(document, node) {
        if let Some(name) = below.as_deref().and_then(|name| terraform_name(&text, name)) {
            return Some(name);
        }
        if let Some(resource) = resource_type(document, key, &text) {
            let is_attached = cloudformation::ATTACHED_TO
                .iter()
                .any(|wanted| document.value_of_key(key).is_some_and(|properties| document.get(properties, wanted).is_some()));
            let resource_key = document.tree().parent(key).and_then(|map| document.key_of(map))?;
            let is_managed = keys::size_limit(&resource.name) == Some(SizeLimit::Managed);
            return (is_managed && !is_attached).then(|| (Some(index), document.value(resource_key).into_owned()));
        }
        below = Some(text.into_owned());
    }
    None
}

/// What a reference is for; `None` if it grants nothing whatever it refers to: in a statement, an output, a dependency.
fn use_of(index: usize, document: &Document, node: NodeId) -> Option<Use> {
    let mut is_neutral = false;
    for (_, text) in keys_above(document, node) {
        if keys::kind_of_attribute(&text) == Some(PolicyKind::Ceiling) || PolicyKind::of_resource(&text) == Some(PolicyKind::Ceiling) {
            return Some(Use::Ceiling);
        }
        if text == iam::STATEMENT || text == terraform::POLICY_BLOCKS.statement {
            return None;
        }
        is_neutral |= keys::grants_nothing(&text);
    }
    if is_neutral {
        return None;
    }
    Some(name_of(index, document, node).map_or(Use::Other, Use::Through))
}
