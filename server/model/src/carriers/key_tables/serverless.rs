//! The keys of a serverless.yml that lead to a policy: `provider.iam.role.statements`.

use crate::carriers::key_tables::key_info::ValueShape::{List, Map, Reference, Statements, Text};
use crate::carriers::key_tables::key_info::{KeyInfo, key};

pub(super) const PROVIDER: &[KeyInfo] = &[key("iam", Map(IAM), "Role of the functions and of the deployment")];

const IAM: &[KeyInfo] = &[
    key("role", Map(ROLE), "Role of the functions"),
    key("deploymentRole", Reference, "ARN of the role that CloudFormation uses for the deployment"),
];

const ROLE: &[KeyInfo] = &[
    key("statements", Statements, "Statements of the policy of the role"),
    key("managedPolicies", List(&[]), "ARNs of managed policies to attach to the role"),
    key("permissionsBoundary", Reference, "ARN of the policy that limits the permissions of the role"),
    key("name", Text, "Name of the role"),
    key("path", Text, "Path of the role, / by default"),
    key("tags", Map(&[]), "Tags of the role"),
];
