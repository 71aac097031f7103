//! Policies as IAM itself writes them: a JSON document, and an account's export of them.

use crate::carriers::carrier::{Attribute, Carrier, EMPTY, PolicyVersions, PrincipalKeys};
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::vocabulary::Vocabulary;

/// The key of a policy's statements.
pub(crate) const STATEMENT: &str = "Statement";

/// The key of a policy's version, in any letter case.
pub(crate) const VERSION: &str = "version";

/// The keys of a policy.
pub(crate) const POLICY_KEYS: [&str; 3] = ["Version", "Id", STATEMENT];

/// A key that IAM ignores beside the statements of a policy.
pub(crate) const CONDITIONS: &str = "Conditions";

/// The versions of the policy language, the current one first.
pub(crate) const VERSIONS: [&str; 2] = ["2012-10-17", "2008-10-17"];

/// The elements of which a statement has one.
pub(crate) const CERTAIN_ELEMENTS: &[&str] = &["Effect", "Action", "NotAction"];

/// The element with the conditions of a statement.
pub(crate) const CONDITION: &str = "Condition";

/// The elements with principals.
pub(crate) const PRINCIPALS: &[&str] = &["Principal", "NotPrincipal"];

/// The principal of Amazon Connect.
pub(crate) const CONNECT_PRINCIPAL: &str = "connect.amazonaws.com";

pub(crate) const CARRIER: Carrier = Carrier {
    name: "IAM",
    markers: &["connect", "effect"],
    vocabularies: &[Vocabulary::Iam],
    statement_keys: &[STATEMENT],
    attributes: &[
        ("PolicyDocument", Attribute::Document),
        ("AssumeRolePolicyDocument", Attribute::Policy(PolicyKind::Trust)),
        ("AssumeRolePolicyDocument", Attribute::Document),
        ("PermissionsBoundary", Attribute::Policy(PolicyKind::Ceiling)),
    ],
    policy_versions: Some(PolicyVersions { key: "PolicyVersionList", arn_key: "Arn", aws_arn: ":iam::aws:" }),
    principal: Some(PrincipalKeys::ByKind("Service")),
    policy_name_keys: &["PolicyName"],
    structural_keys: &[STATEMENT, "PolicyDocument", "Policy"],
    ..EMPTY
};

/// The condition operator that asks whether a key is missing.
pub(crate) const NULL_OPERATOR: &str = "Null";
