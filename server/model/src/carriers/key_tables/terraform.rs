//! The arguments of Terraform's resources and data sources that hold a policy or a security profile.

use crate::carriers::key_tables::cloudformation::RESTRICTED;
use crate::carriers::key_tables::iam::STATEMENT_BLOCK;
use crate::carriers::key_tables::key_info::ValueShape::{
    Block, Boolean, Choice, Fixed, List, Map, MapList, Number, PolicyText, Reference, Text,
};
use crate::carriers::key_tables::key_info::{KeyInfo, key, required};
use crate::carriers::policy_kind::PolicyKind;

/// The arguments of a resource.
pub(super) fn resource(name: &str) -> &'static [KeyInfo] {
    match name {
        "aws_connect_security_profile" => SECURITY_PROFILE,
        "awscc_connect_security_profile" => CLOUD_CONTROL_PROFILE,
        "aws_iam_policy" => POLICY,
        "aws_iam_role" => ROLE,
        "aws_iam_role_policy" => ROLE_POLICY,
        "aws_iam_user_policy" => USER_POLICY,
        "aws_iam_group_policy" => GROUP_POLICY,
        "aws_organizations_policy" => ORGANIZATIONS_POLICY,
        _ => &[],
    }
}

/// The arguments of a data source.
pub(super) fn data(name: &str) -> &'static [KeyInfo] {
    match name {
        "aws_iam_policy_document" => POLICY_DOCUMENT,
        "aws_connect_security_profile" => FIND_SECURITY_PROFILE,
        _ => &[],
    }
}

const REGION: KeyInfo = key("region", Text, "Region to manage the profile in (provider version 6 or later)");

const SECURITY_PROFILE: &[KeyInfo] = &[
    required("instance_id", Reference, "ID of the Amazon Connect instance"),
    required("name", Text, "Name of the profile, unique in the instance; a change replaces the profile"),
    key("description", Text, "What the profile is for, 1 to 250 characters"),
    key("permissions", List(&[]), "Permissions in the Amazon Connect website, such as Users.View"),
    key("tags", Map(&[]), "Tags of the profile itself"),
    REGION,
];

const FIND_SECURITY_PROFILE: &[KeyInfo] = &[
    required("instance_id", Reference, "ID of the Amazon Connect instance"),
    key("name", Text, "Name of the profile to find").excluding(&["security_profile_id"]),
    key("security_profile_id", Text, "ID of the profile to find").excluding(&["name"]),
    REGION,
];

const CLOUD_CONTROL_PROFILE: &[KeyInfo] = &[
    required("instance_arn", Reference, "ARN of the Amazon Connect instance"),
    required("security_profile_name", Text, "Name of the profile, unique in the instance; a change replaces the profile"),
    key("description", Text, "What the profile is for, at most 250 characters"),
    key("permissions", List(&[]), "Permissions in the Amazon Connect website, such as Users.View"),
    key("tag_restricted_resources", List(RESTRICTED), "Resource types that the access control tags restrict"),
    key("allowed_access_control_tags", MapList(TAG), "Tags that restricted resources must have to be visible, at most 4"),
    key("hierarchy_restricted_resources", List(&["User"]), "Resource types that the agent hierarchy restricts; only User"),
    key("allowed_access_control_hierarchy_group_id", Text, "ID of the agent hierarchy group to manage; the user's own group by default"),
    key("applications", MapList(APPLICATION), "Third-party applications and MCP servers that the profile gives access to"),
    key("allowed_flow_modules", MapList(FLOW_MODULE), "Flow modules that AI agents with this profile may run as tools"),
    key("granular_access_control_configuration", Map(GRANULAR), "Access to data table rows by their primary attributes"),
    key("tags", MapList(TAG), "Tags of the profile itself"),
];

const TAG: &[KeyInfo] = &[required("key", Text, "Key of the tag"), required("value", Text, "Value of the tag")];

const APPLICATION: &[KeyInfo] = &[
    key("namespace", Text, "Namespace of the application, or ID of the gateway of an MCP server"),
    key("application_permissions", List(&["ACCESS"]), "ACCESS for an application, or the tools of an MCP server"),
    key("type", Choice(&["MCP", "THIRD_PARTY_APPLICATION"]), "Type of the application"),
];

const FLOW_MODULE: &[KeyInfo] =
    &[key("flow_module_id", Text, "ID of the flow module"), key("type", Fixed("MCP"), "Type of the tool; always MCP")];

