//! What a carrier is: a tool whose files contain policies and permission lists, described by the keys that it uses.

use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::vocabulary::Vocabulary;

/// A tool whose files contain policies and permission lists. Everything that differs between tools is data here, so that the
/// code which reads policies does not know any key of a template.
#[derive(Clone, Copy, Debug)]
pub struct Carrier {
    /// The tool's name.
    pub name: &'static str,
    /// Words in lower case, of which at least one is in each of its files that holds a policy or permission list, in any letter
    /// case. Files without a marker of any carrier are not read.
    pub markers: &'static [&'static str],
    /// How it writes a resource.
    pub resource: ResourceShape,
    /// What it calls the elements of a statement.
    pub vocabularies: &'static [Vocabulary],
    /// Keys whose value is the statements of a policy.
    pub statement_keys: &'static [&'static str],
    /// Keys of a policy that bring in statements of other documents.
    pub merge_keys: &'static [&'static str],
    /// What the keys of its resources hold. A key may be listed more than once.
    pub attributes: &'static [(&'static str, Attribute)],
    /// How many characters a policy may have, by the type of the resource around it.
    pub size_limits: &'static [(&'static str, SizeLimit)],
    /// A list of policies of which some belong to AWS, if it writes one.
    pub policy_versions: Option<PolicyVersions>,
    /// The blocks of its data source for policies, if it has one.
    pub policy_blocks: Option<PolicyBlocks>,
    /// The keys of a condition that is a block, if it writes such blocks.
    pub condition_block: Option<ConditionBlock>,
    /// The keys of a principal.
    pub principal: Option<PrincipalKeys>,
    /// How it writes security profiles, if it does.
    pub profile: Option<ProfileKeys>,
    /// The resource that lets a service call a function, if it has one.
    pub invoke_permission: Option<InvokePermission>,
    /// Keys below which no list holds actions or permissions, whatever it looks like.
    pub excluded_keys: &'static [&'static str],
    /// Keys by which a policy has a name of its own, the best first.
    pub policy_name_keys: &'static [&'static str],
    /// Keys by which a profile has a name of its own, the best first.
    pub profile_name_keys: &'static [&'static str],
    /// Keys that name the kind of a thing and not the thing.
    pub structural_keys: &'static [&'static str],
    /// How it refers to values that are written elsewhere.
    pub references: References,
}

/// A carrier without any key, to write only what a tool has.
pub(crate) const EMPTY: Carrier = Carrier {
    name: "",
    markers: &[],
    resource: ResourceShape::None,
    vocabularies: &[],
    statement_keys: &[],
    merge_keys: &[],
    attributes: &[],
    size_limits: &[],
    policy_versions: None,
    policy_blocks: None,
    condition_block: None,
    principal: None,
    profile: None,
    invoke_permission: None,
    excluded_keys: &[],
    policy_name_keys: &[],
    profile_name_keys: &[],
    structural_keys: &[],
    references: References::None,
};

/// How a tool writes a resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResourceShape {
    /// It has none.
    None,
    /// A map with the type under a key beside the properties: `{"Type": …, "Properties": {…}}`.
    Typed {
        /// The key of all resources.
        resources_key: &'static str,
        /// The key of the type.
        type_key: &'static str,
        /// What the types of AWS's resources begin with.
        type_prefix: &'static str,
        /// The keys from the resource to its properties, from the outside in.
        properties_path: &'static [&'static str],
    },
    /// A block with its type as a label: `resource "type" "name" {…}`.
    Labelled,
}

/// What the value of a key is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attribute {
    /// Policies of this kind.
    Policy(PolicyKind),
    /// A whole policy document.
    Document,
    /// A list of statements.
    Statements,
    /// The ARNs of managed policies that are attached.
    Arns,
    /// The names of managed policies that are attached, where the type of the resource begins with this.
    NamesIn(&'static str),
}

