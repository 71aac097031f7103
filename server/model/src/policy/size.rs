//! How long a policy is and may be, and where its version stands.

use connect_policy_syntax::{Document, NodeId, NodeKind, ScalarStyle};

use crate::carriers::carrier::{Attribute, SizeLimit};
use crate::carriers::classify::{keys_above, resource_type};
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::vocabulary::{Element, Vocabulary};
use crate::carriers::{iam, keys};
use crate::policy::entry_list::Role;
use crate::policy::statement::{Policy, Statement};
use crate::values::functions;
use crate::values::list_items::{inside, is_branch, is_whole_map};

/// Where a policy's version is, or is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VersionPlace {
    /// It is written.
    Written(NodeId),
    /// It is missing from a whole policy document; the key of the statements.
    Missing(NodeId),
    /// Something else writes it: a framework, a data source.
    Elsewhere,
}

/// The versions of the policy language, the current one first.
pub fn policy_versions() -> &'static [&'static str; 2] {
    &iam::VERSIONS
}

impl Policy {
    /// Where its version is, or is missing.
    pub fn version(&self, document: &Document) -> VersionPlace {
        let are_all = |vocabulary: Vocabulary| self.statements.iter().all(|statement| statement.vocabulary == vocabulary);
        if are_all(Vocabulary::TerraformDocument) {
            return document.get(self.node, iam::VERSION).map_or(VersionPlace::Elsewhere, VersionPlace::Written);
        }
        let is_iam = are_all(Vocabulary::Iam);
        let statements = document.pairs(self.node).find(|pair| document.value(pair.key) == iam::STATEMENT);
        let Some(statements) = statements.filter(|_| is_iam) else { return VersionPlace::Elsewhere };
        let version = document.pairs(self.node).find(|pair| document.value(pair.key).eq_ignore_ascii_case(iam::VERSION));
        if let Some(version) = version {
            return VersionPlace::Written(version.value);
        }
        let is_merged = document.pairs(self.node).any(|pair| functions::merges_keys(&document.value(pair.key)));
        if self.is_whole_document(document) && !is_merged { VersionPlace::Missing(statements.key) } else { VersionPlace::Elsewhere }
    }

    /// Whether it is all that its file, string or attribute holds, rather than a part that a framework completes.
    pub fn is_whole_document(&self, document: &Document) -> bool {
        is_document(document, self.node)
    }

    /// How long it may be; `None` where that is not known.
    pub fn size_limit(&self, document: &Document) -> Option<SizeLimit> {
        if self.kind == PolicyKind::Trust {
            return Some(SizeLimit::Trust);
        }
        let mut limit = None;
        for (key, text) in keys_above(document, self.node) {
            // An account's export has AWS's own policies too, which no limit binds.
            let versions = keys::policy_versions(&text);
            let is_owned_by_aws = versions.is_some_and(|versions| {
                let arn = document.tree().parent(key).and_then(|map| document.get(map, versions.arn_key));
                arn.is_some_and(|arn| document.value(arn).contains(versions.aws_arn))
            });
            if is_owned_by_aws {
                return None;
            }
            limit = limit.or_else(|| {
                let resource = resource_type(document, key, &text);
                resource.and_then(|resource| keys::size_limit(&resource.name)).or_else(|| keys::size_limit(&text))
            });
        }
        limit.or((self.kind == PolicyKind::Identity).then_some(SizeLimit::AnyIdentity))
    }

