//! The Serverless Framework: statements of a provider's or function's role. Its resources are CloudFormation's.

use crate::carriers::carrier::{Attribute, Carrier, EMPTY};
use crate::carriers::policy_kind::PolicyKind;

/// The key of the resources that CloudFormation makes.
pub(crate) const RESOURCES: &str = "resources";

/// The keys of the statements of the provider's role, from the inside out.
pub(crate) const ROLE_STATEMENTS: [&str; 2] = ["statements", "role"];

pub(crate) const CARRIER: Carrier = Carrier {
    name: "Serverless Framework",
    markers: &["connect", "effect"],
    statement_keys: &[ROLE_STATEMENTS[0]],
    attributes: &[
        ("iamRoleStatements", Attribute::Policy(PolicyKind::Identity)),
        ("iamRoleStatements", Attribute::Statements),
        ("assumeRolePolicy", Attribute::Policy(PolicyKind::Trust)),
    ],
    ..EMPTY
};