const GRANULAR: &[KeyInfo] = &[key("data_table_access_control_configuration", Map(DATA_TABLES), "Access to the rows of data tables")];

const DATA_TABLES: &[KeyInfo] =
    &[key("primary_attribute_access_control_configuration", Map(PRIMARY_ATTRIBUTES), "Access by values of primary attributes")];

const PRIMARY_ATTRIBUTES: &[KeyInfo] =
    &[key("primary_attribute_values", MapList(PRIMARY_ATTRIBUTE), "Attributes and their values, at most 5")];

const PRIMARY_ATTRIBUTE: &[KeyInfo] = &[
    key("attribute_name", Text, "Name of the primary attribute"),
    key("values", List(&[]), "Values that give access, at most 2"),
    key("access_type", Fixed("ALLOW"), "Type of access; always ALLOW"),
];

const POLICY_DOCUMENT: &[KeyInfo] = &[
    key("statement", Block(STATEMENT_BLOCK), "A statement that allows or denies actions; one block for each statement"),
    key("version", Choice(&["2012-10-17", "2008-10-17"]), "Version of the policy language; 2012-10-17 by default"),
    key("policy_id", Text, "Optional name of the policy"),
    key("source_policy_documents", List(&[]), "Policies in JSON whose statements are added"),
    key("override_policy_documents", List(&[]), "Policies in JSON whose statements replace those with the same sid"),
];

const POLICY_JSON: KeyInfo = required("policy", PolicyText(PolicyKind::Identity), "The policy as JSON");
const NAME: KeyInfo = key("name", Text, "Name of the policy; Terraform generates one by default").excluding(&["name_prefix"]);
const NAME_PREFIX: KeyInfo = key("name_prefix", Text, "Beginning of a generated name").excluding(&["name"]);

const POLICY: &[KeyInfo] = &[
    POLICY_JSON,
    NAME,
    NAME_PREFIX,
    key("description", Text, "What the policy is for; a change replaces the policy"),
    key("path", Text, "Path of the policy, / by default"),
    key("tags", Map(&[]), "Tags of the policy"),
    key("delay_after_policy_creation_in_ms", Number, "Milliseconds to wait after the policy is created"),
];

const ROLE: &[KeyInfo] = &[
    required("assume_role_policy", PolicyText(PolicyKind::Trust), "Trust policy as JSON: who can assume the role"),
    key("name", Text, "Name of the role; Terraform generates one by default").excluding(&["name_prefix"]),
    NAME_PREFIX,
    key("description", Text, "What the role is for"),
    key("permissions_boundary", Reference, "ARN of the policy that limits the permissions of the role"),
    key("max_session_duration", Number, "Longest session in seconds, from 3600 to 43200"),
    key("path", Text, "Path of the role, / by default"),
    key("force_detach_policies", Boolean, "Whether to detach all policies before the role is deleted"),
    key("tags", Map(&[]), "Tags of the role"),
    key("inline_policy", Block(INLINE_POLICY), "Inline policy of the role; deprecated, use aws_iam_role_policy"),
    key("managed_policy_arns", List(&[]), "ARNs of managed policies; deprecated, use aws_iam_role_policy_attachment"),
];

const INLINE_POLICY: &[KeyInfo] = &[required("name", Text, "Name of the policy"), POLICY_JSON];

const ROLE_POLICY: &[KeyInfo] = &[required("role", Reference, "Name of the role"), POLICY_JSON, NAME, NAME_PREFIX];
const USER_POLICY: &[KeyInfo] = &[required("user", Reference, "Name of the user"), POLICY_JSON, NAME, NAME_PREFIX];
const GROUP_POLICY: &[KeyInfo] = &[required("group", Reference, "Name of the group"), POLICY_JSON, NAME, NAME_PREFIX];

const ORGANIZATIONS_POLICY: &[KeyInfo] = &[
    required("name", Text, "Name of the policy"),
    required("content", PolicyText(PolicyKind::Ceiling), "The policy as JSON"),
    key("type", Choice(&["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]), "Type of the policy; SERVICE_CONTROL_POLICY by default"),
    key("description", Text, "What the policy is for"),
    key("tags", Map(&[]), "Tags of the policy"),
    key("skip_destroy", Boolean, "Whether to keep the policy when it leaves the configuration"),
];