/// How many characters a policy may have, by what it is attached to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SizeLimit {
    /// A managed policy.
    Managed,
    /// All inline policies of a user together.
    InlineUser,
    /// All inline policies of a group together.
    InlineGroup,
    /// All inline policies of a role together.
    InlineRole,
    /// A trust policy.
    Trust,
    /// A service control policy.
    ServiceControl,
    /// Any identity policy, because no more is known.
    AnyIdentity,
}

/// A list of a policy's versions, as an export of an account writes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PolicyVersions {
    /// The key of the list.
    pub key: &'static str,
    /// The key of the policy's ARN beside it.
    pub arn_key: &'static str,
    /// What the ARN of a policy of AWS's contains.
    pub aws_arn: &'static str,
}

/// The blocks of a data source that writes a policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PolicyBlocks {
    /// The type of the data source.
    pub data_source: &'static str,
    /// The block of a statement.
    pub statement: &'static str,
    /// The block inside a dynamic block that stands for the block that is repeated.
    pub content: &'static str,
}

/// The keys of a condition that is a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConditionBlock {
    /// The key of the block.
    pub block: &'static str,
    /// The key of the operator.
    pub operator: &'static str,
    /// The key of the condition key.
    pub key: &'static str,
    /// The key of the values.
    pub values: &'static str,
}

/// The keys of a principal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrincipalKeys {
    /// The kind of a principal is a key: `{"Service": …}`. The key of services.
    ByKind(&'static str),
    /// The kind of a principal is a value beside its identifiers.
    Block {
        /// The key of the kind.
        kind: &'static str,
        /// The kind of services.
        service: &'static str,
        /// The key of the identifiers.
        identifiers: &'static str,
    },
}

/// How a tool writes security profiles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ProfileKeys {
    /// The keys of the list of permissions.
    pub permissions: &'static [&'static str],
    /// The types of the resource.
    pub resource_types: &'static [&'static str],
    /// Whether the list must not hold the same permission twice.
    pub is_unique: bool,
    /// Keys beside the list that only a request about a profile has.
    pub request_keys: &'static [&'static str],
    /// The keys of an answer that holds the list and nothing else; empty if there is none.
    pub answer_keys: &'static [&'static str],
    /// Keys beside the list that an export of a profile has.
    pub export_keys: &'static [&'static str],
    /// Keys of which none may be above the list.
    pub never_below: &'static [&'static str],
}

/// The resource that lets a service call a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InvokePermission {
    /// The type of the resource.
    pub resource_type: &'static str,
    /// The key of the principal.
    pub principal: &'static str,
    /// Keys that limit it to one source.
    pub sources: &'static [&'static str],
}

/// How a tool refers to values that are written elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum References {
    /// Not at all, as far as is known.
    None,
    /// To parameters and mappings of the same template.
    Template(TemplateReferences),
    /// To names of the same folder.
    Module(ModuleReferences),
}

/// The keys of values to which a template refers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TemplateReferences {
    /// The key of the parameters.
    pub parameters: &'static str,
    /// The key of a parameter's default.
    pub default: &'static str,
    /// The key of a parameter's type.
    pub type_key: &'static str,
    /// The type whose text is a list of items between commas.
    pub comma_list: &'static str,
    /// What other types of such lists begin with.
    pub list_prefix: &'static str,
    /// The key of the mappings.
    pub mappings: &'static str,
}

/// The names of values to which the files of a folder refer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ModuleReferences {
    /// The block of the locals.
    pub locals: &'static str,
    /// What a reference to a local begins with.
    pub local: &'static str,
    /// The block of a variable.
    pub variable: &'static str,
    /// What a reference to a variable begins with.
    pub var: &'static str,
    /// The block that passes values on to another folder.
    pub module: &'static str,
    /// The key of a variable's default.
    pub default: &'static str,
    /// The key of the collection over which a block is repeated.
    pub for_each: &'static str,
    /// What a reference to the item of a repeated resource begins with.
    pub each: &'static str,
    /// The key of an item's key.
    pub item_key: &'static str,
    /// The key of an item's value.
    pub item_value: &'static str,
    /// The key of the name that a dynamic block gives its item.
    pub iterator: &'static str,
}
