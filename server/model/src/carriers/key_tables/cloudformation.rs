//! The keys of CloudFormation templates that lead to a policy or belong to a security profile.

use crate::carriers::key_tables::key_info::ValueShape::{
    Boolean, Choice, Fixed, List, ListOrText, Map, MapList, Number, Policy, Reference, Text,
};
use crate::carriers::key_tables::key_info::{KeyInfo, key, required};
use crate::carriers::policy_kind::PolicyKind;

pub(super) const TEMPLATE: &[KeyInfo] = &[
    required("Resources", Map(&[]), "The resources that the stack creates"),
    key("AWSTemplateFormatVersion", Fixed("2010-09-09"), "Version of the template format; always 2010-09-09"),
    key("Description", Text, "What the template is for"),
    key("Parameters", Map(&[]), "Values that are passed in when the stack is created or updated"),
    key("Mappings", Map(&[]), "Fixed values to look up, for example by Region"),
    key("Conditions", Map(&[]), "Conditions that decide which resources are created"),
    key("Outputs", Map(&[]), "Values that the stack returns"),
    key("Transform", ListOrText(&["AWS::Serverless-2016-10-31", "AWS::LanguageExtensions"]), "Macros that process the template"),
    key("Rules", Map(&[]), "Checks of parameter values"),
    key("Metadata", Map(&[]), "Additional information about the template"),
];

pub(super) const RESOURCE: &[KeyInfo] = &[
    required("Type", Choice(RESOURCE_TYPES), "Type of the resource, such as AWS::Connect::SecurityProfile"),
    key("Properties", Map(&[]), "Properties of the resource"),
    key("DependsOn", ListOrText(&[]), "Resources that must be created before this one"),
    key("Condition", Text, "Condition under which the resource is created"),
    key("DeletionPolicy", Choice(&["Delete", "Retain", "RetainExceptOnCreate"]), "What happens when the resource leaves the stack"),
    key("UpdateReplacePolicy", Choice(&["Delete", "Retain"]), "What happens to the old resource when an update replaces it"),
    key("Metadata", Map(&[]), "Additional information about the resource"),
];

/// The resource types that hold policies or permissions, the common ones first.
pub const RESOURCE_TYPES: &[&str] = &type_names();

pub(super) const TYPES: &[(&str, &str)] = &[
    ("AWS::Connect::SecurityProfile", "Security profile of an Amazon Connect instance"),
    ("AWS::IAM::ManagedPolicy", "Managed policy for roles, users and groups"),
    ("AWS::IAM::Role", "Role with its trust policy and inline policies"),
    ("AWS::IAM::Policy", "Inline policy of roles, users or groups"),
    ("AWS::IAM::RolePolicy", "Inline policy of one role"),
    ("AWS::IAM::UserPolicy", "Inline policy of one user"),
    ("AWS::IAM::GroupPolicy", "Inline policy of one group"),
    ("AWS::Lambda::Permission", "Permission to invoke a function, for example from flows"),
    ("AWS::Organizations::Policy", "Service control policy or other policy of an organization"),
    ("AWS::Serverless::Function", "Function with the policies of its role (AWS SAM)"),
    ("AWS::SSO::PermissionSet", "Permission set of IAM Identity Center"),
];

const fn type_names() -> [&'static str; TYPES.len()] {
    let mut names = [""; TYPES.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = TYPES[index].0;
        index += 1;
    }
    names
}

/// The properties of a resource type.
pub(super) fn properties(name: &str) -> &'static [KeyInfo] {
    match name {
        "AWS::Connect::SecurityProfile" => SECURITY_PROFILE,
        "AWS::IAM::ManagedPolicy" => MANAGED_POLICY,
        "AWS::IAM::Policy" => INLINE_POLICY,
        "AWS::IAM::Role" => ROLE,
        "AWS::IAM::RolePolicy" => ROLE_POLICY,
        "AWS::IAM::UserPolicy" => USER_POLICY,
        "AWS::IAM::GroupPolicy" => GROUP_POLICY,
        "AWS::Lambda::Permission" => LAMBDA_PERMISSION,
        "AWS::Organizations::Policy" => ORGANIZATIONS_POLICY,
        _ => &[],
    }
}

const SECURITY_PROFILE: &[KeyInfo] = &[
    required("InstanceArn", Reference, "ARN of the Amazon Connect instance"),
    required("SecurityProfileName", Text, "Name of the profile, unique in the instance; a change replaces the profile"),
    key("Description", Text, "What the profile is for, at most 250 characters"),
    key("Permissions", List(&[]), "Permissions in the Amazon Connect website, such as Users.View"),
    key("TagRestrictedResources", List(RESTRICTED), "Resource types that the access control tags restrict"),
    key("AllowedAccessControlTags", MapList(TAG), "Tags that restricted resources must have to be visible, at most 4"),
    key("HierarchyRestrictedResources", List(&["User"]), "Resource types that the agent hierarchy restricts; only User"),
    key("AllowedAccessControlHierarchyGroupId", Text, "ID of the agent hierarchy group to manage; the user's own group by default"),
    key("Applications", MapList(APPLICATION), "Third-party applications and MCP servers that the profile gives access to"),
    key("AllowedFlowModules", MapList(FLOW_MODULE), "Flow modules that AI agents with this profile may run as tools"),
    key("GranularAccessControlConfiguration", Map(GRANULAR), "Access to data table rows by their primary attributes"),
    key("Tags", MapList(TAG), "Tags of the profile itself"),
];

