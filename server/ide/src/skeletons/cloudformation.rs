//! CloudFormation templates and their resources.

use connect_policy_model::PolicyKind;

use crate::skeletons::document::{self, PARAMETER, Speller};
use crate::skeletons::plan::{PolicyPlan, ProfilePlan};
use crate::writing::outline::{Member, Outline};

/// The keys of a template that have its parameters and its resources.
pub(super) const PARAMETERS: &str = "Parameters";
pub(super) const RESOURCES: &str = "Resources";

/// A template with one resource, and the parameter that the resource refers to.
pub(super) fn file(resource: Member) -> Outline {
    let mut members = vec![Member::new("AWSTemplateFormatVersion", Outline::text("2010-09-09"))];
    if refers_to_instance(&resource.value) {
        members.push(Member::new(PARAMETERS, Outline::Map(vec![parameter(PARAMETER)])));
    }
    members.push(Member::new(RESOURCES, Outline::Map(vec![resource])));
    Outline::Map(members)
}

/// The parameter with the instance's ARN, of this name.
pub(super) fn parameter(name: &str) -> Member {
    let properties =
        vec![Member::new("Type", Outline::text("String")), Member::new("Description", Outline::text("ARN of the Amazon Connect instance"))];
    Member::new(name, Outline::Map(properties))
}

/// Whether a value refers to the parameter with the instance's ARN.
pub(super) fn refers_to_instance(outline: &Outline) -> bool {
    match outline {
        Outline::Reference(words) | Outline::Substitution(words) => words.has_stop("instance-parameter"),
        Outline::List(items) => items.iter().any(refers_to_instance),
        Outline::Map(members) => members.iter().any(|member| refers_to_instance(&member.value)),
        Outline::Text(_) | Outline::Expression(_) => false,
    }
}

/// The resource that holds a policy.
pub(super) fn policy(policy: &PolicyPlan) -> Member {
    if policy.is_lambda_permission() {
        return lambda_permission();
    }
    let (id, kind, properties) = match policy.kind {
        PolicyKind::Trust => {
            let properties = vec![Member::new("AssumeRolePolicyDocument", document::policy(policy, Speller::Template))];
            ("<logical-id=ConnectRole>", "AWS::IAM::Role", properties)
        }
        PolicyKind::Ceiling => {
            let properties = vec![
                Member::new("Name", Outline::text("<policy-name>")),
                Member::new("Type", Outline::text("SERVICE_CONTROL_POLICY")),
                Member::new("Content", document::policy(policy, Speller::Template)),
            ];
            ("<logical-id>", "AWS::Organizations::Policy", properties)
        }
        _ => {
            let properties = vec![Member::new("PolicyDocument", document::policy(policy, Speller::Template))];
            ("<logical-id>", "AWS::IAM::ManagedPolicy", properties)
        }
    };
    resource(id, kind, properties)
}

fn lambda_permission() -> Member {
    let properties = vec![
        Member::new("FunctionName", Outline::text("<function>")),
        Member::new("Action", Outline::text("lambda:InvokeFunction")),
        Member::new("Principal", Outline::text("connect.amazonaws.com")),
        Member::new("SourceAccount", Speller::Template.text("<account>")),
        Member::new("SourceArn", Speller::Template.text("<instance-arn>")),
    ];
    resource("<logical-id=InvokeFromFlows>", "AWS::Lambda::Permission", properties)
}

/// The resource of a profile.
pub(super) fn profile(profile: &ProfilePlan, permissions: &[&str]) -> Member {
    let mut properties = vec![
        Member::new("InstanceArn", Speller::Template.text("<instance-arn>")),
        Member::new("SecurityProfileName", Outline::text(profile.name)),
        Member::new("Description", Outline::text(profile.description)),
    ];
    if !permissions.is_empty() {
        properties.push(Member::new("Permissions", Outline::texts(permissions)));
    }
    if let Some(restriction) = profile.restriction {
        let (key, value) = restriction.tag;
        let tag = vec![Member::new("Key", Outline::text(key)), Member::new("Value", Outline::text(value))];
        properties.push(Member::new("TagRestrictedResources", Outline::texts(restriction.resources)));
        properties.push(Member::new("AllowedAccessControlTags", Outline::List(vec![Outline::Map(tag)])));
    }
    if let Some(application) = profile.application {
        let application = vec![
            Member::new("Namespace", Outline::text(application.namespace)),
            Member::new("Type", Outline::text(application.kind)),
            Member::new("ApplicationPermissions", Outline::texts(application.permissions)),
        ];
        properties.push(Member::new("Applications", Outline::List(vec![Outline::Map(application)])));
    }
    resource(profile.logical_id, "AWS::Connect::SecurityProfile", properties)
}

fn resource(id: &str, kind: &str, properties: Vec<Member>) -> Member {
    Member::new(id, Outline::Map(vec![Member::new("Type", Outline::text(kind)), Member::new("Properties", Outline::Map(properties))]))
}
