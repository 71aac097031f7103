//! Templates of CloudFormation, of SAM and of what CDK writes.

use crate::carriers::carrier::{
    Attribute, Carrier, EMPTY, InvokePermission, ProfileKeys, References, ResourceShape, SizeLimit, TemplateReferences,
};
use crate::carriers::policy_kind::PolicyKind;

/// How a template refers to its parameters and mappings.
pub(crate) const REFERENCES: TemplateReferences = TemplateReferences {
    parameters: "Parameters",
    default: "Default",
    type_key: "Type",
    comma_list: "CommaDelimitedList",
    list_prefix: "List<",
    mappings: "Mappings",
};

/// What a template's own variables are called, by the part of an ARN that they are.
pub(crate) const PSEUDO_PARAMETERS: &[(&str, &str)] =
    &[("Partition", "${AWS::Partition}"), ("Region", "${AWS::Region}"), ("Account", "${AWS::AccountId}")];

/// An instance of Amazon Connect, and its attribute that is its ARN, as `Ref` is.
pub(crate) const INSTANCE: &str = "AWS::Connect::Instance";
pub(crate) const ARN_ATTRIBUTE: &str = "Arn";
/// The properties of a managed policy that attach it.
pub(crate) const ATTACHED_TO: &[&str] = &["Groups", "Roles", "Users"];
/// Sections and attributes in which a reference to a policy attaches it to nothing.
pub(crate) const NEUTRAL: &[&str] = &["Outputs", "DependsOn"];
/// The types of resources of Amazon Connect to which a reference gives the ARN.
pub(crate) const REFERENCED_BY_ARN: &[&str] = &[
    "AWS::Connect::ContactFlow",
    "AWS::Connect::ContactFlowModule",
    "AWS::Connect::HoursOfOperation",
    "AWS::Connect::Instance",
    "AWS::Connect::Prompt",
    "AWS::Connect::Queue",
    "AWS::Connect::QuickConnect",
    "AWS::Connect::RoutingProfile",
    "AWS::Connect::SecurityProfile",
    "AWS::Connect::User",
    "AWS::Connect::UserHierarchyGroup",
];

/// The key that only templates have.
pub(crate) const FORMAT_VERSION: &str = "AWSTemplateFormatVersion";

pub(crate) const CARRIER: Carrier = Carrier {
    name: "CloudFormation",
    markers: &["connect", "effect", "permission"],
    resource: ResourceShape::Typed { resources_key: "Resources", type_key: "Type", type_prefix: "AWS::", properties_path: &["Properties"] },
    attributes: &[
        ("KeyPolicy", Attribute::Policy(PolicyKind::Resource)),
        ("KeyPolicy", Attribute::Document),
        ("BucketPolicy", Attribute::Policy(PolicyKind::Resource)),
        ("BucketPolicy", Attribute::Document),
        ("ResourcePolicy", Attribute::Policy(PolicyKind::Resource)),
        ("ResourcePolicy", Attribute::Document),
        ("RepositoryPolicyText", Attribute::Policy(PolicyKind::Resource)),
        ("RepositoryPolicyText", Attribute::Document),
        ("QueuePolicy", Attribute::Policy(PolicyKind::Resource)),
        ("QueuePolicy", Attribute::Document),
        ("TopicPolicy", Attribute::Policy(PolicyKind::Resource)),
        ("TopicPolicy", Attribute::Document),
        ("FileSystemPolicy", Attribute::Policy(PolicyKind::Resource)),
        ("FileSystemPolicy", Attribute::Document),
        ("Policies", Attribute::Policy(PolicyKind::Identity)),
        // The inline policies of a role are under this key too; they are maps.
        ("Policies", Attribute::NamesIn("AWS::Serverless::")),
        ("InlinePolicies", Attribute::Policy(PolicyKind::Identity)),
        ("ManagedPolicyArns", Attribute::Arns),
        ("ManagedPolicies", Attribute::Arns),
        ("PolicyArn", Attribute::Arns),
    ],
    size_limits: &[
        ("AWS::IAM::ManagedPolicy", SizeLimit::Managed),
        ("AWS::IAM::UserPolicy", SizeLimit::InlineUser),
        ("AWS::IAM::User", SizeLimit::InlineUser),
        ("AWS::IAM::GroupPolicy", SizeLimit::InlineGroup),
        ("AWS::IAM::Group", SizeLimit::InlineGroup),
        ("AWS::IAM::RolePolicy", SizeLimit::InlineRole),
        ("AWS::IAM::Role", SizeLimit::InlineRole),
        ("AWS::IAM::Policy", SizeLimit::InlineRole),
        ("AWS::Serverless::Function", SizeLimit::InlineRole),
        ("AWS::Organizations::Policy", SizeLimit::ServiceControl),
    ],
    profile: Some(ProfileKeys {
        permissions: &["Permissions"],
        resource_types: &["AWS::Connect::SecurityProfile"],
        is_unique: true,
        request_keys: &[],
        answer_keys: &[],
        export_keys: &[],
        // The schema of a resource type lists the IAM actions of its handlers as permissions.
        never_below: &["handlers"],
    }),
    invoke_permission: Some(InvokePermission {
        resource_type: "AWS::Lambda::Permission",
        principal: "Principal",
        sources: &["SourceAccount", "SourceArn", "PrincipalOrgID"],
    }),
    // Of the schema of a resource type; the applications of a security profile.
    excluded_keys: &["handlers", "tagging", "ApplicationPermissions"],
    policy_name_keys: &["ManagedPolicyName"],
    structural_keys: &["Policies", "Properties"],
    references: References::Template(REFERENCES),
    ..EMPTY
};
