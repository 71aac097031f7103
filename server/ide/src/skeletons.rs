//! Whole policies and security profiles to begin with: snippets in an editor, `connect-policy new` in a terminal.
//!
//! What a skeleton says is data, the same for all formats (`plan`, `policies`, `profiles`). `document`,
//! `cloudformation`, `terraform` and `request` turn it into the outline of a file, a resource or a statement, and
//! [`crate::writing`] writes that in the style of the document.

mod blocks;
mod cloudformation;
mod document;
mod form;
mod names;
mod parameter;
mod plan;
mod policies;
mod profiles;
mod request;
mod terraform;

use std::collections::BTreeSet;

use connect_policy_catalog::{Catalog, ObservedProfile, PermissionStatus};
use connect_policy_model::{PolicyKind, nearest as nearest_names};

pub(crate) use blocks::{labels, policy_documents};
pub use form::Form;
pub(crate) use names::Names;
pub(crate) use parameter::InstanceParameter;

use crate::skeletons::document::Speller;
use crate::skeletons::plan::{Content, Permissions, PolicyPlan, ProfilePlan};
use crate::writing::outline::{Member, Outline};
use crate::writing::snippet_text::SnippetText;
use crate::writing::style::{Notation, WritingStyle};
use crate::writing::{write_items, write_members, write_value};

/// A policy or security profile to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Skeleton {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its title in a completion list.
    pub title: &'static str,
    /// One line on what it gives.
    pub description: &'static str,
    content: Content,
}

/// All skeletons, in the order in which they are offered.
pub fn skeletons() -> &'static [Skeleton] {
    SKELETONS
}

/// The skeleton of a name.
pub fn skeleton(id: &str) -> Option<&'static Skeleton> {
    SKELETONS.iter().find(|skeleton| skeleton.id == id)
}

/// How many letters of a misspelled name may differ.
const MAX_DISTANCE: usize = 3;

/// The names of the skeletons nearest to a misspelled one, the best first; none if no name is near.
pub fn nearest(id: &str) -> Vec<&'static str> {
    let ids = || SKELETONS.iter().map(|skeleton| skeleton.id);
    let id = id.to_ascii_lowercase();
    // A word of the name is near, however long the rest.
    let with_part: Vec<&str> = ids().filter(|known| id.len() > 2 && (known.contains(&id) || id.contains(known))).collect();
    let mut near = if with_part.is_empty() { nearest_names::ranked(&id, ids(), MAX_DISTANCE) } else { with_part };
    near.truncate(3);
    near
}

impl Skeleton {
    /// The kind of its policy; `None` for a security profile.
    pub fn policy_kind(&self) -> Option<PolicyKind> {
        match self.content {
            Content::Policy(policy) => Some(policy.kind),
            Content::Profile(_) => None,
        }
    }

    /// Whether it exists in a form.
    pub fn has(&self, form: Form) -> bool {
        match self.content {
            Content::Policy(_) => !matches!(form, Form::TerraformCloudControl | Form::RequestFile),
            Content::Profile(profile) => match form {
                Form::TemplateFile | Form::Resource | Form::TerraformCloudControl | Form::RequestFile => true,
                // The provider aws knows neither tags to restrict by nor applications.
                Form::Terraform => profile.restriction.is_none() && profile.application.is_none(),
                Form::PolicyFile | Form::PolicyValue | Form::Statements | Form::StatementBlocks => false,
            },
        }
    }

    /// Its text, without a line break at the end. `None` if it does not exist in the form, or the form not in the notation.
    pub fn write(&self, catalog: &Catalog, form: Form, style: &WritingStyle) -> Option<SnippetText> {
        let text = self.parts(catalog, form, style)?.write(style);
        Some(if form == Form::PolicyValue && style.notation == Notation::Hcl { terraform::encoded(&text) } else { text })
    }

    /// The same with names that fit what is around it.
    pub(crate) fn write_among(&self, catalog: &Catalog, form: Form, style: &WritingStyle, names: &Names<'_>) -> Option<SnippetText> {
        let mut parts = self.parts(catalog, form, style)?;
        names.apply(&mut parts);
        Some(parts.write(style))
    }

