//! The policies.

use connect_policy_model::PolicyKind;

use crate::skeletons::plan::{ConditionPlan, PolicyPlan, StatementPlan};

/// A statement that allows; the base of all others.
const ALLOW: StatementPlan = StatementPlan { sid: "", effect: "Allow", principal: None, actions: &[], resources: &[], conditions: &[] };

pub(super) const POLICY: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Identity,
    statements: &[StatementPlan { actions: &["<action>"], resources: &["<instance-arn>", "<instance-arn>/*"], ..ALLOW }],
};

pub(super) const INSTANCE_ACCESS: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Identity,
    statements: &[StatementPlan {
        sid: "UseOneInstance",
        actions: &["<action>", "connect:ListUsers", "connect:DescribeUser"],
        resources: &["<instance-arn>", "<instance-arn>/*"],
        ..ALLOW
    }],
};

pub(super) const READ_ONLY: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Identity,
    statements: &[
        StatementPlan {
            sid: "ReadOneInstance",
            actions: &["connect:Describe*", "connect:List*", "connect:Search*"],
            resources: &["<instance-arn>", "<instance-arn>/*"],
            ..ALLOW
        },
        StatementPlan { sid: "FindInstances", actions: &["connect:ListInstances", "ds:DescribeDirectories"], resources: &["*"], ..ALLOW },
    ],
};

pub(super) const INSTANCE_ADMIN: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Identity,
    statements: &[
        StatementPlan {
            sid: "ManageOneInstance",
            actions: &[
                "connect:Describe*",
                "connect:List*",
                "connect:Search*",
                "connect:CreateQueue",
                "connect:UpdateQueue*",
                "connect:CreateRoutingProfile",
                "connect:UpdateRoutingProfile*",
                "connect:CreateContactFlow",
                "connect:UpdateContactFlow*",
            ],
            resources: &["<instance-arn>", "<instance-arn>/*"],
            ..ALLOW
        },
        StatementPlan {
            sid: "NoSecurityProfilesOrEmergencyAccess",
            effect: "Deny",
            actions: &["connect:AdminGetEmergencyAccessToken", "connect:DeleteInstance", "connect:*SecurityProfile*"],
            resources: &["*"],
            ..ALLOW
        },
    ],
};

pub(super) const TAGGED_USERS: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Identity,
    statements: &[StatementPlan {
        sid: "UsersOfOneTeam",
        actions: &["connect:DescribeUser", "connect:UpdateUserRoutingProfile"],
        resources: &["<instance-arn>/agent/*", "<instance-arn>/routing-profile/*"],
        conditions: &[ConditionPlan { operator: "StringEquals", key: "aws:ResourceTag/<tag-key>", value: "<tag-value>" }],
        ..ALLOW
    }],
};

pub(super) const CONTACT_ATTRIBUTES: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Identity,
    statements: &[StatementPlan {
        sid: "WorkOnContacts",
        actions: &["connect:GetContactAttributes", "connect:UpdateContactAttributes", "connect:StartTaskContact", "connect:StopContact"],
        resources: &["<instance-arn>/contact/*"],
        ..ALLOW
    }],
};

pub(super) const OUTBOUND_CALLS: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Identity,
    statements: &[StatementPlan {
        sid: "CallFromOneInstance",
        actions: &["connect:StartOutboundVoiceContact"],
        resources: &["<instance-arn>/contact/*"],
        ..ALLOW
    }],
};

pub(super) const AGENT_SIGN_IN: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Identity,
    statements: &[StatementPlan {
        sid: "SignInAsYourself",
        actions: &["connect:GetFederationToken"],
        resources: &["<instance-arn>/user/${aws:userid}"],
        ..ALLOW
    }],
};

pub(super) const SAML_TRUST: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Trust,
    statements: &[StatementPlan {
        principal: Some(("Federated", "arn:<partition>:iam::<account>:saml-provider/<provider>")),
        actions: &["sts:AssumeRoleWithSAML"],
        conditions: &[ConditionPlan { operator: "StringEquals", key: "SAML:aud", value: "https://signin.aws.amazon.com/saml" }],
        ..ALLOW
    }],
};

pub(super) const CONNECT_TRUST: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Trust,
    statements: &[StatementPlan {
        principal: Some(("Service", "connect.amazonaws.com")),
        actions: &["sts:AssumeRole"],
        conditions: &[ConditionPlan { operator: "StringEquals", key: "aws:SourceAccount", value: "<account>" }],
        ..ALLOW
    }],
};

/// CloudFormation and Terraform have a resource of its own for it.
pub(super) const LAMBDA_INVOKE: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Resource,
    statements: &[StatementPlan {
        sid: "InvokeFromFlows",
        principal: Some(("Service", "connect.amazonaws.com")),
        actions: &["lambda:InvokeFunction"],
        resources: &["arn:<partition>:lambda:<region>:<account>:function:<function>"],
        conditions: &[
            ConditionPlan { operator: "StringEquals", key: "AWS:SourceAccount", value: "<account>" },
            ConditionPlan { operator: "ArnLike", key: "AWS:SourceArn", value: "<instance-arn>" },
        ],
        ..ALLOW
    }],
};

pub(super) const INSTANCE_GUARD: PolicyPlan = PolicyPlan {
    kind: PolicyKind::Ceiling,
    statements: &[StatementPlan {
        sid: "ProtectInstances",
        effect: "Deny",
        actions: &["connect:DeleteInstance", "connect:AdminGetEmergencyAccessToken"],
        resources: &["*"],
        conditions: &[ConditionPlan {
            operator: "ArnNotLike",
            key: "aws:PrincipalArn",
            value: "arn:<partition>:iam::*:role/<role-pattern>",
        }],
        ..ALLOW
    }],
};
