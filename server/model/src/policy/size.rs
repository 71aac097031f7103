//! What the surroundings of a policy tell besides its kind: whether it is a whole document, and how long it may be.

use std::borrow::Cow;

use connect_policy_syntax::{Document, Kind, NodeId, Style};

use crate::{Policy, PolicyKind, Vocabulary, carrier};

/// Where a policy's version stands or is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VersionPlace {
    /// It is written.
    Written(NodeId),
    /// It is missing from a whole policy document; the key of the statements.
    Missing(NodeId),
    /// Something else writes it: a framework, a data source.
    Elsewhere,
}

/// How many characters a policy may have, by what it is attached to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SizeLimit {
    /// A managed policy.
    Managed,
    /// All inline policies of a user together.
    InlineUser,
    /// All inline policies of a group together.
    InlineGroup,
    /// All inline policies of a role together.
    InlineRole,
    /// A trust policy.
    Trust,
    /// A service control policy.
    ServiceControl,
    /// Nothing tells; an identity policy.
    AnyIdentity,
}

/// Attributes whose value is a whole policy document.
pub(crate) const DOCUMENT_ATTRIBUTES: &[&str] = &[
    "PolicyDocument",
    "AssumeRolePolicyDocument",
    "KeyPolicy",
    "ResourcePolicy",
    "QueuePolicy",
    "TopicPolicy",
    "BucketPolicy",
    "FileSystemPolicy",
    "RepositoryPolicyText",
    "policy",
    "assume_role_policy",
    "inline_policy",
    "access_policy",
    "permissions_boundary_policy",
];

impl Policy {
    /// Where its version stands or is missing.
    pub fn version(&self, document: &Document) -> VersionPlace {
        let is_iam = self.statements.iter().all(|statement| statement.vocabulary == Vocabulary::Iam);
        let statements = document.pairs(self.node).find(|pair| document.value(pair.key) == "Statement");
        let Some(statements) = statements.filter(|_| is_iam) else { return VersionPlace::Elsewhere };
        let version = document.pairs(self.node).find(|pair| document.value(pair.key).eq_ignore_ascii_case("version"));
        if let Some(version) = version {
            return VersionPlace::Written(version.value);
        }
        let is_merged =
            document.pairs(self.node).any(|pair| document.value(pair.key) == "<<" || document.value(pair.key).starts_with("Fn::"));
        if self.is_whole_document(document) && !is_merged { VersionPlace::Missing(statements.key) } else { VersionPlace::Elsewhere }
    }

    /// Whether it is all that its file, string or attribute holds, rather than a part that a framework completes.
    pub fn is_whole_document(&self, document: &Document) -> bool {
        let tree = document.tree();
        let is_text = |node: NodeId| document.kind(node) == Kind::Scalar;
        match tree.parent(self.node) {
            Some(NodeId::STREAM) => true,
            Some(above) if is_text(above) => true,
            // `jsonencode({…})` in an attribute.
            Some(above) if document.kind(above) == Kind::Call => true,
            _ => document.key_of(self.node).is_some_and(|key| DOCUMENT_ATTRIBUTES.contains(&&*document.value(key))),
        }
    }

    /// How long it may be; `None` where that is not known.
    pub fn size_limit(&self, document: &Document) -> Option<SizeLimit> {
        if self.kind == PolicyKind::Trust {
            return Some(SizeLimit::Trust);
        }
        let mut types = Vec::new();
        for (key, text) in carrier::keys_above(document, self.node) {
            // In an account's export stand AWS's own policies too, which no limit binds.
            let owner = document.tree().parent(key).filter(|_| text == "PolicyVersionList").and_then(|map| document.get(map, "Arn"));
            if owner.is_some_and(|arn| document.value(arn).contains(":iam::aws:")) {
                return None;
            }
            types.extend(carrier::resource_type(document, key, &text).map(Cow::into_owned));
            types.push(text.into_owned());
        }
        let limit = types.iter().find_map(|name| match name.as_str() {
            "AWS::IAM::ManagedPolicy" | "aws_iam_policy" | "awscc_iam_managed_policy" => Some(SizeLimit::Managed),
            "AWS::IAM::UserPolicy" | "AWS::IAM::User" | "aws_iam_user_policy" => Some(SizeLimit::InlineUser),
            "AWS::IAM::GroupPolicy" | "AWS::IAM::Group" | "aws_iam_group_policy" => Some(SizeLimit::InlineGroup),
            "AWS::IAM::RolePolicy"
            | "AWS::IAM::Role"
            | "AWS::IAM::Policy"
            | "AWS::Serverless::Function"
            | "aws_iam_role_policy"
            | "aws_iam_role" => Some(SizeLimit::InlineRole),
            "AWS::Organizations::Policy" | "aws_organizations_policy" => Some(SizeLimit::ServiceControl),
            _ => None,
        });
        limit.or((self.kind == PolicyKind::Identity).then_some(SizeLimit::AnyIdentity))
    }

    /// At least how many characters its text has as AWS counts them, white space left out. What is not known here counts
    /// nothing, so the policy may be longer but not shorter.
    pub fn least_size(&self, document: &Document) -> usize {
        let tree = document.tree();
        let is_iam = self.statements.iter().all(|statement| statement.vocabulary == Vocabulary::Iam);
        let quoted = |node: NodeId| document.value(node).chars().filter(|letter| !letter.is_whitespace()).count() + 2;
        let mut size = 0;
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
                Kind::Key if is_iam => quoted(node) + 1,
                Kind::Map | Kind::Block | Kind::Seq if is_iam => 2,
                Kind::Scalar if document.nested(node).is_some() || document.has_holes(node) => 0,
                Kind::Scalar if tree.node(node).style() == Style::Bare => quoted(node) - 2,
                Kind::Scalar => quoted(node),
                _ => 0,
            };
        }
        size
    }

    /// What [`Policy::least_size`] certainly does not go beyond, known without reading it: its bytes in the document, and for
    /// each node what may be written of it in JSON only, a colon and two quotes or brackets.
    pub fn most_size(&self, document: &Document) -> usize {
        document.range(self.node).len() + 3 * (document.tree().subtree_end(self.node) - self.node.index())
    }

    /// Whether a part of it is a choice, so that its length is not known.
    pub fn has_choice(&self, document: &Document) -> bool {
        document.tree().subtree(self.node).any(|node| crate::entries::is_branch(document, node))
    }
}

/// Whether a function or reference stands in a value's place.
fn is_computed(document: &Document, node: NodeId) -> bool {
    match document.kind(node) {
        Kind::Call => crate::entries::inside(document, node).is_none(),
        Kind::Map => {
            let mut pairs = document.pairs(node);
            let only = pairs.next().filter(|_| pairs.next().is_none());
            only.is_some_and(|pair| {
                let key = document.value(pair.key);
                key.starts_with("Fn::") || key == "Ref"
            })
        }
        _ => false,
    }
}
