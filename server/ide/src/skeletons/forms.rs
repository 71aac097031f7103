//! Policies and profiles as files, resources, blocks and statements.

use std::collections::BTreeSet;

use connect_policy_catalog::{Catalog, PermissionStatus};
use connect_policy_model::PolicyKind;

use super::Form;
use super::plan::{Permissions, PolicyPlan, ProfilePlan, StatementPlan};
use crate::writing::{Member, Outline, SnippetText, Words, WritingStyle, write_items, write_members, write_value};

mod template;
mod terraform;

/// A policy in a form that has it.
pub(super) fn policy(policy: &PolicyPlan, form: Form, style: &WritingStyle) -> SnippetText {
    match form {
        Form::PolicyFile => write_value(&document(policy, Speller::Literal), style),
        Form::Statements => write_items(&statements(policy, Speller::Literal), style),
        Form::StatementBlocks => write_members(&policy.statements.iter().map(terraform::statement).collect::<Vec<_>>(), style),
        Form::TemplateFile => write_value(&template::file(template::policy(policy)), style),
        Form::Resource => write_members(&[template::policy(policy)], style),
        Form::Terraform | Form::TerraformCloudControl | Form::RequestFile => write_members(&terraform::policy(policy), style),
    }
}

/// A profile in a form that has it.
pub(super) fn profile(profile: &ProfilePlan, catalog: &Catalog, form: Form, style: &WritingStyle) -> SnippetText {
    let permissions: Vec<&str> = match profile.permissions {
        Permissions::Listed(names) => names.to_vec(),
        Permissions::Observed(name) => observed(catalog, name),
    };
    match form {
        Form::TemplateFile => write_value(&template::file(template::profile(profile, &permissions)), style),
        Form::Resource => write_members(&[template::profile(profile, &permissions)], style),
        Form::TerraformCloudControl => write_members(&[terraform::cloud_control_profile(profile, &permissions)], style),
        Form::Terraform => write_members(&[terraform::profile(profile, &permissions)], style),
        Form::RequestFile | Form::PolicyFile | Form::Statements | Form::StatementBlocks => {
            write_value(&request(profile, &permissions), style)
        }
    }
}

/// The permissions of a default profile as they were observed, by the names that are in use today.
fn observed(catalog: &Catalog, profile: &str) -> Vec<&'static str> {
    let Some(observed) = catalog.observed_profiles().iter().find(|observed| observed.profile == profile) else { return Vec::new() };
    let today = |name: &&'static str| match catalog.permission(name) {
        Some(permission) if !matches!(permission.status, PermissionStatus::Current | PermissionStatus::Observed) => {
            permission.replaced_by.clone()
        }
        _ => vec![*name],
    };
    let names: BTreeSet<&str> = observed.permissions.iter().flat_map(today).collect();
    names.into_iter().collect()
}

/// How account, Region and instance are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speller {
    /// Each a placeholder.
    Literal,
    /// As references that CloudFormation resolves.
    Template,
}

const INSTANCE_ARN: &str = "arn:<partition>:connect:<region>:<account>:instance/<instance>";

impl Speller {
    fn text(self, text: &str) -> Outline {
        match self {
            Speller::Literal => Outline::Text(Words::new(&text.replace("<instance-arn>", INSTANCE_ARN))),
            Speller::Template => template::text(text),
        }
    }

    fn texts(self, texts: &[&str]) -> Outline {
        Outline::List(texts.iter().map(|text| self.text(text)).collect())
    }
}

/// A policy in IAM's own words.
fn document(policy: &PolicyPlan, speller: Speller) -> Outline {
    Outline::Map(vec![
        Member::new("Version", Outline::text("2012-10-17")),
        Member::new("Statement", Outline::List(statements(policy, speller))),
    ])
}

fn statements(policy: &PolicyPlan, speller: Speller) -> Vec<Outline> {
    policy.statements.iter().map(|statement| Outline::Map(self::statement(statement, speller))).collect()
}

fn statement(plan: &StatementPlan, speller: Speller) -> Vec<Member> {
    let mut members = Vec::new();
    if !plan.sid.is_empty() {
        members.push(Member::new("Sid", Outline::text(plan.sid)));
    }
    members.push(Member::new("Effect", Outline::text(plan.effect)));
    if let Some((kind, principal)) = plan.principal {
        members.push(Member::new("Principal", Outline::Map(vec![Member::new(kind, speller.text(principal))])));
    }
    members.push(Member::new("Action", Outline::texts(plan.actions)));
    match plan.resources {
        [] => {}
        ["*"] => members.push(Member::new("Resource", Outline::text("*"))),
        resources => members.push(Member::new("Resource", speller.texts(resources))),
    }
    if !plan.conditions.is_empty() {
        let condition = |condition: &super::plan::ConditionPlan| {
            let comparison = Member::new(condition.key, speller.text(condition.value));
            Member::new(condition.operator, Outline::Map(vec![comparison]))
        };
        members.push(Member::new("Condition", Outline::Map(plan.conditions.iter().map(condition).collect())));
    }
    members
}

/// The input of CreateSecurityProfile.
fn request(profile: &ProfilePlan, permissions: &[&str]) -> Outline {
    let mut members = vec![
        Member::new("InstanceId", Outline::text("<instance>")),
        Member::new("SecurityProfileName", Outline::text(profile.name)),
        Member::new("Description", Outline::text(profile.description)),
    ];
    if !permissions.is_empty() {
        members.push(Member::new("Permissions", Outline::texts(permissions)));
    }
    if let Some(restriction) = profile.restriction {
        let (key, value) = restriction.tag;
        members.push(Member::new("TagRestrictedResources", Outline::texts(restriction.resources)));
        members.push(Member::new("AllowedAccessControlTags", Outline::Map(vec![Member::new(key, Outline::text(value))])));
    }
    if let Some(application) = profile.application {
        let application = vec![
            Member::new("Namespace", Outline::text(application.namespace)),
            Member::new("ApplicationPermissions", Outline::texts(application.permissions)),
            Member::new("Type", Outline::text(application.kind)),
        ];
        members.push(Member::new("Applications", Outline::List(vec![Outline::Map(application)])));
    }
    Outline::Map(members)
}

/// Whether a policy is the one of a function. CloudFormation and Terraform have a resource for it that holds no policy.
fn is_lambda_permission(policy: &PolicyPlan) -> bool {
    policy.kind == PolicyKind::Resource
}
