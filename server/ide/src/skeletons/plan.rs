//! What a skeleton says, in no format.
//!
//! Texts hold placeholders between angle brackets, and two that forms write in their own ways: `<instance-arn>`, and
//! in CloudFormation's templates `<partition>`, `<region>` and `<account>`. `${…}` is a policy variable.

use connect_policy_model::PolicyKind;

/// What a skeleton is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    Policy(&'static PolicyPlan),
    Profile(&'static ProfilePlan),
}

/// A policy.
#[derive(Clone, Copy, Debug)]
pub(super) struct PolicyPlan {
    pub(super) kind: PolicyKind,
    pub(super) statements: &'static [StatementPlan],
}

impl PolicyPlan {
    /// Whether it is the policy of a function. CloudFormation and Terraform have a resource for it that holds no policy.
    pub(super) fn is_lambda_permission(&self) -> bool {
        self.kind == PolicyKind::Resource
    }
}

/// A statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatementPlan {
    pub(super) sid: &'static str,
    pub(super) effect: &'static str,
    /// The type of the principal, and the principal.
    pub(super) principal: Option<(&'static str, &'static str)>,
    pub(super) actions: &'static [&'static str],
    pub(super) resources: &'static [&'static str],
    pub(super) conditions: &'static [ConditionPlan],
}

/// A condition: an operator with one key and one value.
#[derive(Clone, Copy, Debug)]
pub(super) struct ConditionPlan {
    pub(super) operator: &'static str,
    pub(super) key: &'static str,
    pub(super) value: &'static str,
}

/// A security profile.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProfilePlan {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    /// The resource's name in a CloudFormation template.
    pub(super) logical_id: &'static str,
    /// The resource's name in a Terraform file.
    pub(super) label: &'static str,
    pub(super) permissions: Permissions,
    pub(super) restriction: Option<RestrictionPlan>,
    pub(super) application: Option<ApplicationPlan>,
}

/// Where a profile's permissions come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Permissions {
    Listed(&'static [&'static str]),
    /// The first observation of a default profile in the catalog.
    Observed(&'static str),
}

/// The resource types that are visible only with a tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct RestrictionPlan {
    pub(super) resources: &'static [&'static str],
    pub(super) tag: (&'static str, &'static str),
}

/// An application that holders may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct ApplicationPlan {
    pub(super) namespace: &'static str,
    pub(super) permissions: &'static [&'static str],
    pub(super) kind: &'static str,
}