    /// NodeRef least how many characters its text has as AWS counts them, white space left out. What is not known here counts
    /// nothing, so the policy may be longer but not shorter.
    pub fn min_size(&self, document: &Document) -> usize {
        let tree = document.tree();
        let is_iam = self.statements.iter().all(|statement| statement.vocabulary == Vocabulary::Iam);
        let is_data_source = self.is_of_data_source();
        let quoted = |node: NodeId| document.value(node).chars().filter(|letter| !letter.is_whitespace()).count() + 2;
        let mut size = if is_data_source { self.frame_size() } else { 0 };
        let mut unknown_until: Option<NodeId> = None;
        for node in tree.subtree(self.node) {
            if Some(node) <= unknown_until {
                continue;
            }
            if is_computed(document, node) {
                unknown_until = tree.subtree(node).last();
                continue;
            }
            size += match document.kind(node) {
                // The colon besides.
                NodeKind::Key if is_iam => quoted(node) + 1,
                // The commas besides.
                NodeKind::Map | NodeKind::Block if is_iam => 2 + document.pairs(node).count().saturating_sub(1),
                NodeKind::Seq if is_iam => 2 + document.items(node).filter(|&item| is_written(document, item)).count().saturating_sub(1),
                // One item is written without brackets.
                NodeKind::Seq if is_data_source => match document.items(node).filter(|&item| is_written(document, item)).count() {
                    0 | 1 => 0,
                    items => 2 + items - 1,
                },
                NodeKind::Scalar if document.embedded(node).is_some() || document.has_interpolation(node) => 0,
                NodeKind::Scalar if tree.node(node).style() == ScalarStyle::Bare => quoted(node) - 2,
                NodeKind::Scalar => quoted(node),
                _ => 0,
            };
        }
        size
    }

    /// Whether it is written by a data source, all statements of it in blocks.
    pub fn is_of_data_source(&self) -> bool {
        self.statements.iter().all(|statement| statement.vocabulary == Vocabulary::TerraformDocument)
    }

    /// The least that the JSON of a data source has beside the texts in it: the policy's braces and version, and of each statement
    /// the braces, the keys of its lists and the effect.
    fn frame_size(&self) -> usize {
        const POLICY: usize = r#"{"Version":"2012-10-17","Statement":[]}"#.len();
        let statement = |statement: &Statement| {
            let key = |role: Role| match role {
                Role::Action | Role::Permission => r#""Action":,"#.len(),
                Role::NotAction => r#""NotAction":,"#.len(),
                Role::Resource => r#""Resource":,"#.len(),
                Role::NotResource => r#""NotResource":,"#.len(),
            };
            let effect = if statement.element(Element::Effect).is_some() { r#""Effect":"# } else { r#""Effect":"Allow""# };
            effect.len() + "{}".len() + statement.lists.iter().map(|list| key(list.role)).sum::<usize>()
        };
        POLICY + self.statements.iter().map(statement).sum::<usize>() + self.statements.len().saturating_sub(1)
    }

    /// What [`Policy::min_size`] certainly does not go beyond, known without reading it: its bytes in the document, for each node
    /// what may be written of it in JSON only, a colon and two quotes or brackets, and what a data source writes besides.
    pub fn max_size(&self, document: &Document) -> usize {
        let frame = if self.is_of_data_source() { self.frame_size() } else { 0 };
        document.range(self.node).len() + 3 * (document.tree().subtree_end(self.node) - self.node.index()) + frame
    }

    /// Whether a part of it is a choice, so that its length is not known.
    pub fn has_choice(&self, document: &Document) -> bool {
        document.tree().subtree(self.node).any(|node| is_branch(document, node))
    }
}

/// Whether a node is all that its file, string or attribute holds.
pub(crate) fn is_document(document: &Document, node: NodeId) -> bool {
    let tree = document.tree();
    let is_text = |node: NodeId| document.kind(node) == NodeKind::Scalar;
    match tree.parent(node) {
        Some(NodeId::STREAM) => true,
        Some(above) if is_text(above) => true,
        // `jsonencode({…})` in an attribute.
        Some(above) if document.kind(above) == NodeKind::Call => is_whole_map(document, node),
        _ => document.key_of(node).is_some_and(|key| keys::attributes(&document.value(key)).any(|one| one == Attribute::Document)),
    }
}

/// Whether an item of a list is certainly one of JSON too.
fn is_written(document: &Document, item: NodeId) -> bool {
    document.kind(item) != NodeKind::Missing && !is_computed(document, item) && !is_branch(document, item)
}

/// Whether a function or reference stands in a value's place.
fn is_computed(document: &Document, node: NodeId) -> bool {
    match document.kind(node) {
        NodeKind::Call => inside(document, node).is_none(),
        NodeKind::Map => {
            let mut pairs = document.pairs(node);
            let only = pairs.next().filter(|_| pairs.next().is_none());
            only.is_some_and(|pair| functions::of_key(&document.value(pair.key)).is_some())
        }
        _ => false,
    }
}
