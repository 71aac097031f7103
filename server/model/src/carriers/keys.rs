//! What the keys of templates mean, over all carriers: nothing in a file names the tool that reads it.

use std::sync::OnceLock;

use crate::carriers::carrier::{Attribute, Carrier, ConditionBlock, PolicyVersions, PrincipalKeys, SizeLimit};
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::table::CARRIERS;
use crate::carriers::{cloudformation, terraform};

/// Whether the value of a key is the statements of a policy.
pub fn is_statements_key(key: &str) -> bool {
    is_policy_statements_key(key) || attributes(key).any(|attribute| attribute == Attribute::Statements)
}

/// Keys by which a policy has a name of its own, the best first.
pub fn policy_name_keys() -> impl Iterator<Item = &'static str> {
    CARRIERS.iter().flat_map(|carrier| carrier.policy_name_keys.iter().copied())
}

/// Keys by which a security profile has a name of its own, the best first.
pub fn profile_name_keys() -> impl Iterator<Item = &'static str> {
    CARRIERS.iter().flat_map(|carrier| carrier.profile_name_keys.iter().copied())
}

/// Whether a key names the kind of a thing and not the thing.
pub fn is_structural_key(key: &str) -> bool {
    any(key, |carrier| carrier.structural_keys)
}

/// Whether the keys below a key are the names of a template's resources.
pub fn is_resources_key(key: &str) -> bool {
    use crate::carriers::carrier::ResourceShape::Typed;
    CARRIERS.iter().any(|carrier| matches!(carrier.resource, Typed { resources_key, .. } if resources_key == key))
}

/// What a template writes for a part of an ARN that it knows itself (`Partition`, `Region`, `Account`), in a text with variables.
pub fn pseudo_parameter(part: &str) -> Option<&'static str> {
    cloudformation::PSEUDO_PARAMETERS.iter().find(|(name, _)| *name == part).map(|(_, text)| *text)
}

/// The attributes of a condition that is a block, in the order in which people write them.
pub fn condition_attributes() -> [&'static str; 3] {
    let ConditionBlock { operator, key, values, .. } = terraform::CONDITION_BLOCK;
    [operator, key, values]
}

/// Whether a key of a policy holds its statements.
pub(crate) fn is_policy_statements_key(key: &str) -> bool {
    any(key, |carrier| carrier.statement_keys)
}

/// Whether a key of a policy brings in statements of other documents.
pub(crate) fn is_merge_key(key: &str) -> bool {
    any(key, |carrier| carrier.merge_keys)
}

/// Whether no list below a key holds actions or permissions.
pub(crate) fn is_excluded_key(key: &str) -> bool {
    any(key, |carrier| carrier.excluded_keys)
}

/// What the value of a key is.
pub(crate) fn attributes(key: &str) -> impl Iterator<Item = Attribute> + use<'_> {
    /// By the length of the key: nearly every key of a document is looked up, and nearly none is an attribute.
    static BY_LENGTH: OnceLock<Vec<Vec<(&str, Attribute)>>> = OnceLock::new();
    let by_length = BY_LENGTH.get_or_init(|| {
        let mut by_length: Vec<Vec<(&str, Attribute)>> = Vec::new();
        for &(key, attribute) in CARRIERS.iter().flat_map(|carrier| carrier.attributes) {
            if by_length.len() <= key.len() {
                by_length.resize(key.len() + 1, Vec::new());
            }
            by_length[key.len()].push((key, attribute));
        }
        by_length
    });
    by_length.get(key.len()).into_iter().flatten().filter(move |(known, _)| *known == key).map(|(_, attribute)| *attribute)
}

/// The kind of the policies under a key.
pub(crate) fn kind_of_attribute(key: &str) -> Option<PolicyKind> {
    attributes(key).find_map(|attribute| if let Attribute::Policy(kind) = attribute { Some(kind) } else { None })
}

/// Texts of which a document has one if it uses a policy as a limit.
pub(crate) const CEILING_WORDS: [&str; 3] = ["permissions_boundary", "organizations_policy", "PermissionsBoundary"];

/// Whether a reference to a policy below a key attaches it to nothing.
pub(crate) fn grants_nothing(key: &str) -> bool {
    terraform::NEUTRAL.contains(&key) || cloudformation::NEUTRAL.contains(&key)
}

/// How many characters a policy may have by a type of resource.
pub(crate) fn size_limit(resource_type: &str) -> Option<SizeLimit> {
    let limits = CARRIERS.iter().flat_map(|carrier| carrier.size_limits);
    limits.into_iter().find(|(name, _)| *name == resource_type).map(|(_, limit)| *limit)
}

/// The list of policies that a key holds, of which some belong to AWS.
pub(crate) fn policy_versions(key: &str) -> Option<PolicyVersions> {
    CARRIERS.iter().filter_map(|carrier| carrier.policy_versions).find(|versions| versions.key == key)
}

/// The condition block of which a key is a part.
pub(crate) fn condition_block_with(key: &str) -> Option<ConditionBlock> {
    let blocks = CARRIERS.iter().filter_map(|carrier| carrier.condition_block);
    blocks.into_iter().find(|block| [block.operator, block.key, block.values].contains(&key))
}

/// How principals are written.
pub(crate) fn principals() -> impl Iterator<Item = PrincipalKeys> {
    CARRIERS.iter().filter_map(|carrier| carrier.principal)
}

/// Whether a key limits a permission to call a function to one source.
pub(crate) fn is_invoke_source(key: &str) -> bool {
    CARRIERS.iter().filter_map(|carrier| carrier.invoke_permission).any(|permission| permission.sources.contains(&key))
}

fn any(key: &str, keys: impl Fn(&Carrier) -> &'static [&'static str]) -> bool {
    CARRIERS.iter().any(|carrier| keys(carrier).contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_whatever_carrier_they_belong_to() {
        assert!(is_statements_key("Statement") && is_statements_key("iamRoleStatements") && !is_statements_key("Statements"));
        assert!(is_policy_statements_key("statements") && !is_policy_statements_key("iamRoleStatements"));
        assert_eq!(kind_of_attribute("assume_role_policy"), Some(PolicyKind::Trust));
        assert_eq!(kind_of_attribute("policy"), None);
        assert_eq!(attributes("KeyPolicy").count(), 2);
        assert_eq!(attributes(&"x".repeat(500)).count(), 0);
        assert_eq!(policy_name_keys().collect::<Vec<_>>(), ["PolicyName", "ManagedPolicyName", "name"]);
        assert_eq!(profile_name_keys().collect::<Vec<_>>(), ["SecurityProfileName", "ProfileName", "Name", "name"]);
        assert!(is_resources_key("Resources") && is_structural_key("inline_policy"));
    }
}
