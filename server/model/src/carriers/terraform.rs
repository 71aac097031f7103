//! Terraform and OpenTofu: resources of the providers `aws` and `awscc`, the data source for policies, and modules' own maps.

use crate::carriers::carrier::{
    Attribute, Carrier, ConditionBlock, EMPTY, InvokePermission, ModuleReferences, PolicyBlocks, PrincipalKeys, ProfileKeys, References,
    ResourceShape, SizeLimit,
};
use crate::carriers::policy_kind::PolicyKind;
use crate::carriers::vocabulary::Vocabulary;

/// The data source that writes a policy.
pub(crate) const POLICY_BLOCKS: PolicyBlocks =
    PolicyBlocks { data_source: "aws_iam_policy_document", statement: "statement", content: "content" };

/// An instance of Amazon Connect, and its attributes that are its ARN and its id.
pub(crate) const INSTANCE: &str = "aws_connect_instance";
pub(crate) const ARN_ATTRIBUTE: &str = "arn";
pub(crate) const ID_ATTRIBUTE: &str = "id";

/// The blocks of resources and of data sources.
pub(crate) const RESOURCE: &str = "resource";
pub(crate) const DATA: &str = "data";

/// Blocks and attributes in which a reference to a policy attaches it to nothing.
pub(crate) const NEUTRAL: &[&str] = &["output", "depends_on"];

/// A condition of a statement.
pub(crate) const CONDITION_BLOCK: ConditionBlock =
    ConditionBlock { block: "condition", operator: "test", key: "variable", values: "values" };

/// How a folder's files refer to locals, variables and the items of loops.
pub(crate) const REFERENCES: ModuleReferences = ModuleReferences {
    locals: "locals",
    local: "local",
    variable: "variable",
    var: "var",
    module: "module",
    default: "default",
    for_each: "for_each",
    each: "each",
    item_key: "key",
    item_value: "value",
    iterator: "iterator",
};

pub(crate) const CARRIER: Carrier = Carrier {
    name: "Terraform",
    markers: &["connect", "effect", "actions", "permission", "security_profile"],
    resource: ResourceShape::Labelled,
    vocabularies: &[Vocabulary::TerraformDocument, Vocabulary::Loose],
    statement_keys: &[POLICY_BLOCKS.statement],
    merge_keys: &["source_policy_documents", "override_policy_documents", "source_json", "override_json"],
    attributes: &[
        ("assume_role_policy", Attribute::Policy(PolicyKind::Trust)),
        ("assume_role_policy", Attribute::Document),
        ("assume_role_policy_document", Attribute::Policy(PolicyKind::Trust)),
        ("assume_role_policy_document", Attribute::Document),
        ("permissions_boundary", Attribute::Policy(PolicyKind::Ceiling)),
        ("permissions_boundary_policy", Attribute::Document),
        ("inline_policy", Attribute::Policy(PolicyKind::Identity)),
        ("inline_policy", Attribute::Document),
        ("policy", Attribute::Document),
        ("access_policy", Attribute::Document),
        ("policy_arn", Attribute::Arns),
        ("policy_arns", Attribute::Arns),
        ("managed_policy_arn", Attribute::Arns),
        ("managed_policy_arns", Attribute::Arns),
    ],
    size_limits: &[
        ("aws_iam_policy", SizeLimit::Managed),
        ("awscc_iam_managed_policy", SizeLimit::Managed),
        ("aws_iam_user_policy", SizeLimit::InlineUser),
        ("aws_iam_group_policy", SizeLimit::InlineGroup),
        ("aws_iam_role_policy", SizeLimit::InlineRole),
        ("aws_iam_role", SizeLimit::InlineRole),
        ("aws_organizations_policy", SizeLimit::ServiceControl),
    ],
    policy_blocks: Some(POLICY_BLOCKS),
    condition_block: Some(CONDITION_BLOCK),
    principal: Some(PrincipalKeys::Block { kind: "type", service: "Service", identifiers: "identifiers" }),
    profile: Some(ProfileKeys {
        permissions: &["permissions"],
        resource_types: &["aws_connect_security_profile", "awscc_connect_security_profile"],
        is_unique: false,
        request_keys: &[],
        answer_keys: &[],
        export_keys: &[],
        never_below: &[],
    }),
    invoke_permission: Some(InvokePermission {
        resource_type: "aws_lambda_permission",
        principal: "principal",
        sources: &["source_account", "source_arn", "principal_org_id"],
    }),
    excluded_keys: &["application_permissions"],
    policy_name_keys: &["name"],
    profile_name_keys: &["name"],
    structural_keys: &["policy", "inline_policy"],
    references: References::Module(REFERENCES),
    ..EMPTY
};
