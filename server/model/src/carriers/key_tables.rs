//! Which keys may stand at a place, in the order in which completion offers them: required keys first, then the common ones.
//!
//! This module is data. Completion leaves out the keys that are there already, and its writer turns a [`ValueShape`] into the
//! text behind the key.

use crate::carriers::policy_kind::PolicyKind;

mod cloudformation;
mod connect_api;
mod iam;
mod key_info;
mod serverless;
mod terraform;

pub use cloudformation::RESOURCE_TYPES;
pub use iam::OPERATOR_NAMES;
pub use key_info::{KeyInfo, ValueShape};

/// What a reference to a policy document of Terraform begins with; its name and `.json` follow.
pub const POLICY_DOCUMENT_REFERENCE: &str = "data.aws_iam_policy_document.";

/// A place at which keys may stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyPlace<'a> {
    /// A policy: `Version`, `Statement`.
    Policy,
    /// A statement of a policy of this kind, in IAM's own words: JSON, YAML, `jsonencode`.
    Statement(PolicyKind),
    /// The value of `Principal`: the types of principals.
    Principal,
    /// The value of `Condition`: the operators without prefix or suffix.
    Condition,
    /// The top of a CloudFormation template.
    Template,
    /// A resource of a CloudFormation template, below its logical id.
    Resource,
    /// The properties of a resource of this type, say `AWS::IAM::Role`.
    ResourceProperties(&'a str),
    /// A Terraform resource block of this type, say `aws_iam_role`.
    TerraformResource(&'a str),
    /// A Terraform data block of this type, say `aws_iam_policy_document`.
    TerraformData(&'a str),
    /// `provider` in a serverless.yml.
    ServerlessProvider,
    /// The input of the API's and the CLI's CreateSecurityProfile.
    CreateSecurityProfile,
    /// The input of the API's and the CLI's UpdateSecurityProfile.
    UpdateSecurityProfile,
}

/// The keys that may stand at a place; none where the place's type is unknown.
pub fn keys(place: KeyPlace<'_>) -> &'static [KeyInfo] {
    match place {
        KeyPlace::Policy => iam::POLICY,
        KeyPlace::Statement(kind) => iam::statement(kind),
        KeyPlace::Principal => iam::PRINCIPAL_TYPES,
        KeyPlace::Condition => iam::OPERATORS,
        KeyPlace::Template => cloudformation::TEMPLATE,
        KeyPlace::Resource => cloudformation::RESOURCE,
        KeyPlace::ResourceProperties(name) => cloudformation::properties(name),
        KeyPlace::TerraformResource(name) => terraform::resource(name),
        KeyPlace::TerraformData(name) => terraform::data(name),
        KeyPlace::ServerlessProvider => serverless::PROVIDER,
        KeyPlace::CreateSecurityProfile => connect_api::CREATE,
        KeyPlace::UpdateSecurityProfile => connect_api::UPDATE,
    }
}

/// The keys within the objects and blocks of a place: `["Applications"]` in the properties of a security profile. None where
/// the path leads out of the known keys.
pub fn keys_within(place: KeyPlace<'_>, path: &[&str]) -> &'static [KeyInfo] {
    path.iter().fold(keys(place), |keys, name| keys.iter().find(|key| key.name == *name).map_or(&[], |key| key.value.keys()))
}

impl ValueShape {
    /// The keys within a map, block or list of maps, as far as they do not depend on anything else.
    pub fn keys(self) -> &'static [KeyInfo] {
        match self {
            ValueShape::Map(keys) | ValueShape::MapList(keys) | ValueShape::Block(keys) => keys,
            ValueShape::Policy(_) => iam::POLICY,
            _ => &[],
        }
    }

    /// The known values, as texts with placeholders; none where they are many or free.
    pub fn known_values(self) -> &'static [&'static str] {
        match self {
            ValueShape::Choice(values) | ValueShape::List(values) | ValueShape::ListOrText(values) => values,
            ValueShape::Boolean => &["true", "false"],
            _ => &[],
        }
    }
}

/// The useful values of a type of principal, as texts with placeholders. Block form and map form have the same.
pub fn principal_values(principal_type: &str) -> &'static [&'static str] {
    iam::PRINCIPAL_TYPES.iter().find(|key| key.name == principal_type).map_or(&[], |key| key.value.known_values())
}

/// What a CloudFormation resource type is, in a line.
pub fn resource_type_documentation(name: &str) -> Option<&'static str> {
    cloudformation::TYPES.iter().find(|(known, _)| *known == name).map(|(_, documentation)| *documentation)
}

#[cfg(test)]
mod tests;