    /// Whether it refers to the parameter with the instance's ARN in a CloudFormation template.
    pub(crate) fn refers_to_instance(&self, catalog: &Catalog) -> bool {
        let resource = match self.content {
            Content::Policy(policy) => cloudformation::policy(policy),
            Content::Profile(profile) => cloudformation::profile(profile, &permissions(profile, catalog)),
        };
        cloudformation::refers_to_instance(&resource.value)
    }

    /// The text of a file of JSON or YAML without the braces around: for a file that has them already.
    pub fn write_inside_braces(&self, catalog: &Catalog, form: Form, style: &WritingStyle) -> Option<SnippetText> {
        match self.parts(catalog, form, style)? {
            Parts::Value(Outline::Map(members)) => Some(write_members(&members, style)),
            Parts::Value(_) | Parts::Items(_) | Parts::Members(_) => None,
        }
    }

    fn parts(&self, catalog: &Catalog, form: Form, style: &WritingStyle) -> Option<Parts> {
        if !self.has(form) || !form.is_written_in(style.notation) {
            return None;
        }
        Some(match self.content {
            Content::Policy(policy) => policy_parts(policy, form),
            Content::Profile(profile) => profile_parts(profile, catalog, form),
        })
    }
}

/// What a skeleton writes, in no format.
enum Parts {
    Value(Outline),
    Items(Vec<Outline>),
    Members(Vec<Member>),
}

impl Parts {
    fn write(&self, style: &WritingStyle) -> SnippetText {
        match self {
            Parts::Value(outline) => write_value(outline, style),
            Parts::Items(items) => write_items(items, style),
            Parts::Members(members) => write_members(members, style),
        }
    }
}

/// A policy in a form that has it.
fn policy_parts(policy: &PolicyPlan, form: Form) -> Parts {
    match form {
        Form::PolicyFile | Form::PolicyValue => Parts::Value(document::policy(policy, Speller::Literal)),
        Form::Statements => Parts::Items(document::statements(policy, Speller::Literal)),
        Form::StatementBlocks => Parts::Members(policy.statements.iter().map(terraform::statement).collect()),
        Form::TemplateFile => Parts::Value(cloudformation::file(cloudformation::policy(policy))),
        Form::Resource => Parts::Members(vec![cloudformation::policy(policy)]),
        Form::Terraform | Form::TerraformCloudControl | Form::RequestFile => Parts::Members(terraform::policy(policy)),
    }
}

/// A profile in a form that has it.
fn profile_parts(profile: &ProfilePlan, catalog: &Catalog, form: Form) -> Parts {
    let permissions = permissions(profile, catalog);
    match form {
        Form::TemplateFile => Parts::Value(cloudformation::file(cloudformation::profile(profile, &permissions))),
        Form::Resource => Parts::Members(vec![cloudformation::profile(profile, &permissions)]),
        Form::TerraformCloudControl => Parts::Members(vec![terraform::cloud_control_profile(profile, &permissions)]),
        Form::Terraform => Parts::Members(vec![terraform::profile(profile, &permissions)]),
        Form::RequestFile | Form::PolicyFile | Form::PolicyValue | Form::Statements | Form::StatementBlocks => {
            Parts::Value(request::profile(profile, &permissions))
        }
    }
}

fn permissions(profile: &ProfilePlan, catalog: &Catalog) -> Vec<&'static str> {
    match profile.permissions {
        Permissions::Listed(names) => names.to_vec(),
        Permissions::Observed(name) => observed(catalog, name),
    }
}

/// The permissions of a default profile, from its first observation.
fn observed(catalog: &Catalog, profile: &str) -> Vec<&'static str> {
    let observed = catalog.observed_profiles().iter().find(|observed| observed.profile == profile);
    observed.map_or_else(Vec::new, |observed| current_permissions(catalog, observed))
}

/// The permissions of a profile as they were observed, by the names that are in use today.
pub(crate) fn current_permissions(catalog: &Catalog, observed: &ObservedProfile) -> Vec<&'static str> {
    let today = |name: &&'static str| match catalog.permission(name) {
        Some(permission) if !matches!(permission.status, PermissionStatus::Current | PermissionStatus::Observed) => {
            permission.replaced_by.clone()
        }
        _ => vec![*name],
    };
    let names: BTreeSet<&str> = observed.permissions.iter().flat_map(today).collect();
    names.into_iter().collect()
}

