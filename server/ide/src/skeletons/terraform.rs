//! Terraform's blocks.

use connect_policy_model::PolicyKind;

use crate::skeletons::document::Speller;
use crate::skeletons::plan::{ConditionPlan, PolicyPlan, ProfilePlan, StatementPlan};
use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::words::Words;

const LABEL: &str = "<label>";

/// A policy document and the resource that holds it.
pub(super) fn policy(policy: &PolicyPlan) -> Vec<Member> {
    if policy.is_lambda_permission() {
        return vec![lambda_permission()];
    }
    let document = Member::block("data", &["aws_iam_policy_document", LABEL], policy.statements.iter().map(statement).collect());
    let reference = Outline::Expression(Words::new("data.aws_iam_policy_document.<label>.json"));
    let (kind, body) = match policy.kind {
        PolicyKind::Trust => {
            let body = vec![Member::new("name", Outline::text("<role-name>")), Member::new("assume_role_policy", reference)];
            ("aws_iam_role", body)
        }
        PolicyKind::Ceiling => {
            let body = vec![
                Member::new("name", Outline::text("<policy-name>")),
                Member::new("type", Outline::text("SERVICE_CONTROL_POLICY")),
                Member::new("content", reference),
            ];
            ("aws_organizations_policy", body)
        }
        _ => ("aws_iam_policy", vec![Member::new("name", Outline::text("<policy-name>")), Member::new("policy", reference)]),
    };
    vec![document, Member::block("resource", &[kind, LABEL], body)]
}

/// A value as the JSON that an argument holds.
pub(super) fn encoded(value: &SnippetText) -> SnippetText {
    let mut text = SnippetText::default();
    text.push("jsonencode(");
    text.append(value);
    text.push(")");
    text
}

/// A `statement` block.
pub(super) fn statement(plan: &StatementPlan) -> Member {
    let mut body = Vec::new();
    if !plan.sid.is_empty() {
        body.push(Member::new("sid", Outline::text(plan.sid)));
    }
    body.push(Member::new("effect", Outline::text(plan.effect)));
    body.push(Member::new("actions", Outline::texts(plan.actions)));
    if !plan.resources.is_empty() {
        body.push(Member::new("resources", Speller::Literal.texts(plan.resources)));
    }
    if let Some((kind, principal)) = plan.principal {
        let principals = vec![Member::new("type", Outline::text(kind)), Member::new("identifiers", Speller::Literal.texts(&[principal]))];
        body.push(Member::block("principals", &[], principals));
    }
    body.extend(plan.conditions.iter().map(condition));
    Member::block("statement", &[], body)
}

fn condition(plan: &ConditionPlan) -> Member {
    let body = vec![
        Member::new("test", Outline::text(plan.operator)),
        Member::new("variable", Outline::text(plan.key)),
        Member::new("values", Speller::Literal.texts(&[plan.value])),
    ];
    Member::block("condition", &[], body)
}

fn lambda_permission() -> Member {
    let body = vec![
        Member::new("statement_id", Outline::text("InvokeFromFlows")),
        Member::new("action", Outline::text("lambda:InvokeFunction")),
        Member::new("function_name", Outline::text("<function>")),
        Member::new("principal", Outline::text("connect.amazonaws.com")),
        Member::new("source_account", Outline::text("<account>")),
        Member::new("source_arn", Speller::Literal.text("<instance-arn>")),
    ];
    Member::block("resource", &["aws_lambda_permission", LABEL], body)
}

/// A profile of the provider aws.
pub(super) fn profile(profile: &ProfilePlan, permissions: &[&str]) -> Member {
    let body = vec![
        Member::new("instance_id", Outline::text("<instance>")),
        Member::new("name", Outline::text(profile.name)),
        Member::new("description", Outline::text(profile.description)),
        Member::new("permissions", Outline::texts(permissions)),
    ];
    Member::block("resource", &["aws_connect_security_profile", profile.label], body)
}

/// A profile of the provider awscc.
pub(super) fn cloud_control_profile(profile: &ProfilePlan, permissions: &[&str]) -> Member {
    let mut body = vec![
        Member::new("instance_arn", Speller::Literal.text("<instance-arn>")),
        Member::new("security_profile_name", Outline::text(profile.name)),
        Member::new("description", Outline::text(profile.description)),
    ];
    if !permissions.is_empty() {
        body.push(Member::new("permissions", Outline::texts(permissions)));
    }
    if let Some(restriction) = profile.restriction {
        let (key, value) = restriction.tag;
        let tag = vec![Member::new("key", Outline::text(key)), Member::new("value", Outline::text(value))];
        body.push(Member::new("tag_restricted_resources", Outline::texts(restriction.resources)));
        body.push(Member::new("allowed_access_control_tags", Outline::List(vec![Outline::Map(tag)])));
    }
    if let Some(application) = profile.application {
        let application = vec![
            Member::new("namespace", Outline::text(application.namespace)),
            Member::new("type", Outline::text(application.kind)),
            Member::new("application_permissions", Outline::texts(application.permissions)),
        ];
        body.push(Member::new("applications", Outline::List(vec![Outline::Map(application)])));
    }
    Member::block("resource", &["awscc_connect_security_profile", profile.label], body)
}
