//! Where the policy of an `aws_iam_policy_document` is used: the resources of the module that refer to it.

use connect_policy_syntax::{Document, NodeId, NodeKind, ScalarStyle};

use crate::carriers::carrier::SizeLimit;
use crate::carriers::classify::keys_above;
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::{keys, terraform};
use crate::policy::statement::Policy;

/// A use of a policy that is written elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PolicyUse {
    /// What it is attached to.
    pub kind: PolicyKind,
    /// How long it may be there; `None` where that is not known.
    pub limit: Option<SizeLimit>,
}

impl Policy {
    /// The uses of a policy that a data source writes, in the documents of its module. `None` for any other policy. Goes through
    /// all documents.
    pub fn uses<'d>(&self, document: &Document, module: impl IntoIterator<Item = &'d Document>) -> Option<Vec<PolicyUse>> {
        let mut above = keys_above(document, self.node).map(|(_, text)| text);
        let (name, kind) = (above.next()?, above.next()?);
        if kind != terraform::POLICY_BLOCKS.data_source {
            return None;
        }
        let reference = format!("{}.{kind}.{name}", terraform::DATA);
        let in_document = |document: &'d Document| {
            let nodes = document.tree().subtree(NodeId::STREAM).filter(|&node| refers(document, node, &reference));
            nodes.map(|node| policy_use(document, node)).collect::<Vec<_>>()
        };
        Some(module.into_iter().flat_map(in_document).collect())
    }
}

/// Whether a node is an expression with a reference: `data.aws_iam_policy_document.x.json`.
fn refers(document: &Document, node: NodeId, reference: &str) -> bool {
    let is_expression = document.kind(node) == NodeKind::Scalar
        && (document.tree().node(node).style() == ScalarStyle::Expression || document.has_interpolation(node));
    is_expression
        && document
            .text()
            .get(document.range(node))
            .is_some_and(|text| text.match_indices(reference).any(|(at, _)| text[at + reference.len()..].starts_with(['.', '['])))
}

/// What the attribute around a reference is for.
fn policy_use(document: &Document, node: NodeId) -> PolicyUse {
    let (mut kind, mut limit) = (None, None);
    for (_, text) in keys_above(document, node) {
        kind = kind.or_else(|| keys::kind_of_attribute(&text).or_else(|| PolicyKind::of_resource(&text)));
        limit = limit.or_else(|| keys::size_limit(&text));
    }
    let kind = kind.unwrap_or(PolicyKind::Unknown);
    PolicyUse { kind, limit: if kind == PolicyKind::Trust { Some(SizeLimit::Trust) } else { limit } }
}

#[cfg(test)]
mod tests {
    use connect_policy_catalog::Catalog;
    use connect_policy_syntax::Format;

    use super::*;
    use crate::document_model::DocumentModel;
    use crate::policy::scope::Scope;

    #[test]
    fn a_data_source_is_followed_to_its_resources() {
        const DATA: &str = "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"connect:ListUsers\"]\n  }\n}\n";
        let uses = |rest: &str| {
            let document = Document::read(format!("{DATA}{rest}"), Format::Hcl);
            let model = DocumentModel::read(&document, &Catalog::builtin(), Scope::All);
            let policy = model.policies.first().expect("a policy");
            policy.uses(&document, [&document]).expect("of a data source")
        };
        let resource = |kind: &str, attribute: &str, name: &str| {
            format!("resource \"{kind}\" \"a\" {{\n  {attribute} = data.aws_iam_policy_document.{name}.json\n}}\n")
        };
        let kinds = |rest: &str| uses(rest).into_iter().map(|one| (one.kind, one.limit)).collect::<Vec<_>>();
        assert_eq!(kinds(&resource("aws_iam_policy", "policy", "x")), [(PolicyKind::Identity, Some(SizeLimit::Managed))]);
        assert_eq!(kinds(&resource("aws_iam_role_policy", "policy", "x[0]")), [(PolicyKind::Identity, Some(SizeLimit::InlineRole))]);
        assert_eq!(kinds(&resource("aws_iam_role", "assume_role_policy", "x")), [(PolicyKind::Trust, Some(SizeLimit::Trust))]);
        assert_eq!(kinds(&resource("aws_sqs_queue_policy", "policy", "x")), [(PolicyKind::Resource, None)]);
        assert_eq!(kinds(&resource("aws_iam_policy", "policy", "xy")), []);
        assert_eq!(kinds(""), []);
    }
}
