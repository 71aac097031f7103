//! CloudFormation templates and their resources.

use connect_policy_model::PolicyKind;

use super::{Speller, document, is_lambda_permission};
use crate::skeletons::plan::{PolicyPlan, ProfilePlan};
use crate::writing::{Member, Outline, Words};

/// The parameter that holds the instance's ARN.
const PARAMETER: &str = "<instance-parameter>";

/// A template with one resource, and the parameter that the resource refers to.
pub(super) fn file(resource: Member) -> Outline {
    let mut members = vec![Member::new("AWSTemplateFormatVersion", Outline::text("2010-09-09"))];
    if refers_to_instance(&resource.value) {
        let parameter = vec![
            Member::new("Type", Outline::text("String")),
            Member::new("Description", Outline::text("ARN of the Amazon Connect instance")),
        ];
        members.push(Member::new("Parameters", Outline::Map(vec![Member::new(PARAMETER, Outline::Map(parameter))])));
    }
    members.push(Member::new("Resources", Outline::Map(vec![resource])));
    Outline::Map(members)
}

fn refers_to_instance(outline: &Outline) -> bool {
    match outline {
        Outline::Reference(words) | Outline::Substitution(words) => words.has_stop("instance-parameter"),
        Outline::List(items) => items.iter().any(refers_to_instance),
        Outline::Map(members) => members.iter().any(|member| refers_to_instance(&member.value)),
        Outline::Text(_) | Outline::Expression(_) => false,
    }
}

/// The resource that holds a policy.
pub(super) fn policy(policy: &PolicyPlan) -> Member {
    if is_lambda_permission(policy) {
        return lambda_permission();
    }
    let (id, kind, properties) = match policy.kind {
        PolicyKind::Trust => {
            let properties = vec![Member::new("AssumeRolePolicyDocument", document(policy, Speller::Template))];
            ("<logical-id=ConnectRole>", "AWS::IAM::Role", properties)
        }
        PolicyKind::Ceiling => {
            let properties = vec![
                Member::new("Name", Outline::text("<policy-name>")),
                Member::new("Type", Outline::text("SERVICE_CONTROL_POLICY")),
                Member::new("Content", document(policy, Speller::Template)),
            ];
            ("<logical-id>", "AWS::Organizations::Policy", properties)
        }
        _ => {
            let properties = vec![Member::new("PolicyDocument", document(policy, Speller::Template))];
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
        Member::new("SourceAccount", text("<account>")),
        Member::new("SourceArn", text("<instance-arn>")),
    ];
    resource("<logical-id=InvokeFromFlows>", "AWS::Lambda::Permission", properties)
}

/// The resource of a profile.
pub(super) fn profile(profile: &ProfilePlan, permissions: &[&str]) -> Member {
    let mut properties = vec![
        Member::new("InstanceArn", text("<instance-arn>")),
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

/// A text whose instance, account, Region and partition CloudFormation fills in.
pub(super) fn text(text: &str) -> Outline {
    let (mut words, mut count) = (Words::default(), 0);
    let mut rest = text;
    let mut only = None;
    while let Some((at, name, reference)) = first_reference(rest) {
        literal(&mut words, &rest[..at]);
        words.verbatim("${");
        words.append(Words::new(reference));
        words.verbatim("}");
        count += 1;
        only = Some(reference).filter(|_| text == name);
        rest = &rest[at + name.len()..];
    }
    match only {
        Some(reference) => return Outline::Reference(Words::new(reference)),
        None if count == 0 => return Outline::text(text),
        None => literal(&mut words, rest),
    }
    Outline::Substitution(words)
}

/// In `!Sub` a policy variable must not be replaced.
fn literal(words: &mut Words, text: &str) {
    words.append(Words::new(&text.replace("${", "${!")));
}

/// The first placeholder for which CloudFormation has a reference: its place, itself, the reference's name.
fn first_reference(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let references =
        [("<instance-arn>", PARAMETER), ("<partition>", "AWS::Partition"), ("<region>", "AWS::Region"), ("<account>", "AWS::AccountId")];
    let found = references.into_iter().filter_map(|(name, reference)| Some((text.find(name)?, name, reference)));
    found.min_by_key(|(at, ..)| *at)
}