const SKELETONS: &[Skeleton] = &[
    Skeleton {
        id: "policy",
        title: "Policy",
        description: "Allows one action on one instance",
        content: Content::Policy(&policies::POLICY),
    },
    Skeleton {
        id: "instance-access",
        title: "Allow statement for one instance",
        description: "Allows actions on one instance and everything in it",
        content: Content::Policy(&policies::INSTANCE_ACCESS),
    },
    Skeleton {
        id: "read-only",
        title: "Read-only access to Amazon Connect",
        description: "Allows describing, listing and searching everything in one instance",
        content: Content::Policy(&policies::READ_ONLY),
    },
    Skeleton {
        id: "instance-admin",
        title: "Administration of one instance",
        description: "Allows queues, routing profiles and flows; denies security profiles and emergency access",
        content: Content::Policy(&policies::INSTANCE_ADMIN),
    },
    Skeleton {
        id: "tagged-users",
        title: "Management of users with a tag",
        description: "Allows changing the routing profile of users with a tag",
        content: Content::Policy(&policies::TAGGED_USERS),
    },
    Skeleton {
        id: "contact-attributes",
        title: "Contact attributes for a Lambda function",
        description: "Allows a Lambda function to read, update and stop contacts, and to start tasks",
        content: Content::Policy(&policies::CONTACT_ATTRIBUTES),
    },
    Skeleton {
        id: "outbound-calls",
        title: "Outbound calls",
        description: "Allows starting outbound calls from one instance",
        content: Content::Policy(&policies::OUTBOUND_CALLS),
    },
    Skeleton {
        id: "agent-sign-in",
        title: "Federated agent sign-in",
        description: "Allows federated users to sign in to one instance as their own user",
        content: Content::Policy(&policies::AGENT_SIGN_IN),
    },
    Skeleton {
        id: "saml-trust",
        title: "Trust policy for SAML sign-in",
        description: "Trust policy that allows users of a SAML identity provider to assume the role",
        content: Content::Policy(&policies::SAML_TRUST),
    },
    Skeleton {
        id: "connect-trust",
        title: "Trust policy for Amazon Connect",
        description: "Trust policy that allows Amazon Connect to assume the role on behalf of one account",
        content: Content::Policy(&policies::CONNECT_TRUST),
    },
    Skeleton {
        id: "lambda-invoke",
        title: "Permission to invoke a Lambda function from flows",
        description: "Resource policy that allows flows of one instance to invoke a Lambda function",
        content: Content::Policy(&policies::LAMBDA_INVOKE),
    },
    Skeleton {
        id: "instance-guard",
        title: "Service control policy to protect instances",
        description: "Service control policy that denies deleting instances and emergency access",
        content: Content::Policy(&policies::INSTANCE_GUARD),
    },
    Skeleton {
        id: "profile",
        title: "Security profile",
        description: "Security profile with outbound calls and one more permission",
        content: Content::Profile(&profiles::FROM_SCRATCH),
    },
    Skeleton {
        id: "agent-profile",
        title: "Security profile: Agent",
        description: "Security profile with the permissions of the default profile Agent",
        content: Content::Profile(&profiles::AGENT),
    },
    Skeleton {
        id: "call-center-manager-profile",
        title: "Security profile: CallCenterManager",
        description: "Security profile with the permissions of the default profile CallCenterManager",
        content: Content::Profile(&profiles::CALL_CENTER_MANAGER),
    },
    Skeleton {
        id: "quality-analyst-profile",
        title: "Security profile: QualityAnalyst",
        description: "Security profile with the permissions of the default profile QualityAnalyst",
        content: Content::Profile(&profiles::QUALITY_ANALYST),
    },
    Skeleton {
        id: "admin-profile",
        title: "Security profile: Admin",
        description: "Security profile with the permissions of the default profile Admin: full access",
        content: Content::Profile(&profiles::ADMIN),
    },
    Skeleton {
        id: "restricted-profile",
        title: "Security profile restricted by tags",
        description: "Security profile that only shows users and queues with a tag",
        content: Content::Profile(&profiles::RESTRICTED),
    },
    Skeleton {
        id: "ai-agent-profile",
        title: "Security profile for an AI agent",
        description: "Security profile that gives an AI agent access to tools of an MCP server",
        content: Content::Profile(&profiles::AI_AGENT),
    },
];
