//! The input of CreateSecurityProfile and UpdateSecurityProfile, as the API and `--cli-input-json` take it.

use crate::carriers::key_tables::cloudformation::{APPLICATION, FLOW_MODULE, GRANULAR, RESTRICTED};
use crate::carriers::key_tables::key_info::ValueShape::{Fixed, List, Map, MapList, Text};
use crate::carriers::key_tables::key_info::{KeyInfo, key, required};

const INSTANCE_ID: KeyInfo = required("InstanceId", Text, "ID of the Amazon Connect instance");
const DESCRIPTION: KeyInfo = key("Description", Text, "What the profile is for, at most 250 characters");
const PERMISSIONS: KeyInfo = key("Permissions", List(&[]), "Permissions in the Amazon Connect website, such as Users.View");
const RESTRICTED_BY_TAG: KeyInfo = key("TagRestrictedResources", List(RESTRICTED), "Resource types that the access control tags restrict");
const ACCESS_TAGS: KeyInfo = key("AllowedAccessControlTags", Map(&[]), "Tags that restricted resources must have to be visible, at most 4");
const RESTRICTED_BY_HIERARCHY: KeyInfo =
    key("HierarchyRestrictedResources", List(&["User"]), "Resource types that the agent hierarchy restricts; only User");
const HIERARCHY_GROUP: KeyInfo =
    key("AllowedAccessControlHierarchyGroupId", Text, "ID of the agent hierarchy group to manage; the user's own group by default");
const APPLICATIONS: KeyInfo =
    key("Applications", MapList(APPLICATION), "Third-party applications and MCP servers that the profile gives access to");
const FLOW_MODULES: KeyInfo =
    key("AllowedFlowModules", MapList(FLOW_MODULE), "Flow modules that AI agents with this profile may run as tools");
const AI_AGENTS: KeyInfo = key("AllowedAIAgents", MapList(AI_AGENT), "AI agents that the profile gives access to");
const DATA_TABLES: KeyInfo =
    key("GranularAccessControlConfiguration", Map(GRANULAR), "Access to data table rows by their primary attributes");

const AI_AGENT: &[KeyInfo] =
    &[key("Arn", Text, "ARN of the AI agent"), key("Type", Fixed("THIRD_PARTY"), "Type of the AI agent; always THIRD_PARTY")];

pub(super) const CREATE: &[KeyInfo] = &[
    INSTANCE_ID,
    required("SecurityProfileName", Text, "Name of the profile, unique in the instance"),
    DESCRIPTION,
    PERMISSIONS,
    RESTRICTED_BY_TAG,
    ACCESS_TAGS,
    RESTRICTED_BY_HIERARCHY,
    HIERARCHY_GROUP,
    APPLICATIONS,
    FLOW_MODULES,
    AI_AGENTS,
    DATA_TABLES,
    key("Tags", Map(&[]), "Tags of the profile itself"),
];

pub(super) const UPDATE: &[KeyInfo] = &[
    INSTANCE_ID,
    required("SecurityProfileId", Text, "ID of the profile to change"),
    DESCRIPTION,
    KeyInfo { documentation: "Permissions in the Amazon Connect website; they replace all present ones", ..PERMISSIONS },
    RESTRICTED_BY_TAG,
    ACCESS_TAGS,
    RESTRICTED_BY_HIERARCHY,
    HIERARCHY_GROUP,
    APPLICATIONS,
    FLOW_MODULES,
    AI_AGENTS,
    DATA_TABLES,
];
