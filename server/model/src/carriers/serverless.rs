//! The Serverless Framework: statements of a provider's or function's role. Its resources are CloudFormation's.

use crate::carriers::carrier::{Attribute, Carrier, EMPTY};
use crate::carriers::policy_kind::PolicyKind;

pub(crate) const CARRIER: Carrier = Carrier {
    name: "Serverless Framework",
    markers: &["connect", "effect"],
    statement_keys: &["statements"],
    attributes: &[
        ("iamRoleStatements", Attribute::Policy(PolicyKind::Identity)),
        ("iamRoleStatements", Attribute::Statements),
        ("assumeRolePolicy", Attribute::Policy(PolicyKind::Trust)),
    ],
    ..EMPTY
};
