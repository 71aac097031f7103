//! The security profiles.

use crate::skeletons::plan::{ApplicationPlan, Permissions, ProfilePlan, RestrictionPlan};

pub(super) const FROM_SCRATCH: ProfilePlan = ProfilePlan {
    name: "<profile-name>",
    description: "<description>",
    logical_id: "<logical-id=TeamLeadProfile>",
    label: "<label=team_lead>",
    permissions: Permissions::Listed(&["BasicAgentAccess", "OutboundCallAccess", "<permission>"]),
    restriction: None,
    application: None,
};

// The names of the default profiles are taken in every instance.
pub(super) const AGENT: ProfilePlan = ProfilePlan {
    name: "<profile-name=CustomAgent>",
    description: "<description=Takes contacts>",
    logical_id: "<logical-id=AgentProfile>",
    label: "<label=agent>",
    permissions: Permissions::Observed("Agent"),
    ..FROM_SCRATCH
};

pub(super) const CALL_CENTER_MANAGER: ProfilePlan = ProfilePlan {
    name: "<profile-name=CustomManager>",
    description: "<description=Manages users, queues and metrics>",
    logical_id: "<logical-id=ManagerProfile>",
    label: "<label=manager>",
    permissions: Permissions::Observed("CallCenterManager"),
    ..FROM_SCRATCH
};

pub(super) const QUALITY_ANALYST: ProfilePlan = ProfilePlan {
    name: "<profile-name=CustomAnalyst>",
    description: "<description=Analyzes metrics and recordings>",
    logical_id: "<logical-id=AnalystProfile>",
    label: "<label=analyst>",
    permissions: Permissions::Observed("QualityAnalyst"),
    ..FROM_SCRATCH
};

pub(super) const ADMIN: ProfilePlan = ProfilePlan {
    name: "<profile-name=CustomAdmin>",
    description: "<description=Manages the whole instance>",
    logical_id: "<logical-id=AdminProfile>",
    label: "<label=admin>",
    permissions: Permissions::Observed("Admin"),
    ..FROM_SCRATCH
};

pub(super) const RESTRICTED: ProfilePlan = ProfilePlan {
    permissions: Permissions::Listed(&["BasicAgentAccess", "OutboundCallAccess", "Queues.View", "Users.View"]),
    restriction: Some(RestrictionPlan { resources: &["User", "Queue"], tag: ("<tag-key>", "<tag-value>") }),
    ..FROM_SCRATCH
};

pub(super) const AI_AGENT: ProfilePlan = ProfilePlan {
    name: "<profile-name=AgentTools>",
    description: "<description=Tools of the AI agent>",
    logical_id: "<logical-id=AgentTools>",
    label: "<label=agent_tools>",
    // An AI agent does not use the website; the permissions are those of its tools.
    permissions: Permissions::Listed(&[]),
    application: Some(ApplicationPlan { namespace: "<gateway>", permissions: &["<tool>"], kind: "MCP" }),
    ..FROM_SCRATCH
};