/// The resource types that tags restrict, as far as they are known; AWS publishes no list.
pub(super) const RESTRICTED: &[&str] = &["User", "SecurityProfile", "Queue", "RoutingProfile", "OperatingHours", "TransferDestination"];

const TAG: &[KeyInfo] = &[required("Key", Text, "Key of the tag"), required("Value", Text, "Value of the tag")];

pub(super) const APPLICATION: &[KeyInfo] = &[
    key("Namespace", Text, "Namespace of the application, or ID of the gateway of an MCP server"),
    key("ApplicationPermissions", List(&["ACCESS"]), "ACCESS for an application, or the tools of an MCP server"),
    key("Type", Choice(&["MCP", "THIRD_PARTY_APPLICATION"]), "Type of the application"),
];

pub(super) const FLOW_MODULE: &[KeyInfo] =
    &[key("FlowModuleId", Text, "ID of the flow module"), key("Type", Fixed("MCP"), "Type of the tool; always MCP")];

pub(super) const GRANULAR: &[KeyInfo] =
    &[key("DataTableAccessControlConfiguration", Map(DATA_TABLES), "Access to the rows of data tables")];

const DATA_TABLES: &[KeyInfo] =
    &[key("PrimaryAttributeAccessControlConfiguration", Map(PRIMARY_ATTRIBUTES), "Access by values of primary attributes")];

const PRIMARY_ATTRIBUTES: &[KeyInfo] =
    &[key("PrimaryAttributeValues", MapList(PRIMARY_ATTRIBUTE), "Attributes and their values, at most 5")];

const PRIMARY_ATTRIBUTE: &[KeyInfo] = &[
    key("AttributeName", Text, "Name of the primary attribute"),
    key("Values", List(&[]), "Values that give access, at most 2"),
    key("AccessType", Fixed("ALLOW"), "Type of access; always ALLOW"),
];

const POLICY_DOCUMENT: KeyInfo = required("PolicyDocument", Policy(PolicyKind::Identity), "The policy");
const POLICY_NAME: KeyInfo = required("PolicyName", Text, "Name of the policy");
const ROLES: KeyInfo = key("Roles", List(&[]), "Names of roles to attach the policy to");
const USERS: KeyInfo = key("Users", List(&[]), "Names of users to attach the policy to");
const GROUPS: KeyInfo = key("Groups", List(&[]), "Names of groups to attach the policy to");

const MANAGED_POLICY: &[KeyInfo] = &[
    POLICY_DOCUMENT,
    key("ManagedPolicyName", Text, "Name of the policy; CloudFormation generates one by default"),
    key("Description", Text, "What the policy is for; a change replaces the policy"),
    ROLES,
    USERS,
    GROUPS,
    key("Path", Text, "Path of the policy, / by default"),
];

const INLINE_POLICY: &[KeyInfo] = &[POLICY_NAME, POLICY_DOCUMENT, ROLES, USERS, GROUPS];

const ROLE: &[KeyInfo] = &[
    required("AssumeRolePolicyDocument", Policy(PolicyKind::Trust), "Trust policy: who can assume the role"),
    key("Policies", MapList(INLINE), "Inline policies of the role"),
    key("ManagedPolicyArns", List(&[]), "ARNs of managed policies to attach to the role"),
    key("PermissionsBoundary", Reference, "ARN of the policy that limits the permissions of the role"),
    key("RoleName", Text, "Name of the role; CloudFormation generates one by default"),
    key("Description", Text, "What the role is for"),
    key("MaxSessionDuration", Number, "Longest session in seconds, from 3600 to 43200"),
    key("Path", Text, "Path of the role, / by default"),
    key("Tags", MapList(TAG), "Tags of the role"),
];

const INLINE: &[KeyInfo] = &[POLICY_NAME, POLICY_DOCUMENT];

const ROLE_POLICY: &[KeyInfo] = &[POLICY_NAME, required("RoleName", Reference, "Name of the role"), POLICY_DOCUMENT.optional()];

const USER_POLICY: &[KeyInfo] = &[POLICY_NAME, required("UserName", Reference, "Name of the user"), POLICY_DOCUMENT.optional()];

const GROUP_POLICY: &[KeyInfo] = &[POLICY_NAME, required("GroupName", Reference, "Name of the group"), POLICY_DOCUMENT.optional()];

const LAMBDA_PERMISSION: &[KeyInfo] = &[
    required("Action", Fixed("lambda:InvokeFunction"), "The action to allow, usually lambda:InvokeFunction"),
    required("FunctionName", Reference, "Name or ARN of the function"),
    required("Principal", Choice(&["connect.amazonaws.com"]), "Service or account that can invoke the function"),
    key("SourceAccount", Text, "Account of the service that invokes the function"),
    key("SourceArn", Reference, "ARN of the resource that invokes the function, such as the Connect instance"),
    key("InvokedViaFunctionUrl", Boolean, "Whether only calls of the function URL are allowed"),
];

const ORGANIZATIONS_POLICY: &[KeyInfo] = &[
    required("Name", Text, "Name of the policy"),
    required("Type", Choice(&["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]), "Type of the policy"),
    required("Content", Policy(PolicyKind::Ceiling), "The policy"),
    key("Description", Text, "What the policy is for"),
    key("TargetIds", List(&[]), "IDs of accounts, organizational units or roots to attach the policy to"),
    key("Tags", MapList(TAG), "Tags of the policy"),
];
